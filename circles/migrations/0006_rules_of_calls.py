"""What stands once a call is open: its conditions, its deadline, who may apply and who may find."""

from django.db import migrations

from foundation.triggers import AppendOnly, GuardState

FIXED_CALL = """
CREATE FUNCTION circles_fixed_criteria() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER attribute_fixed BEFORE INSERT OR UPDATE OR DELETE ON circles_quotaattribute
  FOR EACH ROW EXECUTE FUNCTION circles_fixed_criteria();

CREATE FUNCTION circles_fixed_quotas() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM circles_call c JOIN circles_quotaattribute a ON a.call_id = c.id
             WHERE a.id IN (OLD.attribute_id, NEW.attribute_id) AND c.state <> 'draft') THEN
    RAISE EXCEPTION 'fixed-quotas: quotas are fixed once the call is open'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER quota_fixed BEFORE INSERT OR UPDATE OR DELETE ON circles_quotavalue
  FOR EACH ROW EXECUTE FUNCTION circles_fixed_quotas();

CREATE FUNCTION circles_fixed_call() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""
FREE_CALL = """
DROP TRIGGER call_fixed ON circles_call;
DROP FUNCTION circles_fixed_call();
DROP TRIGGER quota_fixed ON circles_quotavalue;
DROP FUNCTION circles_fixed_quotas();
DROP TRIGGER attribute_fixed ON circles_quotaattribute;
DROP TRIGGER criterion_fixed ON circles_criterion;
DROP FUNCTION circles_fixed_criteria();
"""

DEADLINE = """
CREATE FUNCTION circles_extension_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  c record;
BEGIN
  SELECT state, closes_at, clock_timestamp() + clock_ahead AS moment INTO c
    FROM circles_call WHERE id = NEW.call_id FOR UPDATE;
  IF c.state <> 'open' OR c.moment >= c.closes_at OR NEW.closed_at <> c.closes_at THEN
    RAISE EXCEPTION 'extension-in-time: the call is not open until the deadline it had'
      USING ERRCODE = 'check_violation';
  END IF;
  NEW.decided_at := c.moment;
  RETURN NEW;
END $$;
CREATE TRIGGER extension_in_time BEFORE INSERT ON circles_extension
  FOR EACH ROW EXECUTE FUNCTION circles_extension_in_time();

CREATE FUNCTION circles_deadline_moves_publicly() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'draft' AND NEW.closes_at > OLD.closes_at AND NOT EXISTS (
    SELECT 1 FROM circles_extension WHERE call_id = OLD.id
      AND closed_at = OLD.closes_at AND closes_at = NEW.closes_at) THEN
    RAISE EXCEPTION 'deadline-moves-publicly: an open call is extended with a reason'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER deadline_moves_publicly BEFORE UPDATE ON circles_call
  FOR EACH ROW EXECUTE FUNCTION circles_deadline_moves_publicly();
"""
NO_DEADLINE = """
DROP TRIGGER deadline_moves_publicly ON circles_call;
DROP FUNCTION circles_deadline_moves_publicly();
DROP TRIGGER extension_in_time ON circles_extension;
DROP FUNCTION circles_extension_in_time();
"""

APPLICATION_IN_TIME = """
CREATE FUNCTION circles_application_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
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
NO_APPLICATION_IN_TIME = """
DROP TRIGGER application_in_time ON circles_application;
DROP FUNCTION circles_application_in_time();
"""

BIASED_STAY_OUT = """
CREATE FUNCTION circles_biased_stay_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Findings and declarations about one application come one after the other.
  PERFORM 1 FROM circles_application WHERE id = NEW.application_id FOR UPDATE;
  IF TG_TABLE_NAME = 'circles_review' THEN
    IF EXISTS (SELECT 1 FROM circles_recusal
               WHERE application_id = NEW.application_id AND person_id = NEW.reviewer_id) THEN
      RAISE EXCEPTION 'biased-stay-out: this person has declared a conflict of interest'
        USING ERRCODE = 'check_violation';
    END IF;
  ELSIF EXISTS (SELECT 1 FROM circles_review
                WHERE application_id = NEW.application_id AND reviewer_id = NEW.person_id) THEN
    RAISE EXCEPTION 'biased-stay-out: a finding of this person stands already'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER biased_stay_out BEFORE INSERT ON circles_review
  FOR EACH ROW EXECUTE FUNCTION circles_biased_stay_out();
CREATE TRIGGER biased_stay_out BEFORE INSERT ON circles_recusal
  FOR EACH ROW EXECUTE FUNCTION circles_biased_stay_out();
"""
BIASED_STAY = """
DROP TRIGGER biased_stay_out ON circles_recusal;
DROP TRIGGER biased_stay_out ON circles_review;
DROP FUNCTION circles_biased_stay_out();
"""


class Migration(migrations.Migration):
    dependencies = [("circles", "0005_results")]
    operations = [
        GuardState("Call", initial="draft"),
        GuardState("Application", initial="unconfirmed"),
        AppendOnly("Extension"),
        AppendOnly("Review"),
        AppendOnly("Recusal"),
        migrations.RunSQL(FIXED_CALL, FREE_CALL),
        migrations.RunSQL(DEADLINE, NO_DEADLINE),
        migrations.RunSQL(APPLICATION_IN_TIME, NO_APPLICATION_IN_TIME),
        migrations.RunSQL(BIASED_STAY_OUT, BIASED_STAY),
    ]
