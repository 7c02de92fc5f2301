"""One draw, one result, everything in its time: what could bend a draw is refused whoever asks."""

from django.db import migrations

from foundation.triggers import AppendOnly

DECLARATION = """
CREATE FUNCTION circles_round_time(round bigint) RETURNS timestamptz LANGUAGE sql AS $$
  SELECT to_timestamp(1692803367 + 3 * (round - 1))
$$;

CREATE FUNCTION circles_declaration_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE FUNCTION circles_lapse_without_value() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.lapsed_at IS NOT NULL AND OLD.lapsed_at IS NULL AND (
     EXISTS (SELECT 1 FROM circles_agreedvalue WHERE declaration_id = NEW.id)
     OR EXISTS (SELECT 1 FROM circles_drawresult WHERE declaration_id = NEW.id)) THEN
    RAISE EXCEPTION 'lapse: a value is agreed, nothing lapses any more'
      USING ERRCODE = 'check_violation';
  END IF;
  IF (OLD.lapsed_at IS NOT NULL AND NEW.lapsed_at IS DISTINCT FROM OLD.lapsed_at)
     OR (OLD.confirmed_at IS NOT NULL AND (NEW.confirmed_at, NEW.confirmed_by_id)
         IS DISTINCT FROM (OLD.confirmed_at, OLD.confirmed_by_id)) THEN
    RAISE EXCEPTION 'lapse: what was confirmed or lapsed stays so'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER lapse_without_value BEFORE UPDATE ON circles_declaration
  FOR EACH ROW EXECUTE FUNCTION circles_lapse_without_value();
"""
NO_DECLARATION = """
DROP TRIGGER lapse_without_value ON circles_declaration;
DROP FUNCTION circles_lapse_without_value();
DROP TRIGGER declaration_in_time ON circles_declaration;
DROP FUNCTION circles_declaration_in_time();
DROP FUNCTION circles_round_time(bigint);
"""

ROOM = """
CREATE FUNCTION circles_people(names jsonb) RETURNS text[] LANGUAGE sql AS $$
  SELECT COALESCE(array_agg(DISTINCT person), '{}') FROM (
    SELECT lower(btrim(regexp_replace(name, '[[:space:]]+', ' ', 'g'))) AS person
    FROM jsonb_array_elements_text(names) AS name) AS people
  WHERE person <> ''
$$;

CREATE FUNCTION circles_room_as_declared() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE FUNCTION circles_value_in_room() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM circles_drawrecord WHERE declaration_id = NEW.declaration_id) THEN
    RAISE EXCEPTION 'value-in-room: nobody is on record for this declaration'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER value_room_known BEFORE INSERT ON circles_valueentry
  FOR EACH ROW EXECUTE FUNCTION circles_value_in_room();
"""
NO_ROOM = """
DROP TRIGGER value_room_known ON circles_valueentry;
DROP FUNCTION circles_value_in_room();
DROP TRIGGER room_as_declared ON circles_drawrecord;
DROP FUNCTION circles_room_as_declared();
DROP FUNCTION circles_people(jsonb);
"""

