"""Places are had at announced events only; whoever is invited does not register here."""

from django.db import migrations, models

PLACES_OF_ANNOUNCED_EVENTS = """
CREATE OR REPLACE FUNCTION formats_places_are_counted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  fate text;
  most integer;
  held integer;
BEGIN
  IF NEW.state NOT IN ('confirmed', 'offered') THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' AND OLD.state = NEW.state THEN RETURN NEW; END IF;
  -- Whoever takes a place waits for the one before: the count below sees what it committed.
  SELECT state, capacity INTO fate, most FROM formats_event WHERE id = NEW.event_id FOR UPDATE;
  IF fate <> 'published' THEN
    RAISE EXCEPTION 'places-of-announced-events: event % is %', NEW.event_id, fate
      USING ERRCODE = 'check_violation', CONSTRAINT = 'places_of_announced_events';
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.state IN ('confirmed', 'offered') THEN RETURN NEW; END IF;
  IF most IS NULL THEN RETURN NEW; END IF;
  SELECT count(*) INTO held FROM formats_registration
    WHERE event_id = NEW.event_id AND state IN ('confirmed', 'offered') AND id <> NEW.id;
  IF held >= most THEN
    RAISE EXCEPTION 'places-are-counted: all places of the event are taken'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'places_are_counted';
  END IF;
  RETURN NEW;
END $$;
"""

PLACES_OF_ALL_EVENTS = """
CREATE OR REPLACE FUNCTION formats_places_are_counted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  most integer;
  held integer;
BEGIN
  IF NEW.state NOT IN ('confirmed', 'offered') THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' AND OLD.state IN ('confirmed', 'offered') THEN RETURN NEW; END IF;
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
"""

# Those events took anybody until now; they take nobody until the office opens them.
CLOSE = """
UPDATE formats_event SET registration_until = NULL
  WHERE access = 'invited' AND registration_until IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("formats", "0017_feedback_without_order")]
    operations = [
        migrations.RunSQL(PLACES_OF_ANNOUNCED_EVENTS, PLACES_OF_ALL_EVENTS),
        migrations.RunSQL(CLOSE, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "event",
            models.CheckConstraint(
                condition=models.Q(registration_until=None) | models.Q(access="open"),
                name="event_registration_for_everybody",
            ),
        ),
    ]
