"""A score joins candidate and criterion of one analysis that is still open; rankings stay."""

from django.db import migrations

from foundation.triggers import AppendOnly, GuardState

FITS = """
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
FORGET = """
DROP TRIGGER partnerships_score_fits ON partnerships_score;
DROP FUNCTION partnerships_score_fits();
"""


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0015_candidate_analysis")]

    operations = [
        GuardState("Analysis", initial="open"),
        AppendOnly("Ranking"),
        migrations.RunSQL(FITS, FORGET),
    ]
