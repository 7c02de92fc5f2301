"""Every seat remembers who sat on it; a circle is complete or says why it is not."""

from django.db import migrations

from foundation.triggers import GuardState

TERMS = """
CREATE OR REPLACE FUNCTION circles_seat_has_term() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  the_seat bigint := CASE WHEN TG_TABLE_NAME = 'circles_seat' THEN (to_jsonb(NEW) ->> 'id')::bigint
    ELSE (to_jsonb(NEW) ->> 'seat_id')::bigint END;
  seat record;
  sits bigint;
BEGIN
  SELECT state, holder_id, number INTO seat FROM circles_seat WHERE id = the_seat;
  SELECT person_id INTO sits FROM circles_seatterm WHERE seat_id = the_seat AND ended_at IS NULL;
  IF (CASE WHEN seat.state = 'taken' THEN seat.holder_id END) IS DISTINCT FROM sits THEN
    RAISE EXCEPTION 'seat-has-term: seat % and its open term name different people', seat.number
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER seat_has_term AFTER UPDATE OF state, holder_id ON circles_seat
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION circles_seat_has_term();
CREATE CONSTRAINT TRIGGER term_has_seat AFTER INSERT OR UPDATE ON circles_seatterm
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION circles_seat_has_term();

CREATE OR REPLACE FUNCTION circles_terms_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.seat_id, NEW.named_by_body, NEW.began_at)
         IS NOT DISTINCT FROM (OLD.seat_id, OLD.named_by_body, OLD.began_at)
       AND (OLD.ended_at IS NULL OR NEW.ended_at = OLD.ended_at)
       AND (NEW.person_id IS NULL OR NEW.person_id = OLD.person_id) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'terms-stay: a term ends once, forgets its person, and never changes otherwise'
    USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER terms_stay BEFORE UPDATE OR DELETE ON circles_seatterm
  FOR EACH ROW EXECUTE FUNCTION circles_terms_stay();
"""

NO_TERMS = """
DROP TRIGGER terms_stay ON circles_seatterm;
DROP FUNCTION circles_terms_stay();
DROP TRIGGER term_has_seat ON circles_seatterm;
DROP TRIGGER seat_has_term ON circles_seat;
DROP FUNCTION circles_seat_has_term();
"""

COMPLETE_OR_EXPLAINED = """
CREATE OR REPLACE FUNCTION circles_complete_or_explained() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'working' AND OLD.state = 'founded'
     AND NOT jsonb_path_exists(NEW.incomplete_reason, '$.*.text ? (@ != "")')
     AND EXISTS (SELECT 1 FROM circles_seat WHERE circle_id = NEW.id AND state <> 'taken') THEN
    RAISE EXCEPTION 'complete-or-explained: seats of % are empty and nobody says why', NEW.number
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER complete_or_explained BEFORE UPDATE OF state ON circles_circle
  FOR EACH ROW EXECUTE FUNCTION circles_complete_or_explained();

CREATE OR REPLACE FUNCTION circles_expert_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF btrim(NEW.match) = ''
     AND EXISTS (SELECT 1 FROM circles_seat WHERE id = NEW.seat_id AND kind = 'expert') THEN
    RAISE EXCEPTION 'expert-fits: nobody says how this expertise fits the topic'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER expert_fits BEFORE INSERT ON circles_nomination
  FOR EACH ROW EXECUTE FUNCTION circles_expert_fits();
"""

NEITHER = """
DROP TRIGGER expert_fits ON circles_nomination;
DROP FUNCTION circles_expert_fits();
DROP TRIGGER complete_or_explained ON circles_circle;
DROP FUNCTION circles_complete_or_explained();
"""


class Migration(migrations.Migration):
    dependencies = [("circles", "0009_rules_of_trials")]
    operations = [
        GuardState("NamingRequest", initial="open"),
        migrations.RunSQL(TERMS, NO_TERMS),
        migrations.RunSQL(COMPLETE_OR_EXPLAINED, NEITHER),
    ]
