"""Versions and evidence stay for ever; evidence fits its version and comes from those who sign."""

from django.db import migrations

from foundation.triggers import AppendOnly, GuardState

AMENDMENT_FITS = """
CREATE FUNCTION partnerships_amendment_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM partnerships_agreement b
    WHERE b.id = NEW.base_id AND b.base_id IS NULL AND b.partnership_id = NEW.partnership_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'amendment: % is no base agreement of this partnership', NEW.base_id
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER partnerships_amendment_fits BEFORE INSERT OR UPDATE OF base_id, partnership_id
  ON partnerships_agreement FOR EACH ROW WHEN (NEW.base_id IS NOT NULL)
  EXECUTE FUNCTION partnerships_amendment_fits();
"""
AMENDMENT_ANYHOW = """
DROP TRIGGER partnerships_amendment_fits ON partnerships_agreement;
DROP FUNCTION partnerships_amendment_fits();
"""

# "Signed by all" is derived from these rows: one less, and a missing signature would not be missed.
SIGNATORIES_FIXED = """
CREATE FUNCTION partnerships_signatory_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(OLD) = to_jsonb(NEW) THEN RETURN NEW; END IF;
  IF EXISTS (SELECT 1 FROM partnerships_agreement a
              WHERE a.state NOT IN ('draft', 'agreed')
                AND (TG_OP <> 'INSERT' AND a.id = OLD.agreement_id
                  OR TG_OP <> 'DELETE' AND a.id = NEW.agreement_id)) THEN
    RAISE EXCEPTION 'signatory: the version is frozen with its signatories'
      USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER partnerships_signatory_fixed BEFORE INSERT OR UPDATE OR DELETE
  ON partnerships_signatory FOR EACH ROW EXECUTE FUNCTION partnerships_signatory_fixed();

CREATE FUNCTION partnerships_party_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(OLD) = to_jsonb(NEW) THEN RETURN NEW; END IF;
  IF EXISTS (SELECT 1 FROM partnerships_agreement a
              WHERE a.state NOT IN ('draft', 'withdrawn')
                AND (TG_OP <> 'INSERT' AND a.partnership_id = OLD.partnership_id
                  OR TG_OP <> 'DELETE' AND a.partnership_id = NEW.partnership_id)) THEN
    RAISE EXCEPTION 'party: the cities have agreed on a text already'
      USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER partnerships_party_fixed BEFORE INSERT OR UPDATE OR DELETE
  ON partnerships_party FOR EACH ROW EXECUTE FUNCTION partnerships_party_fixed();
"""
SIGNATORIES_OPEN = """
DROP TRIGGER partnerships_party_fixed ON partnerships_party;
DROP FUNCTION partnerships_party_fixed();
DROP TRIGGER partnerships_signatory_fixed ON partnerships_signatory;
DROP FUNCTION partnerships_signatory_fixed();
"""

COMPARISON_FITS = """
CREATE FUNCTION partnerships_comparison_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  brought record;
BEGIN
  SELECT s.kind, s.state, s.brought_by_id, p.user_id, a.partnership_id INTO brought
    FROM partnerships_submission s
    JOIN partnerships_signatory p ON p.id = s.signatory_id
    JOIN partnerships_agreement a ON a.id = p.agreement_id
   WHERE s.id = NEW.submission_id;
  IF brought.state <> 'waiting' THEN
    RAISE EXCEPTION 'comparison: submission % is decided', NEW.submission_id
      USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.reviewer_id IN (brought.brought_by_id, brought.user_id) THEN
    RAISE EXCEPTION 'comparison: % brought or signed it', NEW.reviewer_id
      USING ERRCODE = 'check_violation';
  END IF;
  IF (brought.kind = 'paper') <> (NEW.party_id IS NULL)
    OR NEW.party_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM partnerships_party p
       WHERE p.id = NEW.party_id AND p.partnership_id = brought.partnership_id) THEN
    RAISE EXCEPTION 'comparison: for a city that has no say here'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER partnerships_comparison_fits BEFORE INSERT ON partnerships_comparison
  FOR EACH ROW EXECUTE FUNCTION partnerships_comparison_fits();
"""
COMPARISON_ANYHOW = """
DROP TRIGGER partnerships_comparison_fits ON partnerships_comparison;
DROP FUNCTION partnerships_comparison_fits();
"""

