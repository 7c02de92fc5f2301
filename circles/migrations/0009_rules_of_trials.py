"""Rehearsed calls are kept apart from real ones, and go away again with all they hold."""

from django.db import migrations

QUARANTINE = """
CREATE OR REPLACE FUNCTION circles_no_trial() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM circles_call WHERE id = NEW.call_id AND is_trial) THEN
    RAISE EXCEPTION 'no-trial: % takes nothing from a trial', TG_TABLE_NAME
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER draw_of_no_trial BEFORE INSERT OR UPDATE ON circles_draw
  FOR EACH ROW EXECUTE FUNCTION circles_no_trial();
CREATE TRIGGER extension_of_no_trial BEFORE INSERT OR UPDATE ON circles_extension
  FOR EACH ROW EXECUTE FUNCTION circles_no_trial();

CREATE OR REPLACE FUNCTION circles_agenda_without_trials() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.subject_type = 'circles.call' AND EXISTS (
    SELECT 1 FROM circles_call WHERE id::text = NEW.subject_id AND is_trial) THEN
    RAISE EXCEPTION 'no-trial: the agenda takes nothing from a trial'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER agenda_without_trials BEFORE INSERT OR UPDATE ON formats_agendaitem
  FOR EACH ROW EXECUTE FUNCTION circles_agenda_without_trials();

CREATE OR REPLACE FUNCTION circles_stays_what_it_is() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'circles_call' THEN
    IF (to_jsonb(NEW) -> 'is_trial') IS DISTINCT FROM (to_jsonb(OLD) -> 'is_trial') THEN
      RAISE EXCEPTION 'stays: a trial never becomes a call, nor a call a trial'
        USING ERRCODE = 'check_violation';
    END IF;
  ELSIF (to_jsonb(NEW) -> 'call_id') IS DISTINCT FROM (to_jsonb(OLD) -> 'call_id') THEN
    RAISE EXCEPTION 'stays: an application stays in its call' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER call_stays BEFORE UPDATE ON circles_call
  FOR EACH ROW EXECUTE FUNCTION circles_stays_what_it_is();
CREATE TRIGGER application_stays BEFORE UPDATE OF call_id ON circles_application
  FOR EACH ROW EXECUTE FUNCTION circles_stays_what_it_is();
"""

NO_QUARANTINE = """
DROP TRIGGER application_stays ON circles_application;
DROP TRIGGER call_stays ON circles_call;
DROP FUNCTION circles_stays_what_it_is();
DROP TRIGGER agenda_without_trials ON formats_agendaitem;
DROP FUNCTION circles_agenda_without_trials();
DROP TRIGGER extension_of_no_trial ON circles_extension;
DROP TRIGGER draw_of_no_trial ON circles_draw;
DROP FUNCTION circles_no_trial();
"""

# What is append-only or fixed in a call may go together with a trial.
TRIALS_GO = """
CREATE OR REPLACE FUNCTION circles_in_trial(application bigint) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM circles_application a JOIN circles_call c ON c.id = a.call_id
                 WHERE a.id = application AND c.is_trial)
$$;
DROP TRIGGER circles_review_append_only ON circles_review;
CREATE TRIGGER circles_review_append_only BEFORE UPDATE ON circles_review
  FOR EACH ROW EXECUTE FUNCTION stadtbruecke_append_only();
CREATE TRIGGER circles_review_kept BEFORE DELETE ON circles_review
  FOR EACH ROW WHEN (NOT circles_in_trial(OLD.application_id))
  EXECUTE FUNCTION stadtbruecke_append_only();
DROP TRIGGER circles_recusal_append_only ON circles_recusal;
CREATE TRIGGER circles_recusal_append_only BEFORE UPDATE ON circles_recusal
  FOR EACH ROW EXECUTE FUNCTION stadtbruecke_append_only();
CREATE TRIGGER circles_recusal_kept BEFORE DELETE ON circles_recusal
  FOR EACH ROW WHEN (NOT circles_in_trial(OLD.application_id))
  EXECUTE FUNCTION stadtbruecke_append_only();

CREATE OR REPLACE FUNCTION circles_fixed_criteria() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM circles_call
             WHERE id IN (OLD.call_id, NEW.call_id) AND state <> 'draft'
               AND NOT (is_trial AND TG_OP = 'DELETE')) THEN
    RAISE EXCEPTION 'fixed-criteria: criteria are fixed once the call is open'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN COALESCE(NEW, OLD);
END $$;

CREATE OR REPLACE FUNCTION circles_fixed_quotas() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM circles_call c JOIN circles_quotaattribute a ON a.call_id = c.id
             WHERE a.id IN (OLD.attribute_id, NEW.attribute_id) AND c.state <> 'draft'
               AND NOT (c.is_trial AND TG_OP = 'DELETE')) THEN
    RAISE EXCEPTION 'fixed-quotas: quotas are fixed once the call is open'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
"""

TRIALS_STAY = """
CREATE OR REPLACE FUNCTION circles_fixed_quotas() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM circles_call c JOIN circles_quotaattribute a ON a.call_id = c.id
             WHERE a.id IN (OLD.attribute_id, NEW.attribute_id) AND c.state <> 'draft') THEN
    RAISE EXCEPTION 'fixed-quotas: quotas are fixed once the call is open'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
CREATE OR REPLACE FUNCTION circles_fixed_criteria() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM circles_call
             WHERE id IN (OLD.call_id, NEW.call_id) AND state <> 'draft') THEN
    RAISE EXCEPTION 'fixed-criteria: criteria are fixed once the call is open'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
DROP TRIGGER circles_recusal_kept ON circles_recusal;
DROP TRIGGER circles_recusal_append_only ON circles_recusal;
CREATE TRIGGER circles_recusal_append_only BEFORE UPDATE OR DELETE ON circles_recusal
  FOR EACH ROW EXECUTE FUNCTION stadtbruecke_append_only();
DROP TRIGGER circles_review_kept ON circles_review;
DROP TRIGGER circles_review_append_only ON circles_review;
CREATE TRIGGER circles_review_append_only BEFORE UPDATE OR DELETE ON circles_review
  FOR EACH ROW EXECUTE FUNCTION stadtbruecke_append_only();
DROP FUNCTION circles_in_trial(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("circles", "0008_rules_of_seats")]
    operations = [
        migrations.RunSQL(QUARANTINE, NO_QUARANTINE),
        migrations.RunSQL(TRIALS_GO, TRIALS_STAY),
    ]
