"""What was put to the vote keeps its words, and who may read them."""

from django.db import migrations

VOTED_ON = """
CREATE FUNCTION formats_item_was_voted_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.title, NEW.explanation, NEW.is_public, NEW.meeting_id)
     IS DISTINCT FROM (OLD.title, OLD.explanation, OLD.is_public, OLD.meeting_id)
     AND EXISTS (SELECT 1 FROM formats_resolution WHERE item_id = OLD.id) THEN
    RAISE EXCEPTION 'item-was-voted-on: its words and its readers stay'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER item_was_voted_on BEFORE UPDATE ON formats_agendaitem
  FOR EACH ROW EXECUTE FUNCTION formats_item_was_voted_on();
"""
UNDO = """
DROP TRIGGER item_was_voted_on ON formats_agendaitem;
DROP FUNCTION formats_item_was_voted_on();
"""


class Migration(migrations.Migration):
    dependencies = [("formats", "0020_rules_of_seats")]
    operations = [migrations.RunSQL(VOTED_ON, UNDO)]
