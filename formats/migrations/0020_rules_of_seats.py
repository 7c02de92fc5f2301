"""Who votes, as the database keeps it: seats in force, those who were asked, the time promised.

In the room a vote by device counts whoever is there or has voted: leaving takes no vote back.
"""

from django.db import migrations

from foundation.triggers import AppendOnly

# Open circular votes of before: asked were the members with a vote of that day, and whoever voted.
FILL = """
INSERT INTO formats_askedseat (resolution_id, membership_id)
  SELECT r.id, m.id FROM formats_resolution r
    JOIN formats_body b ON b.id = r.body_id
    JOIN formats_membership m ON m.body_id = r.body_id
  WHERE r.procedure = 'circular' AND r.state = 'open' AND m.has_vote AND m.deputises_id IS NULL
    AND m.starts_on <= (r.opened_at AT TIME ZONE b.time_zone)::date
    AND coalesce(m.ends_on, 'infinity') >= (r.opened_at AT TIME ZONE b.time_zone)::date
    AND coalesce(m.term_ends_on, 'infinity') >= (r.opened_at AT TIME ZONE b.time_zone)::date
  UNION
  SELECT r.id, v.seat_id FROM formats_resolution r JOIN formats_voice v ON v.resolution_id = r.id
  WHERE r.procedure = 'circular' AND r.state = 'open';
UPDATE formats_resolution r
  SET entitled = (SELECT count(*) FROM formats_askedseat a WHERE a.resolution_id = r.id)
  WHERE r.procedure = 'circular' AND r.state = 'open';
SET CONSTRAINTS ALL IMMEDIATE;
"""

SEATS = """
CREATE FUNCTION formats_in_force(membership bigint, day date) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM formats_membership m
    WHERE m.id = membership AND m.starts_on <= day
      AND coalesce(m.ends_on, 'infinity') >= day AND coalesce(m.term_ends_on, 'infinity') >= day)
$$;

CREATE FUNCTION formats_stay_has_seat() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  day date;
BEGIN
  SELECT (m.starts_at AT TIME ZONE b.time_zone)::date INTO day
    FROM formats_meeting m JOIN formats_body b ON b.id = m.body_id WHERE m.id = NEW.meeting_id;
  IF NOT formats_in_force(NEW.membership_id, day) OR NOT formats_in_force(NEW.seat_id, day) THEN
    RAISE EXCEPTION 'stay-has-seat: no member of that day, or the member has left'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stay_has_seat BEFORE INSERT ON formats_attendance
  FOR EACH ROW EXECUTE FUNCTION formats_stay_has_seat();

CREATE FUNCTION formats_voice_has_seat() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  vote formats_resolution%ROWTYPE;
  day date;
BEGIN
  SELECT * INTO vote FROM formats_resolution WHERE id = NEW.resolution_id;
  -- In a session the day on which it began, as for who is noted as present.
  SELECT (coalesce(m.starts_at, clock_timestamp()) AT TIME ZONE b.time_zone)::date INTO day
    FROM formats_body b LEFT JOIN formats_meeting m
      ON m.id = vote.meeting_id AND vote.procedure <> 'circular' WHERE b.id = vote.body_id;
  IF NOT formats_in_force(NEW.membership_id, day) OR NOT formats_in_force(NEW.seat_id, day)
     OR (vote.procedure = 'circular' AND NOT EXISTS (SELECT 1 FROM formats_askedseat
         WHERE resolution_id = vote.id AND membership_id = NEW.seat_id)) THEN
    RAISE EXCEPTION 'voice-has-seat: not asked, or no member any more'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER voice_has_seat BEFORE INSERT ON formats_voice
  FOR EACH ROW EXECUTE FUNCTION formats_voice_has_seat();

CREATE FUNCTION formats_seat_is_asked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM formats_resolution r JOIN formats_membership m ON m.body_id = r.body_id
      WHERE r.id = NEW.resolution_id AND m.id = NEW.membership_id AND r.procedure = 'circular'
        AND r.state = 'open' AND m.has_vote AND m.deputises_id IS NULL)
     OR EXISTS (SELECT 1 FROM formats_voice WHERE resolution_id = NEW.resolution_id) THEN
    RAISE EXCEPTION 'seat-is-asked: members with a vote are asked at the start'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER seat_is_asked BEFORE INSERT ON formats_askedseat
  FOR EACH ROW EXECUTE FUNCTION formats_seat_is_asked();
"""
UNDO_SEATS = """
DROP TRIGGER seat_is_asked ON formats_askedseat;
DROP FUNCTION formats_seat_is_asked();
DROP TRIGGER voice_has_seat ON formats_voice;
DROP FUNCTION formats_voice_has_seat();
DROP TRIGGER stay_has_seat ON formats_attendance;
DROP FUNCTION formats_stay_has_seat();
DROP FUNCTION formats_in_force(bigint, date);
"""

