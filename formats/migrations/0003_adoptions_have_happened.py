"""What was adopted was adopted in a session that had begun and stays in force."""

from django.db import migrations

ADOPTED_IN_A_SESSION = """
CREATE OR REPLACE FUNCTION formats_adopted_in_a_session() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'adopted' AND OLD.state <> 'adopted' AND EXISTS (
    SELECT 1 FROM formats_meeting WHERE id = NEW.adopted_in_id
      AND (state = 'cancelled' OR starts_at > clock_timestamp())) THEN
    RAISE EXCEPTION 'adopted-in-a-session: the session has not begun or was cancelled'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER adopted_in_a_session BEFORE UPDATE ON formats_vision
  FOR EACH ROW EXECUTE FUNCTION formats_adopted_in_a_session();

CREATE OR REPLACE FUNCTION formats_adoptions_keep_session() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'cancelled' AND OLD.state <> 'cancelled'
     AND EXISTS (SELECT 1 FROM formats_vision WHERE adopted_in_id = NEW.id) THEN
    RAISE EXCEPTION 'adoptions-keep-session: visions were adopted in it'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER adoptions_keep_session BEFORE UPDATE ON formats_meeting
  FOR EACH ROW EXECUTE FUNCTION formats_adoptions_keep_session();
"""

UNDO = """
DROP TRIGGER adoptions_keep_session ON formats_meeting;
DROP FUNCTION formats_adoptions_keep_session();
DROP TRIGGER adopted_in_a_session ON formats_vision;
DROP FUNCTION formats_adopted_in_a_session();
"""


class Migration(migrations.Migration):
    dependencies = [("formats", "0002_guarded_states")]
    operations = [migrations.RunSQL(ADOPTED_IN_A_SESSION, UNDO)]
