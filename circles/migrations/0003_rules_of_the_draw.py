"""One draw, one result, values in their time: refused by the database whoever asks."""

from django.db import migrations

from foundation.triggers import AppendOnly

VALUES_IN_TIME = """
CREATE OR REPLACE FUNCTION circles_value_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE OR REPLACE FUNCTION circles_value_agreed() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE OR REPLACE FUNCTION circles_result_in_order() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE OR REPLACE FUNCTION circles_lapse_without_value() RETURNS trigger LANGUAGE plpgsql AS $$
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

NO_VALUES_IN_TIME = """
DROP TRIGGER lapse_without_value ON circles_declaration;
DROP FUNCTION circles_lapse_without_value();
DROP TRIGGER result_in_order ON circles_drawresult;
DROP FUNCTION circles_result_in_order();
DROP TRIGGER value_agreed ON circles_agreedvalue;
DROP FUNCTION circles_value_agreed();
DROP TRIGGER value_in_time ON circles_valueentry;
DROP FUNCTION circles_value_in_time();
"""


class Migration(migrations.Migration):
    dependencies = [("circles", "0002_rules_of_the_house")]
    operations = [
        migrations.RunSQL(VALUES_IN_TIME, NO_VALUES_IN_TIME),
        AppendOnly("Draw"),
        AppendOnly(
            "Declaration", except_columns=("confirmed_by_id", "confirmed_at", "lapsed_at")
        ),
        AppendOnly("DrawResult"),
        AppendOnly("Place", except_columns=("application_id",)),
        AppendOnly("ValueEntry"),
        AppendOnly("AgreedValue"),
        AppendOnly("Beacon"),
        AppendOnly("DrawEvent"),
    ]