COUNTED = """
CREATE OR REPLACE FUNCTION formats_vote_is_counted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  there integer;
BEGIN
  IF TG_OP = 'DELETE' OR OLD.state <> 'open' THEN
    RAISE EXCEPTION 'vote-is-counted: what was decided stays as it is'
      USING ERRCODE = 'check_violation';
  END IF;
  {fixed}
  IF NEW.state NOT IN ('adopted', 'rejected') THEN RETURN NEW; END IF;
  IF NEW.procedure IN ('ballots', 'circular') AND EXISTS (
    SELECT 1 FROM formats_voice WHERE resolution_id = NEW.id
      HAVING count(*) FILTER (WHERE choice = 'yes') <> NEW.yes
        OR count(*) FILTER (WHERE choice = 'no') <> NEW.no
        OR count(*) FILTER (WHERE choice = 'abstain') <> NEW.abstain
        OR count(*) FILTER (WHERE choice = 'objection') > 0) THEN
    RAISE EXCEPTION 'vote-is-counted: the figures are not those of the ballots'
      USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.procedure = 'circular' THEN
    SELECT count(*) INTO there FROM formats_voice WHERE resolution_id = NEW.id;
    {promised}
  ELSE
    {there}
  END IF;
  IF there <> NEW.present THEN
    RAISE EXCEPTION 'vote-is-counted: % votes were present, not %', there, NEW.present
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
"""
FIXED = """
  IF (NEW.procedure, NEW.wording, NEW.closes_at, NEW.entitled, NEW.quorum_percent)
     IS DISTINCT FROM
     (OLD.procedure, OLD.wording, OLD.closes_at, OLD.entitled, OLD.quorum_percent) THEN
    RAISE EXCEPTION 'vote-is-fixed: words, time and rules of a vote stay'
      USING ERRCODE = 'check_violation';
  END IF;
"""
PROMISED = """
    IF NEW.entitled <> (SELECT count(*) FROM formats_askedseat WHERE resolution_id = NEW.id) THEN
      RAISE EXCEPTION 'vote-is-counted: not as many were asked as are entitled'
        USING ERRCODE = 'check_violation';
    END IF;
    IF there < NEW.entitled AND NEW.closes_at > clock_timestamp() THEN
      RAISE EXCEPTION 'vote-is-promised: members may still answer'
        USING ERRCODE = 'check_violation';
    END IF;
"""
IN_THE_ROOM = """
    SELECT count(*) INTO there FROM formats_attendance WHERE meeting_id = NEW.meeting_id AND votes
      AND arrived_at <= NEW.decided_at AND (left_at IS NULL OR left_at > NEW.decided_at);
"""
THERE_OR_GAVE = """
    SELECT count(*) INTO there FROM (
      SELECT seat_id FROM formats_attendance WHERE meeting_id = NEW.meeting_id AND votes
        AND arrived_at <= NEW.decided_at AND (left_at IS NULL OR left_at > NEW.decided_at)
      UNION SELECT seat_id FROM formats_voice WHERE resolution_id = NEW.id) AS seats;
"""


class Migration(migrations.Migration):
    dependencies = [("formats", "0019_asked_seats")]
    operations = [
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        AppendOnly("AskedSeat"),
        migrations.RunSQL(SEATS, UNDO_SEATS),
        migrations.RunSQL(
            COUNTED.format(fixed=FIXED, promised=PROMISED, there=THERE_OR_GAVE),
            COUNTED.format(fixed="", promised="", there=IN_THE_ROOM),
        ),
    ]
