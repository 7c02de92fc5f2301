"""Nobody declares to be biased about a form whose code never came: such a form must go."""

from django.db import migrations

IN_REVIEW = """
CREATE FUNCTION circles_recusal_in_review() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM circles_application
                 WHERE id = NEW.application_id AND state = 'submitted') THEN
    RAISE EXCEPTION 'recusal-in-review: the application is not in review'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER recusal_in_review BEFORE INSERT ON circles_recusal
  FOR EACH ROW EXECUTE FUNCTION circles_recusal_in_review();
"""
NOT_IN_REVIEW = """
DROP TRIGGER recusal_in_review ON circles_recusal;
DROP FUNCTION circles_recusal_in_review();
"""


class Migration(migrations.Migration):
    dependencies = [("circles", "0020_address_keys")]
    operations = [migrations.RunSQL(IN_REVIEW, NOT_IN_REVIEW)]
