"""What the database itself keeps: states, fifteen seats, fixed criteria, rows for ever."""

from django.db import migrations

from foundation.triggers import AppendOnly, GuardState

FIFTEEN_SEATS = """
CREATE OR REPLACE FUNCTION circles_fifteen_seats() RETURNS trigger LANGUAGE plpgsql AS $$
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

FIXED_CALL = """
CREATE OR REPLACE FUNCTION circles_fixed_criteria() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM circles_call
             WHERE id IN (OLD.call_id, NEW.call_id) AND state <> 'draft') THEN
    RAISE EXCEPTION 'fixed-criteria: criteria are fixed once the call is open'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER criterion_fixed BEFORE INSERT OR UPDATE OR DELETE ON circles_criterion
  FOR EACH ROW EXECUTE FUNCTION circles_fixed_criteria();

CREATE OR REPLACE FUNCTION circles_fixed_call() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'draft' AND (NEW.draw_id, NEW.seats, NEW.circle_id)
     IS DISTINCT FROM (OLD.draw_id, OLD.seats, OLD.circle_id) THEN
    RAISE EXCEPTION 'fixed-call: draw id, seats and circle are fixed once the call is open'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER call_fixed BEFORE UPDATE ON circles_call
  FOR EACH ROW EXECUTE FUNCTION circles_fixed_call();

CREATE OR REPLACE FUNCTION circles_application_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM circles_call WHERE id = NEW.call_id AND state = 'open'
                 AND NEW.submitted_at >= opens_at AND NEW.submitted_at < closes_at) THEN
    RAISE EXCEPTION 'in-time: the call is not open at %', NEW.submitted_at
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER application_in_time BEFORE INSERT ON circles_application
  FOR EACH ROW EXECUTE FUNCTION circles_application_in_time();
"""

FREE_CALL = """
DROP TRIGGER application_in_time ON circles_application;
DROP FUNCTION circles_application_in_time();
DROP TRIGGER call_fixed ON circles_call;
DROP FUNCTION circles_fixed_call();
DROP TRIGGER criterion_fixed ON circles_criterion;
DROP FUNCTION circles_fixed_criteria();
"""

SEAT_BY_LOT = """
CREATE OR REPLACE FUNCTION circles_seat_by_lot() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.kind = 'lot' AND NEW.state = 'taken' AND OLD.state <> 'taken' AND NOT EXISTS (
    SELECT 1 FROM circles_offer o JOIN circles_application a ON a.id = o.application_id
    WHERE o.seat_id = NEW.id AND o.state = 'accepted' AND a.user_id = NEW.holder_id
      AND a.ticket = NEW.ticket) THEN
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


class Migration(migrations.Migration):
    dependencies = [("circles", "0001_first"), ("formats", "0002_guarded_states")]
    operations = [
        GuardState("Circle", initial="founded"),
        GuardState("Seat", initial="free"),
        GuardState("Call", initial="draft"),
        GuardState("Application", initial="unconfirmed"),
        GuardState("Offer", initial="open"),
        migrations.RunSQL(
            "ALTER TABLE circles_circle ADD CONSTRAINT circle_right_order"
            " FOREIGN KEY (work_order_id, addressee)"
            " REFERENCES formats_workorder (id, addressee)",
            "ALTER TABLE circles_circle DROP CONSTRAINT circle_right_order",
        ),
        migrations.RunSQL(FIFTEEN_SEATS, NO_FIFTEEN_SEATS),
        migrations.RunSQL(FIXED_CALL, FREE_CALL),
        migrations.RunSQL(SEAT_BY_LOT, NO_SEAT_BY_LOT),
        AppendOnly("Review"),
    ]
