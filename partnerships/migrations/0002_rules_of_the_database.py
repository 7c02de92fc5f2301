"""States move through one door, versions and evidence stay for ever, evidence fits its version."""

from django.db import migrations

from foundation.triggers import AppendOnly, GuardState

EVIDENCE_FITS = """
CREATE FUNCTION partnerships_evidence_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  signed record;
BEGIN
  SELECT v.sha256, v.agreement_id, e.pdf_sha256 INTO signed
    FROM partnerships_agreementversion v
    JOIN partnerships_edition e ON e.version_id = v.id AND e.stage = 'issued'
   WHERE v.id = NEW.version_id;
  IF NOT FOUND OR signed.sha256 <> NEW.version_sha256 OR signed.pdf_sha256 <> NEW.pdf_sha256 THEN
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
  RETURN NEW;
END $$;
CREATE TRIGGER partnerships_evidence_fits BEFORE INSERT ON partnerships_evidence
  FOR EACH ROW EXECUTE FUNCTION partnerships_evidence_fits();
"""
FORGET = """
DROP TRIGGER partnerships_evidence_fits ON partnerships_evidence;
DROP FUNCTION partnerships_evidence_fits();
"""


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0001_first")]

    operations = [
        GuardState("Partnership", initial="analysis", field="phase"),
        GuardState("Focus", initial="longlist", field="status"),
        GuardState("Encounter", initial="planned"),
        GuardState("Agreement", initial="draft"),
        AppendOnly("AgreementVersion"),
        AppendOnly("Edition"),
        AppendOnly("Consent"),
        AppendOnly("Evidence"),
        migrations.RunSQL(EVIDENCE_FITS, FORGET),
    ]
