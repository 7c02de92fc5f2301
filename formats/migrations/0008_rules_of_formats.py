"""States move through one door; orders reach whom they address; adoptions were made in a session."""

from django.db import migrations

from foundation.triggers import GuardState

RIGHT_ORDER = """
ALTER TABLE formats_officeproject ADD CONSTRAINT office_project_right_order
  FOREIGN KEY (work_order_id, addressee) REFERENCES formats_workorder (id, addressee);
"""
ANY_ORDER = """
ALTER TABLE formats_officeproject DROP CONSTRAINT office_project_right_order;
"""

ADOPTED_IN_A_SESSION = """
CREATE FUNCTION formats_adopted_in_a_session() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE FUNCTION formats_adoptions_keep_session() RETURNS trigger LANGUAGE plpgsql AS $$
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
ADOPTED_ANYWHERE = """
DROP TRIGGER adoptions_keep_session ON formats_meeting;
DROP FUNCTION formats_adoptions_keep_session();
DROP TRIGGER adopted_in_a_session ON formats_vision;
DROP FUNCTION formats_adopted_in_a_session();
"""


class Migration(migrations.Migration):
    dependencies = [("formats", "0007_registrations")]
    operations = [
        GuardState("Meeting", initial="scheduled"),
        GuardState("Vision", initial="draft"),
        GuardState("WorkOrder", initial="open"),
        migrations.RunSQL(RIGHT_ORDER, ANY_ORDER),
        migrations.RunSQL(ADOPTED_IN_A_SESSION, ADOPTED_ANYWHERE),
    ]