VALUES = """
CREATE FUNCTION circles_value_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  d record;
  moment timestamptz;
BEGIN
  SELECT dec.*, draw.frozen_at, call.clock_ahead INTO d
    FROM circles_declaration dec
    JOIN circles_draw draw ON draw.id = dec.draw_id
    JOIN circles_call call ON call.id = draw.call_id
    WHERE dec.id = NEW.declaration_id;
  moment := clock_timestamp() + d.clock_ahead;
  IF d.confirmed_at IS NULL OR d.lapsed_at IS NOT NULL THEN
    RAISE EXCEPTION 'value-in-time: the declaration is not in force'
      USING ERRCODE = 'check_violation';
  END IF;
  IF length(NEW.digits) <> d.dice_count THEN
    RAISE EXCEPTION 'value-in-time: % dice are declared', d.dice_count
      USING ERRCODE = 'check_violation';
  END IF;
  IF d.cut_off_at IS NOT NULL AND moment >= d.cut_off_at THEN
    RAISE EXCEPTION 'value-in-time: the cut-off has passed' USING ERRCODE = 'check_violation';
  END IF;
  IF d.cut_off_at IS NULL AND moment < d.frozen_at + interval '24 hours' THEN
    RAISE EXCEPTION 'value-in-time: dice count only 24 hours after the freeze'
      USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT 1 FROM circles_agreedvalue WHERE declaration_id = NEW.declaration_id)
     OR EXISTS (SELECT 1 FROM circles_beacon WHERE declaration_id = NEW.declaration_id) THEN
    RAISE EXCEPTION 'value-in-time: the value is settled' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER value_in_time BEFORE INSERT ON circles_valueentry
  FOR EACH ROW EXECUTE FUNCTION circles_value_in_time();

CREATE FUNCTION circles_value_agreed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  a record;
  b record;
BEGIN
  SELECT * INTO a FROM circles_valueentry WHERE id = NEW.first_entry_id;
  SELECT * INTO b FROM circles_valueentry WHERE id = NEW.second_entry_id;
  IF a.entered_by_id = b.entered_by_id OR a.digits <> b.digits OR a.digits <> NEW.digits
     OR a.declaration_id <> NEW.declaration_id OR b.declaration_id <> NEW.declaration_id THEN
    RAISE EXCEPTION 'value-agreed: two people must have typed the same'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER value_agreed BEFORE INSERT ON circles_agreedvalue
  FOR EACH ROW EXECUTE FUNCTION circles_value_agreed();

CREATE FUNCTION circles_stamped() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""
NO_VALUES = """
DROP TRIGGER beacon_stamped ON circles_beacon;
DROP TRIGGER agreed_stamped ON circles_agreedvalue;
DROP TRIGGER entry_stamped ON circles_valueentry;
DROP FUNCTION circles_stamped();
DROP TRIGGER value_agreed ON circles_agreedvalue;
DROP FUNCTION circles_value_agreed();
DROP TRIGGER value_in_time ON circles_valueentry;
DROP FUNCTION circles_value_in_time();
"""

RESULT = """
CREATE FUNCTION circles_result_in_order() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  d record;
BEGIN
  SELECT * INTO d FROM circles_declaration WHERE id = NEW.declaration_id;
  IF d.draw_id <> NEW.draw_id OR d.confirmed_at IS NULL OR d.lapsed_at IS NOT NULL THEN
    RAISE EXCEPTION 'result-in-order: the declaration is not in force'
      USING ERRCODE = 'check_violation';
  END IF;
  IF d.dice_count > 0
     AND NOT EXISTS (SELECT 1 FROM circles_agreedvalue WHERE declaration_id = d.id) THEN
    RAISE EXCEPTION 'result-in-order: the dice are not agreed' USING ERRCODE = 'check_violation';
  END IF;
  IF d.drand_round IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM circles_beacon WHERE declaration_id = d.id AND round = d.drand_round) THEN
    RAISE EXCEPTION 'result-in-order: the beacon is missing' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER result_in_order BEFORE INSERT ON circles_drawresult
  FOR EACH ROW EXECUTE FUNCTION circles_result_in_order();
"""
NO_RESULT = """
DROP TRIGGER result_in_order ON circles_drawresult;
DROP FUNCTION circles_result_in_order();
"""


class Migration(migrations.Migration):
    dependencies = [("circles", "0006_rules_of_calls")]
    operations = [
        AppendOnly("Draw"),
        AppendOnly("Declaration", except_columns=("confirmed_by_id", "confirmed_at", "lapsed_at")),
        AppendOnly("DrawRecord"),
        AppendOnly("ValueEntry"),
        AppendOnly("AgreedValue"),
        AppendOnly("Beacon"),
        AppendOnly("DrawResult"),
        AppendOnly("Place", except_columns=("application_id",)),
        AppendOnly("DrawEvent"),
        migrations.RunSQL(DECLARATION, NO_DECLARATION),
        migrations.RunSQL(ROOM, NO_ROOM),
        migrations.RunSQL(VALUES, NO_VALUES),
        migrations.RunSQL(RESULT, NO_RESULT),
    ]
