"""What could bend a draw is refused by the database: rounds, rooms, seats, times, codes."""

import django.db.models.deletion
from django.db import migrations, models

RECORDS_TO_THEIR_DECLARATION = """
ALTER TABLE circles_drawrecord DISABLE TRIGGER circles_drawrecord_append_only;
UPDATE circles_drawrecord r SET declaration_id = (
  SELECT d.id FROM circles_declaration d
  WHERE d.draw_id = r.draw_id AND d.confirmed_at IS NOT NULL
  ORDER BY (d.lapsed_at IS NULL) DESC, d.version DESC LIMIT 1);
DELETE FROM circles_drawrecord WHERE declaration_id IS NULL;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
ALTER TABLE circles_drawrecord ENABLE TRIGGER circles_drawrecord_append_only;
"""

CODES_WITHOUT_UNDERSCORE = """
ALTER TABLE circles_criterion DISABLE TRIGGER criterion_fixed;
UPDATE circles_criterion SET code = replace(code, '_', '-') WHERE code LIKE '%\\_%';
ALTER TABLE circles_criterion ENABLE TRIGGER criterion_fixed;
"""

NOTHING_BENDS = """
CREATE OR REPLACE FUNCTION circles_people(names jsonb) RETURNS text[] LANGUAGE sql AS $$
  SELECT COALESCE(array_agg(DISTINCT person), '{}') FROM (
    SELECT lower(btrim(regexp_replace(name, '[[:space:]]+', ' ', 'g'))) AS person
    FROM jsonb_array_elements_text(names) AS name) AS people
  WHERE person <> ''
$$;

CREATE OR REPLACE FUNCTION circles_round_time(round bigint) RETURNS timestamptz LANGUAGE sql AS $$
  SELECT to_timestamp(1692803367 + 3 * (round - 1))
$$;

CREATE OR REPLACE FUNCTION circles_declaration_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  d record;
  again boolean;
BEGIN
  SELECT draw.frozen_at, clock_timestamp() + call.clock_ahead AS moment INTO d
    FROM circles_draw draw JOIN circles_call call ON call.id = draw.call_id
    WHERE draw.id = NEW.draw_id;
  again := EXISTS (SELECT 1 FROM circles_declaration
    WHERE draw_id = NEW.draw_id AND id <> NEW.id AND confirmed_at IS NOT NULL);
  IF again AND NEW.drand_round IS NULL THEN
    RAISE EXCEPTION 'declaration-in-time: after a lapse the next version needs a round'
      USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'INSERT' AND NEW.drand_round IS NOT NULL AND (
     circles_round_time(NEW.drand_round) < d.frozen_at + interval '24 hours'
     OR NEW.cut_off_at <> circles_round_time(NEW.drand_round) - interval '30 seconds') THEN
    RAISE EXCEPTION 'declaration-in-time: the round comes a day after the freeze, '
      'the cut-off 30 seconds before it' USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.confirmed_at IS NOT NULL AND OLD.confirmed_at IS NULL THEN
    IF NEW.confirmed_at < d.moment - interval '1 minute'
       OR NEW.confirmed_at > d.moment + interval '1 minute' THEN
      RAISE EXCEPTION 'declaration-in-time: confirmed now, not at another time'
        USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.drand_round IS NOT NULL AND (NEW.confirmed_at >= NEW.cut_off_at OR (again AND
       circles_round_time(NEW.drand_round) < NEW.confirmed_at + interval '10 minutes')) THEN
      RAISE EXCEPTION 'declaration-in-time: the round is too close'
        USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER declaration_in_time BEFORE INSERT OR UPDATE ON circles_declaration
  FOR EACH ROW EXECUTE FUNCTION circles_declaration_in_time();

CREATE OR REPLACE FUNCTION circles_room_as_declared() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  d record;
BEGIN
  SELECT dec.confirmed_at, dec.lapsed_at, dec.drand_round, draw.frozen_at,
         clock_timestamp() + call.clock_ahead AS moment INTO d
    FROM circles_declaration dec
    JOIN circles_draw draw ON draw.id = dec.draw_id
    JOIN circles_call call ON call.id = draw.call_id
    WHERE dec.id = NEW.declaration_id;
  IF d.confirmed_at IS NULL OR d.lapsed_at IS NOT NULL THEN
    RAISE EXCEPTION 'room-as-declared: the declaration is not in force'
      USING ERRCODE = 'check_violation';
  END IF;
  IF circles_people(NEW.throwers) && circles_people(NEW.witnesses) THEN
    RAISE EXCEPTION 'room-as-declared: a witness cannot throw' USING ERRCODE = 'check_violation';
  END IF;
  IF d.drand_round IS NULL AND (cardinality(circles_people(NEW.throwers)) < 4
     OR cardinality(circles_people(NEW.witnesses)) < 2
     OR d.moment < d.frozen_at + interval '24 hours') THEN
    RAISE EXCEPTION 'room-as-declared: dice only: four throwers, two witnesses, after 24 hours'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER room_as_declared BEFORE INSERT ON circles_drawrecord
  FOR EACH ROW EXECUTE FUNCTION circles_room_as_declared();

CREATE OR REPLACE FUNCTION circles_value_in_room() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM circles_drawrecord WHERE declaration_id = NEW.declaration_id) THEN
    RAISE EXCEPTION 'value-in-room: nobody is on record for this declaration'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER value_room_known BEFORE INSERT ON circles_valueentry
  FOR EACH ROW EXECUTE FUNCTION circles_value_in_room();

CREATE OR REPLACE FUNCTION circles_stamped() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  moment timestamptz;
BEGIN
  SELECT clock_timestamp() + call.clock_ahead INTO moment
    FROM circles_declaration dec
    JOIN circles_draw draw ON draw.id = dec.draw_id
    JOIN circles_call call ON call.id = draw.call_id
    WHERE dec.id = NEW.declaration_id;
  IF TG_TABLE_NAME = 'circles_valueentry' THEN
    NEW.entered_at := moment;
  ELSIF TG_TABLE_NAME = 'circles_agreedvalue' THEN
    NEW.agreed_at := moment;
  ELSE
    NEW.seen_at := moment;
    IF NEW.round <> (SELECT drand_round FROM circles_declaration WHERE id = NEW.declaration_id)
       OR moment < circles_round_time(NEW.round) THEN
      RAISE EXCEPTION 'stamped: not the declared round, or before its time'
        USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER entry_stamped BEFORE INSERT ON circles_valueentry
  FOR EACH ROW EXECUTE FUNCTION circles_stamped();
CREATE TRIGGER agreed_stamped BEFORE INSERT ON circles_agreedvalue
  FOR EACH ROW EXECUTE FUNCTION circles_stamped();
CREATE TRIGGER beacon_stamped BEFORE INSERT ON circles_beacon
  FOR EACH ROW EXECUTE FUNCTION circles_stamped();

CREATE OR REPLACE FUNCTION circles_seat_by_lot() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER offer_within_seats BEFORE INSERT ON circles_offer
  FOR EACH ROW EXECUTE FUNCTION circles_offer_within_seats();

CREATE OR REPLACE FUNCTION circles_event_is_true() RETURNS trigger LANGUAGE plpgsql AS $$
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

LESS_STRICT = """
DROP TRIGGER event_is_true ON circles_drawevent;
DROP FUNCTION circles_event_is_true();
DROP TRIGGER offer_within_seats ON circles_offer;
DROP FUNCTION circles_offer_within_seats();
DROP TRIGGER beacon_stamped ON circles_beacon;
DROP TRIGGER agreed_stamped ON circles_agreedvalue;
DROP TRIGGER entry_stamped ON circles_valueentry;
DROP FUNCTION circles_stamped();
DROP TRIGGER value_room_known ON circles_valueentry;
DROP FUNCTION circles_value_in_room();
DROP TRIGGER room_as_declared ON circles_drawrecord;
DROP FUNCTION circles_room_as_declared();
DROP TRIGGER declaration_in_time ON circles_declaration;
DROP FUNCTION circles_declaration_in_time();
DROP FUNCTION circles_round_time(bigint);
DROP FUNCTION circles_people(jsonb);
"""


class Migration(migrations.Migration):
    dependencies = [("circles", "0005_nominations_and_objections")]
    operations = [
        migrations.AddField(
            model_name="drawrecord",
            name="declaration",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="record",
                to="circles.declaration",
            ),
        ),
        migrations.RunSQL(RECORDS_TO_THEIR_DECLARATION, migrations.RunSQL.noop),
        migrations.RemoveField(model_name="drawrecord", name="draw"),
        migrations.AlterField(
            model_name="drawrecord",
            name="declaration",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="record",
                to="circles.declaration",
            ),
        ),
        migrations.RunSQL(CODES_WITHOUT_UNDERSCORE, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[a-z0-9-]{1,40}$")), name="criterion_code_form"
            ),
        ),
        migrations.RunSQL(NOTHING_BENDS, LESS_STRICT),
    ]
