"""A pool changes only by a confirmed correction, and only while nothing can be known."""

from django.db import migrations

from foundation.triggers import AppendOnly

FORMER = ("pool_sha256", "pool_txt", "lottery_txt", "rejected_txt", "frozen_at")

CORRECTED = """
DROP TRIGGER circles_draw_append_only ON circles_draw;
CREATE TRIGGER circles_draw_append_only BEFORE DELETE ON circles_draw
  FOR EACH ROW EXECUTE FUNCTION stadtbruecke_append_only();

CREATE OR REPLACE FUNCTION circles_draw_corrected() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  moment timestamptz;
BEGIN
  IF NEW IS NOT DISTINCT FROM OLD THEN RETURN NEW; END IF;
  SELECT clock_timestamp() + clock_ahead INTO moment FROM circles_call WHERE id = OLD.call_id;
  IF (NEW.id, NEW.call_id, NEW.seats) IS DISTINCT FROM (OLD.id, OLD.call_id, OLD.seats)
     OR NEW.frozen_at < OLD.frozen_at OR NEW.frozen_at > moment
     OR NEW.frozen_at < moment - interval '1 minute'
     OR NOT EXISTS (SELECT 1 FROM circles_poolcorrection
        WHERE draw_id = OLD.id AND confirmed_at IS NOT NULL
          AND former_pool_sha256 = OLD.pool_sha256 AND former_frozen_at = OLD.frozen_at)
     OR EXISTS (SELECT 1 FROM circles_drawresult WHERE draw_id = OLD.id)
     OR EXISTS (SELECT 1 FROM circles_declaration d WHERE d.draw_id = OLD.id AND (
          d.lapsed_at IS NULL
          OR EXISTS (SELECT 1 FROM circles_agreedvalue v WHERE v.declaration_id = d.id)
          OR EXISTS (SELECT 1 FROM circles_beacon b WHERE b.declaration_id = d.id))) THEN
    RAISE EXCEPTION 'append-only: circles_draw takes no UPDATE but a confirmed correction'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER draw_corrected BEFORE UPDATE ON circles_draw
  FOR EACH ROW EXECUTE FUNCTION circles_draw_corrected();

CREATE OR REPLACE FUNCTION circles_correction_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.confirmed_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL THEN
    RAISE EXCEPTION 'append-only: a decided correction takes no UPDATE'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER correction_stays BEFORE UPDATE ON circles_poolcorrection
  FOR EACH ROW EXECUTE FUNCTION circles_correction_stays();
"""

NOT_CORRECTED = """
DROP TRIGGER correction_stays ON circles_poolcorrection;
DROP FUNCTION circles_correction_stays();
DROP TRIGGER draw_corrected ON circles_draw;
DROP FUNCTION circles_draw_corrected();
DROP TRIGGER circles_draw_append_only ON circles_draw;
CREATE TRIGGER circles_draw_append_only BEFORE UPDATE OR DELETE ON circles_draw
  FOR EACH ROW EXECUTE FUNCTION stadtbruecke_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("circles", "0012_rules_of_evenings")]
    operations = [
        AppendOnly(
            "PoolCorrection",
            except_columns=(
                "confirmed_by_id",
                "confirmed_at",
                "withdrawn_at",
                *(f"former_{name}" for name in FORMER),
            ),
        ),
        migrations.RunSQL(CORRECTED, NOT_CORRECTED),
    ]
