"""States of events move through one door; nobody gets a place beyond the capacity of an event."""

from django.db import migrations

from foundation.triggers import GuardState

PLACES_ARE_COUNTED = """
CREATE OR REPLACE FUNCTION formats_places_are_counted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  most integer;
  held integer;
BEGIN
  IF NEW.state NOT IN ('confirmed', 'offered') THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' AND OLD.state IN ('confirmed', 'offered') THEN RETURN NEW; END IF;
  -- Whoever takes a place waits for the one before: the count below sees what it committed.
  SELECT capacity INTO most FROM formats_event WHERE id = NEW.event_id FOR UPDATE;
  IF most IS NULL THEN RETURN NEW; END IF;
  SELECT count(*) INTO held FROM formats_registration
    WHERE event_id = NEW.event_id AND state IN ('confirmed', 'offered') AND id <> NEW.id;
  IF held >= most THEN
    RAISE EXCEPTION 'places-are-counted: all places of the event are taken'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'places_are_counted';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER places_are_counted BEFORE INSERT OR UPDATE ON formats_registration
  FOR EACH ROW EXECUTE FUNCTION formats_places_are_counted();
"""

UNDO = """
DROP TRIGGER places_are_counted ON formats_registration;
DROP FUNCTION formats_places_are_counted();
"""


class Migration(migrations.Migration):
    dependencies = [("formats", "0010_rules_of_votes")]
    operations = [
        GuardState("Event", initial="planned"),
        GuardState("Registration", initial="unconfirmed"),
        GuardState("Outcome", initial="raised"),
        migrations.RunSQL(PLACES_ARE_COUNTED, UNDO),
    ]
