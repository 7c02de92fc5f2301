"""A partnership that rests or has ended takes nothing new, and what it decided stays written."""

from django.db import migrations

from foundation.triggers import AppendOnly, GuardState

AT_REST = """
CREATE FUNCTION partnerships_refuse_at_rest() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  partnership bigint;
BEGIN
  IF TG_TABLE_NAME = 'partnerships_partnership' THEN
    IF NEW.phase <> OLD.phase AND (OLD.suspended_at IS NOT NULL OR OLD.ended_at IS NOT NULL) THEN
      RAISE EXCEPTION 'at-rest: partnership % does not move', OLD.id
        USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  ELSIF TG_TABLE_NAME = 'partnerships_agreementversion' THEN
    SELECT a.partnership_id INTO partnership
      FROM partnerships_agreement a WHERE a.id = NEW.agreement_id;
  ELSIF TG_TABLE_NAME = 'partnerships_evidence' THEN
    SELECT p.partnership_id INTO partnership
      FROM partnerships_party p WHERE p.id = NEW.party_id;
  ELSE
    partnership := NEW.partnership_id;
  END IF;
  PERFORM 1 FROM partnerships_partnership p
    WHERE p.id = partnership AND (p.suspended_at IS NOT NULL OR p.ended_at IS NOT NULL);
  IF FOUND THEN
    RAISE EXCEPTION 'at-rest: partnership % takes no new %', partnership, TG_TABLE_NAME
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER partnerships_at_rest BEFORE UPDATE OF phase ON partnerships_partnership
  FOR EACH ROW EXECUTE FUNCTION partnerships_refuse_at_rest();
"""
REACHED = ("goal", "focus", "exchangeformat", "agreement", "agreementversion", "evidence")
FORGET = """
DROP TRIGGER partnerships_at_rest ON partnerships_partnership;
DROP FUNCTION partnerships_refuse_at_rest() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0009_life_cycle")]

    operations = [
        AppendOnly("TurningPoint"),
        AppendOnly("FormalityStep"),
        GuardState("Opening", initial="open"),
        migrations.RunSQL(AT_REST, FORGET),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER partnerships_at_rest BEFORE INSERT ON partnerships_{table}"
                " FOR EACH ROW EXECUTE FUNCTION partnerships_refuse_at_rest()",
                migrations.RunSQL.noop,
            )
            for table in REACHED
        ),
    ]
