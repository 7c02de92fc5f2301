"""Stamps, sights and fallbacks come in their time and stay; a beacon seen anywhere ends the dice."""

from django.db import migrations

from foundation.triggers import AppendOnly

RULES = """
CREATE OR REPLACE FUNCTION circles_sales_close(day date) RETURNS timestamptz LANGUAGE sql AS $$
  SELECT (day + time '18:00') AT TIME ZONE 'Europe/Berlin'
$$;

CREATE OR REPLACE FUNCTION circles_value_unseen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  declared bigint;
BEGIN
  SELECT drand_round INTO declared FROM circles_declaration WHERE id = NEW.declaration_id;
  IF declared IS NOT NULL AND (
     EXISTS (SELECT 1 FROM circles_beaconsight WHERE round >= declared)
     OR EXISTS (SELECT 1 FROM circles_beacon WHERE round >= declared)) THEN
    RAISE EXCEPTION 'value-unseen: a beacon of this round or a later one was seen'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER value_unseen BEFORE INSERT ON circles_valueentry
  FOR EACH ROW EXECUTE FUNCTION circles_value_unseen();

CREATE OR REPLACE FUNCTION circles_fallback_declared() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.fallback_on IS NOT NULL AND NEW.fallback_on <
     (circles_round_time(NEW.drand_round) AT TIME ZONE 'UTC')::date + 2 THEN
    RAISE EXCEPTION 'fallback-declared: at least two days after the date of the round'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER fallback_declared BEFORE INSERT ON circles_declaration
  FOR EACH ROW EXECUTE FUNCTION circles_fallback_declared();

CREATE OR REPLACE FUNCTION circles_fallback_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  d record;
BEGIN
  SELECT dec.*, clock_timestamp() + call.clock_ahead AS moment INTO d
    FROM circles_declaration dec
    JOIN circles_draw draw ON draw.id = dec.draw_id
    JOIN circles_call call ON call.id = draw.call_id
    WHERE dec.id = NEW.declaration_id;
  IF d.fallback_on IS NULL OR d.lapsed_at IS NOT NULL
     OR EXISTS (SELECT 1 FROM circles_beacon WHERE declaration_id = d.id) THEN
    RAISE EXCEPTION 'fallback-in-time: none was declared, or the beacon is there'
      USING ERRCODE = 'check_violation';
  END IF;
  IF TG_TABLE_NAME = 'circles_fallbackactivation' THEN
    IF d.moment < circles_round_time(d.drand_round) + interval '24 hours'
       OR d.moment >= circles_sales_close(d.fallback_on) THEN
      RAISE EXCEPTION 'fallback-in-time: from a day after the round until sales close'
        USING ERRCODE = 'check_violation';
    END IF;
  ELSIF d.moment < circles_sales_close(d.fallback_on) OR NOT EXISTS (
     SELECT 1 FROM circles_fallbackactivation
     WHERE declaration_id = d.id AND confirmed_at IS NOT NULL)
     OR EXISTS (SELECT 1 FROM circles_fallbackvalue WHERE declaration_id = d.id) THEN
    RAISE EXCEPTION 'fallback-in-time: not activated, too early, or settled'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER activation_in_time BEFORE INSERT OR UPDATE ON circles_fallbackactivation
  FOR EACH ROW EXECUTE FUNCTION circles_fallback_in_time();
CREATE TRIGGER fallback_entry_in_time BEFORE INSERT ON circles_fallbackentry
  FOR EACH ROW EXECUTE FUNCTION circles_fallback_in_time();

CREATE OR REPLACE FUNCTION circles_fallback_agreed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  a record;
  b record;
BEGIN
  SELECT * INTO a FROM circles_fallbackentry WHERE id = NEW.first_entry_id;
  SELECT * INTO b FROM circles_fallbackentry WHERE id = NEW.second_entry_id;
  IF a.entered_by_id = b.entered_by_id OR a.value <> b.value OR a.value <> NEW.value
     OR a.declaration_id <> NEW.declaration_id OR b.declaration_id <> NEW.declaration_id THEN
    RAISE EXCEPTION 'fallback-agreed: two people must have typed the same'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER fallback_agreed BEFORE INSERT ON circles_fallbackvalue
  FOR EACH ROW EXECUTE FUNCTION circles_fallback_agreed();

CREATE OR REPLACE FUNCTION circles_beacon_given_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM circles_fallbackactivation
     WHERE declaration_id = NEW.declaration_id AND confirmed_at IS NOT NULL) THEN
    RAISE EXCEPTION 'beacon-given-up: the fallback is activated, no signature counts any more'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER beacon_given_up BEFORE INSERT ON circles_beacon
  FOR EACH ROW EXECUTE FUNCTION circles_beacon_given_up();
"""

RESULT_IN_ORDER = """
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
    SELECT 1 FROM circles_beacon WHERE declaration_id = d.id AND round = d.drand_round){or_fallback} THEN
    RAISE EXCEPTION 'result-in-order: the beacon is missing' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
"""
OR_FALLBACK = """
    AND NOT EXISTS (SELECT 1 FROM circles_fallbackvalue WHERE declaration_id = d.id)"""

NO_RULES = """
DROP TRIGGER beacon_given_up ON circles_beacon;
DROP FUNCTION circles_beacon_given_up();
DROP TRIGGER fallback_agreed ON circles_fallbackvalue;
DROP FUNCTION circles_fallback_agreed();
DROP TRIGGER fallback_entry_in_time ON circles_fallbackentry;
DROP TRIGGER activation_in_time ON circles_fallbackactivation;
DROP FUNCTION circles_fallback_in_time();
DROP TRIGGER fallback_declared ON circles_declaration;
DROP FUNCTION circles_fallback_declared();
DROP TRIGGER value_unseen ON circles_valueentry;
DROP FUNCTION circles_value_unseen();
DROP FUNCTION circles_sales_close(date);
"""


class Migration(migrations.Migration):
    dependencies = [("circles", "0011_rules_of_departures")]
    operations = [
        migrations.RunSQL(RULES, NO_RULES),
        migrations.RunSQL(
            RESULT_IN_ORDER.replace("{or_fallback}", OR_FALLBACK),
            RESULT_IN_ORDER.replace("{or_fallback}", ""),
        ),
        AppendOnly("FallbackActivation", except_columns=("confirmed_by_id", "confirmed_at")),
        AppendOnly("FallbackEntry"),
        AppendOnly("FallbackValue"),
        AppendOnly("FingerprintStamp"),
        AppendOnly("BeaconSight"),
        AppendOnly("AuditSample"),
        AppendOnly("TrialDraw"),
    ]
