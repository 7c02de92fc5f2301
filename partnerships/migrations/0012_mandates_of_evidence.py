"""Evidence comes only from somebody who signs for the city: now, or on the day of the paper."""

from django.db import migrations

# A mandate that rests for want of a second factor counts; one that has ended does not.
SIGNS_FOR_THE_CITY = """
CREATE FUNCTION partnerships_evidence_has_mandate() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  begins timestamptz := clock_timestamp();
  is_over timestamptz := clock_timestamp();
BEGIN
  IF NEW.submission_id IS NOT NULL THEN
    SELECT s.signed_on::timestamp AT TIME ZONE 'Europe/Berlin',
           (s.signed_on + 1)::timestamp AT TIME ZONE 'Europe/Berlin'
      INTO begins, is_over FROM partnerships_submission s WHERE s.id = NEW.submission_id;
  END IF;
  PERFORM 1 FROM accounts_mandate m
    WHERE m.user_id = NEW.user_id AND m.role = 'signatory'
      AND (m.subject_type = '' OR m.subject_type = 'partnerships.party'
             AND m.subject_id = NEW.party_id::text)
      AND m.starts_at < is_over
      AND (m.ends_at IS NULL OR m.ends_at > begins)
      AND (m.revoked_at IS NULL OR m.revoked_at > begins);
  IF NOT FOUND THEN
    RAISE EXCEPTION 'evidence: % has no mandate to sign for this party', NEW.user_id
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER partnerships_evidence_has_mandate BEFORE INSERT ON partnerships_evidence
  FOR EACH ROW EXECUTE FUNCTION partnerships_evidence_has_mandate();
"""
WHOEVER_SIGNS = """
DROP TRIGGER partnerships_evidence_has_mandate ON partnerships_evidence;
DROP FUNCTION partnerships_evidence_has_mandate();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_rules_of_accounts"),
        ("partnerships", "0011_names_for_readers"),
    ]
    operations = [migrations.RunSQL(SIGNS_FOR_THE_CITY, WHOEVER_SIGNS)]
