"""Who signs and which cities take part stand still while a version of an agreement stands.

"Signed by all" is derived from these rows: one less, and a missing signature would not be missed.
"""

from django.db import migrations

FIXED = """
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
OPEN = """
DROP TRIGGER partnerships_party_fixed ON partnerships_party;
DROP FUNCTION partnerships_party_fixed();
DROP TRIGGER partnerships_signatory_fixed ON partnerships_signatory;
DROP FUNCTION partnerships_signatory_fixed();
"""


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0023_team_of_the_office")]

    operations = [migrations.RunSQL(FIXED, OPEN)]
