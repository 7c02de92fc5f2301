"""Fifteen seats, no more and no less; those by lot only to whom the draw names."""

from django.db import migrations

from foundation.triggers import GuardState

FIFTEEN_SEATS = """
CREATE FUNCTION circles_fifteen_seats() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  the_circle bigint := CASE WHEN TG_TABLE_NAME = 'circles_circle' THEN (to_jsonb(NEW) ->> 'id')::bigint
    ELSE (to_jsonb(COALESCE(NEW, OLD)) ->> 'circle_id')::bigint END;
  found integer;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM circles_circle WHERE id = the_circle) THEN RETURN NULL; END IF;
  SELECT count(*) INTO found FROM circles_seat WHERE circle_id = the_circle;
  IF found <> 15 THEN
    RAISE EXCEPTION 'fifteen-seats: circle % has % seats', the_circle, found
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER circle_has_fifteen_seats AFTER INSERT ON circles_circle
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION circles_fifteen_seats();
CREATE CONSTRAINT TRIGGER seat_keeps_fifteen AFTER INSERT OR DELETE ON circles_seat
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION circles_fifteen_seats();
"""
NO_FIFTEEN_SEATS = """
DROP TRIGGER seat_keeps_fifteen ON circles_seat;
DROP TRIGGER circle_has_fifteen_seats ON circles_circle;
DROP FUNCTION circles_fifteen_seats();
"""

SEAT_BY_LOT = """
CREATE FUNCTION circles_seat_by_lot() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.kind = 'lot' AND NEW.state <> 'free'
     AND (NEW.state, NEW.holder_id, NEW.ticket)
         IS DISTINCT FROM (OLD.state, OLD.holder_id, OLD.ticket)
     AND NOT EXISTS (
    SELECT 1 FROM circles_offer o JOIN circles_application a ON a.id = o.application_id
    WHERE o.seat_id = NEW.id AND a.user_id = NEW.holder_id AND a.ticket = NEW.ticket
      AND o.state = CASE NEW.state WHEN 'taken' THEN 'accepted' ELSE 'open' END) THEN
    RAISE EXCEPTION 'seat-by-lot: seat % needs an accepted offer to its holder', NEW.number
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER seat_by_lot BEFORE UPDATE ON circles_seat
  FOR EACH ROW EXECUTE FUNCTION circles_seat_by_lot();
"""
NO_SEAT_BY_LOT = """
DROP TRIGGER seat_by_lot ON circles_seat;
DROP FUNCTION circles_seat_by_lot();
"""

OFFERS = """
CREATE FUNCTION circles_offer_within_seats() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER offer_within_seats BEFORE INSERT ON circles_offer
  FOR EACH ROW EXECUTE FUNCTION circles_offer_within_seats();

CREATE FUNCTION circles_event_is_true() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.kind = 'ineligible' AND NOT EXISTS (
    SELECT 1 FROM circles_draw draw
    JOIN circles_call call ON call.id = draw.call_id
    JOIN circles_application a ON a.call_id = call.id AND a.ticket = NEW.ticket
    JOIN circles_seat seat ON seat.circle_id = call.circle_id AND seat.holder_id = a.user_id
    WHERE draw.id = NEW.draw_id
      AND (seat.state = 'taken' OR (seat.state = 'offered' AND seat.kind = 'lot'))) THEN
    RAISE EXCEPTION 'event-is-true: only somebody who has a seat is ineligible'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER event_is_true BEFORE INSERT ON circles_drawevent
  FOR EACH ROW EXECUTE FUNCTION circles_event_is_true();
"""
NO_OFFERS = """
DROP TRIGGER event_is_true ON circles_drawevent;
DROP FUNCTION circles_event_is_true();
DROP TRIGGER offer_within_seats ON circles_offer;
DROP FUNCTION circles_offer_within_seats();
"""

RIGHT_ORDER = """
ALTER TABLE circles_circle ADD CONSTRAINT circle_right_order
  FOREIGN KEY (work_order_id, addressee) REFERENCES formats_workorder (id, addressee);
"""
ANY_ORDER = """
ALTER TABLE circles_circle DROP CONSTRAINT circle_right_order;
"""


class Migration(migrations.Migration):
    dependencies = [("circles", "0007_rules_of_draws")]
    operations = [
        GuardState("Circle", initial="founded"),
        GuardState("Seat", initial="free"),
        GuardState("Nomination", initial="open"),
        GuardState("Offer", initial="open"),
        migrations.RunSQL(RIGHT_ORDER, ANY_ORDER),
        migrations.RunSQL(FIFTEEN_SEATS, NO_FIFTEEN_SEATS),
        migrations.RunSQL(SEAT_BY_LOT, NO_SEAT_BY_LOT),
        migrations.RunSQL(OFFERS, NO_OFFERS),
    ]
