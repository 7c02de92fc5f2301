"""A seat by lot passes on only after its holder's departure has taken effect."""

from django.db import migrations

from foundation.triggers import GuardState

WITH_DEPARTURES = """
CREATE OR REPLACE FUNCTION circles_offer_within_seats() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  room integer;
  filled integer;
BEGIN
  SELECT seats INTO room FROM circles_draw WHERE id = NEW.draw_id FOR UPDATE;
  SELECT count(*) INTO filled FROM circles_offer o
    WHERE o.draw_id = NEW.draw_id AND (o.state IN ('open', 'accepted') OR EXISTS (
      SELECT 1 FROM circles_departure d WHERE d.offer_id = o.id AND d.state = 'open'));
  IF filled >= room THEN
    RAISE EXCEPTION 'offer-within-seats: this draw was made for % seats', room
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
"""

WITHOUT = """
CREATE OR REPLACE FUNCTION circles_offer_within_seats() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  room integer;
  filled integer;
BEGIN
  SELECT seats INTO room FROM circles_draw WHERE id = NEW.draw_id FOR UPDATE;
  SELECT count(*) INTO filled FROM circles_offer
    WHERE draw_id = NEW.draw_id AND state IN ('open', 'accepted');
  IF filled >= room THEN
    RAISE EXCEPTION 'offer-within-seats: this draw was made for % seats', room
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("circles", "0010_rules_of_terms")]
    operations = [
        GuardState("Departure", initial="open"),
        migrations.RunSQL(WITH_DEPARTURES, WITHOUT),
    ]
