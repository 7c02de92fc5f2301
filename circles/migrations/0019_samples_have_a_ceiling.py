"""All samples of a draw together open at most half of its pool, and never more than a hundred."""

from django.db import migrations

CEILING = """
CREATE FUNCTION circles_samples_below_ceiling() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ceiling integer;
  opened integer;
BEGIN
  SELECT LEAST(100, (qualified + 1) / 2) INTO ceiling
    FROM circles_draw WHERE id = NEW.draw_id FOR UPDATE;
  SELECT COALESCE(sum(size), 0) INTO opened FROM circles_auditsample WHERE draw_id = NEW.draw_id;
  IF opened + NEW.size > ceiling THEN
    RAISE EXCEPTION 'samples-below-ceiling: all samples of this draw open at most % tickets',
      ceiling USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER samples_below_ceiling BEFORE INSERT ON circles_auditsample
  FOR EACH ROW EXECUTE FUNCTION circles_samples_below_ceiling();
"""
NO_CEILING = """
DROP TRIGGER samples_below_ceiling ON circles_auditsample;
DROP FUNCTION circles_samples_below_ceiling();
"""


class Migration(migrations.Migration):
    dependencies = [("circles", "0018_motions")]
    operations = [migrations.RunSQL(CEILING, NO_CEILING)]
