"""States move through one door, steps stay for ever, and nothing begins while a partnership rests."""

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
AWAKE = """
DROP TRIGGER partnerships_at_rest ON partnerships_partnership;
DROP FUNCTION partnerships_refuse_at_rest();
"""
TAKE_NOTHING_NEW = (
    "focus",
    "exchangeformat",
    "agreement",
    "agreementversion",
    "evidence",
    "goal",
    "action",
    "project",
    "citylab",
)

SCORE_FITS = """
CREATE FUNCTION partnerships_score_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM partnerships_candidate c
    JOIN partnerships_analysiscriterion k ON k.analysis_id = c.analysis_id
    JOIN partnerships_analysis a ON a.id = c.analysis_id AND a.state = 'open'
   WHERE c.id = NEW.candidate_id AND k.id = NEW.criterion_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'score: candidate and criterion are not of one open analysis'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER partnerships_score_fits BEFORE INSERT OR UPDATE ON partnerships_score
  FOR EACH ROW EXECUTE FUNCTION partnerships_score_fits();
"""
SCORE_ANYWHERE = """
DROP TRIGGER partnerships_score_fits ON partnerships_score;
DROP FUNCTION partnerships_score_fits();
"""

STRENGTHS_LISTED = """
ALTER TABLE partnerships_municipality ADD CONSTRAINT municipality_strengths_listed
  CHECK (jsonb_typeof(strengths) = 'array');
"""
STRENGTHS_ANYHOW = """
ALTER TABLE partnerships_municipality DROP CONSTRAINT municipality_strengths_listed;
"""


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0008_news")]
    operations = [
        GuardState("ActorCheckup", initial="asked"),
        GuardState("ExpertInvitation", initial="open"),
        GuardState("DirectoryImport", initial="previewed"),
        GuardState("Opening", initial="open"),
        GuardState("Analysis", initial="open"),
        GuardState("Partnership", initial="analysis", field="phase"),
        GuardState("Focus", initial="longlist", field="status"),
        GuardState("Encounter", initial="planned"),
        GuardState("Action", initial="not_started"),
        GuardState("Project", initial="idea"),
        GuardState("CityLab", initial="idea"),
        AppendOnly("Ranking"),
        AppendOnly("TurningPoint"),
        AppendOnly("FormalityStep"),
        AppendOnly("PictureVersion"),
        AppendOnly("Measurement"),
        AppendOnly("Introduction"),
        migrations.RunSQL(STRENGTHS_LISTED, STRENGTHS_ANYHOW),
        migrations.RunSQL(SCORE_FITS, SCORE_ANYWHERE),
        migrations.RunSQL(AT_REST, AWAKE),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER partnerships_at_rest BEFORE INSERT ON partnerships_{table}"
                " FOR EACH ROW EXECUTE FUNCTION partnerships_refuse_at_rest()",
                f"DROP TRIGGER partnerships_at_rest ON partnerships_{table}",
            )
            for table in TAKE_NOTHING_NEW
        ),
    ]
