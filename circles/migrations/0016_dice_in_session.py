"""With dice only, everything hangs on the public session: nothing before it, nothing after them."""

from django.db import migrations

DICE = """
CREATE FUNCTION circles_dice_in_session() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  d record;
BEGIN
  SELECT dec.drand_round, meeting.starts_at, meeting.state,
         clock_timestamp() + call.clock_ahead AS moment INTO d
    FROM circles_declaration dec
    JOIN circles_draw draw ON draw.id = dec.draw_id
    JOIN circles_call call ON call.id = draw.call_id
    JOIN formats_meeting meeting ON meeting.id = call.meeting_id
    WHERE dec.id = NEW.declaration_id;
  IF d.drand_round IS NULL AND (d.moment < d.starts_at OR d.state = 'cancelled') THEN
    RAISE EXCEPTION 'dice-in-session: dice only: not before the public session, and not without it'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER record_in_session BEFORE INSERT ON circles_drawrecord
  FOR EACH ROW EXECUTE FUNCTION circles_dice_in_session();
CREATE TRIGGER value_in_session BEFORE INSERT ON circles_valueentry
  FOR EACH ROW EXECUTE FUNCTION circles_dice_in_session();

CREATE FUNCTION circles_dice_begun(wanted bigint) RETURNS boolean LANGUAGE sql AS $$
  SELECT EXISTS (SELECT 1 FROM circles_declaration dec WHERE dec.draw_id = wanted
    AND dec.drand_round IS NULL
    AND (EXISTS (SELECT 1 FROM circles_drawrecord WHERE declaration_id = dec.id)
      OR EXISTS (SELECT 1 FROM circles_valueentry WHERE declaration_id = dec.id)))
$$;
CREATE FUNCTION circles_pool_before_dice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW IS DISTINCT FROM OLD AND circles_dice_begun(OLD.id) THEN
    RAISE EXCEPTION 'pool-before-dice: dice only: who throws is on record, the pool stays'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER pool_before_dice BEFORE UPDATE ON circles_draw
  FOR EACH ROW EXECUTE FUNCTION circles_pool_before_dice();

CREATE FUNCTION circles_lapse_before_dice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.lapsed_at IS NOT NULL AND OLD.lapsed_at IS NULL AND OLD.drand_round IS NULL
     AND circles_dice_begun(OLD.draw_id) THEN
    RAISE EXCEPTION 'pool-before-dice: dice only: once somebody throws, nothing lapses'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER lapse_before_dice BEFORE UPDATE ON circles_declaration
  FOR EACH ROW EXECUTE FUNCTION circles_lapse_before_dice();
"""
NO_DICE = """
DROP TRIGGER lapse_before_dice ON circles_declaration;
DROP FUNCTION circles_lapse_before_dice();
DROP TRIGGER pool_before_dice ON circles_draw;
DROP FUNCTION circles_pool_before_dice();
DROP FUNCTION circles_dice_begun(bigint);
DROP TRIGGER value_in_session ON circles_valueentry;
DROP TRIGGER record_in_session ON circles_drawrecord;
DROP FUNCTION circles_dice_in_session();
"""


class Migration(migrations.Migration):
    dependencies = [("circles", "0015_two_say_duplicate"), ("formats", "0003_visions")]
    operations = [migrations.RunSQL(DICE, NO_DICE)]