EVIDENCE_FITS = """
CREATE FUNCTION partnerships_evidence_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  signed record;
  newest text;
  brought record;
  missing integer;
BEGIN
  SELECT v.sha256, v.agreement_id, a.partnership_id INTO signed
    FROM partnerships_agreementversion v
    JOIN partnerships_agreement a ON a.id = v.agreement_id
   WHERE v.id = NEW.version_id;
  SELECT e.pdf_sha256 INTO newest FROM partnerships_edition e
   WHERE e.version_id = NEW.version_id AND e.stage = 'issued' ORDER BY e.id DESC LIMIT 1;
  IF newest IS NULL OR signed.sha256 <> NEW.version_sha256 THEN
    RAISE EXCEPTION 'evidence: digests are not those of version %', NEW.version_id
      USING ERRCODE = 'check_violation';
  END IF;
  -- Paper and files from elsewhere may bear the digest of an earlier issued file.
  IF NEW.kind IN ('click', 'external') AND newest <> NEW.pdf_sha256
    OR NOT EXISTS (SELECT 1 FROM partnerships_edition e
                    WHERE e.version_id = NEW.version_id AND e.stage = 'issued'
                      AND e.pdf_sha256 = NEW.pdf_sha256) THEN
    RAISE EXCEPTION 'evidence: digests are not those of version %', NEW.version_id
      USING ERRCODE = 'check_violation';
  END IF;
  PERFORM 1 FROM partnerships_signatory s
    WHERE s.id = NEW.signatory_id AND s.party_id = NEW.party_id AND s.user_id = NEW.user_id
      AND s.agreement_id = signed.agreement_id AND s.released_at IS NULL;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'evidence: % is not a signatory of this party', NEW.user_id
      USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.submission_id IS NOT NULL THEN
    SELECT s.* INTO brought FROM partnerships_submission s
     WHERE s.id = NEW.submission_id AND s.version_id = NEW.version_id
       AND s.signatory_id = NEW.signatory_id AND s.kind = NEW.kind AND s.state = 'confirmed';
    IF NOT FOUND THEN
      RAISE EXCEPTION 'evidence: submission % is not confirmed for this place', NEW.submission_id
        USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.kind = 'paper' THEN
      SELECT 1 - count(*) INTO missing FROM partnerships_comparison c
       WHERE c.submission_id = NEW.submission_id AND c.agrees;
    ELSE
      SELECT count(*) INTO missing FROM partnerships_party p
       WHERE p.partnership_id = signed.partnership_id AND NOT EXISTS (
         SELECT 1 FROM partnerships_comparison c
          WHERE c.submission_id = NEW.submission_id AND c.party_id = p.id AND c.agrees);
    END IF;
    IF missing > 0 OR EXISTS (SELECT 1 FROM partnerships_comparison c
                               WHERE c.submission_id = NEW.submission_id AND NOT c.agrees) THEN
      RAISE EXCEPTION 'evidence: submission % lacks comparisons', NEW.submission_id
        USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER partnerships_evidence_fits BEFORE INSERT ON partnerships_evidence
  FOR EACH ROW EXECUTE FUNCTION partnerships_evidence_fits();
"""
EVIDENCE_ANYHOW = """
DROP TRIGGER partnerships_evidence_fits ON partnerships_evidence;
DROP FUNCTION partnerships_evidence_fits();
"""


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0009_rules_of_partnerships")]
    operations = [
        GuardState("Agreement", initial="draft"),
        GuardState("Submission", initial="waiting"),
        GuardState("Reservation", initial="held"),
        AppendOnly("AgreedText"),
        AppendOnly("LanguageRelease"),
        AppendOnly("AgreementVersion"),
        AppendOnly("Edition"),
        AppendOnly("Consent"),
        AppendOnly("Submission", except_columns=("state",)),
        AppendOnly("Comparison"),
        AppendOnly("Reservation", except_columns=("state",)),
        AppendOnly("Evidence"),
        AppendOnly("Renewal", except_columns=("declared_at", "set_aside_at")),
        AppendOnly("Termination"),
        migrations.RunSQL(AMENDMENT_FITS, AMENDMENT_ANYHOW),
        migrations.RunSQL(SIGNATORIES_FIXED, SIGNATORIES_OPEN),
        migrations.RunSQL(COMPARISON_FITS, COMPARISON_ANYHOW),
        migrations.RunSQL(EVIDENCE_FITS, EVIDENCE_ANYHOW),
    ]
