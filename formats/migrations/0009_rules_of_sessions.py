"""What the database keeps by itself about sessions, votes and minutes.

The year is that of the city; one session beyond the maximum has a public reason; an invitation
that comes too late has a recorded consent; votes count those who are there and nobody twice; what
was decided or approved never changes.
"""

from django.db import migrations

from foundation.triggers import AppendOnly, GuardState

SESSIONS = """
CREATE FUNCTION formats_session_fits_its_year() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  rules formats_body%ROWTYPE;
  standing integer;
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.starts_at = OLD.starts_at AND NEW.year = OLD.year
     AND NEW.body_id = OLD.body_id AND NEW.over_maximum_reason = OLD.over_maximum_reason THEN
    RETURN NEW;
  END IF;
  SELECT * INTO rules FROM formats_body WHERE id = NEW.body_id FOR UPDATE;
  IF NEW.year <> extract(year FROM NEW.starts_at AT TIME ZONE rules.time_zone) THEN
    RAISE EXCEPTION 'session-year: the session lies in another year of its city'
      USING ERRCODE = 'check_violation';
  END IF;
  SELECT count(*) INTO standing FROM formats_meeting
    WHERE body_id = NEW.body_id AND year = NEW.year AND state <> 'cancelled' AND id <> NEW.id;
  IF standing >= rules.sessions_max AND NEW.over_maximum_reason = ''
     AND NEW.state <> 'cancelled' THEN
    RAISE EXCEPTION 'session-maximum: one more session of the year needs a public reason'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER session_fits_its_year BEFORE INSERT OR UPDATE ON formats_meeting
  FOR EACH ROW EXECUTE FUNCTION formats_session_fits_its_year();

CREATE FUNCTION formats_notice_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'invited' AND NEW.short_notice_consent = '' AND EXISTS (
    SELECT 1 FROM formats_body b WHERE b.id = NEW.body_id
      AND NEW.starts_at - NEW.invited_at < make_interval(days => b.notice_days)) THEN
    RAISE EXCEPTION 'notice-is-kept: too late, and nobody agreed to it'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER notice_is_kept BEFORE INSERT OR UPDATE OF state, invited_at, short_notice_consent
  ON formats_meeting FOR EACH ROW EXECUTE FUNCTION formats_notice_is_kept();

ALTER TABLE formats_membership ADD CONSTRAINT membership_deputy_of_the_same_body
  FOREIGN KEY (deputises_id, body_id) REFERENCES formats_membership (id, body_id);
"""

UNDO_SESSIONS = """
ALTER TABLE formats_membership DROP CONSTRAINT membership_deputy_of_the_same_body;
DROP TRIGGER notice_is_kept ON formats_meeting;
DROP FUNCTION formats_notice_is_kept();
DROP TRIGGER session_fits_its_year ON formats_meeting;
DROP FUNCTION formats_session_fits_its_year();
"""

VOTES = """
CREATE FUNCTION formats_attendance_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  member formats_membership%ROWTYPE;
BEGIN
  SELECT * INTO member FROM formats_membership WHERE id = NEW.membership_id;
  IF NEW.seat_id <> coalesce(member.deputises_id, member.id)
     OR NEW.votes <> (SELECT has_vote FROM formats_membership WHERE id = NEW.seat_id)
     OR NOT EXISTS (SELECT 1 FROM formats_meeting m WHERE m.id = NEW.meeting_id
                    AND m.body_id = member.body_id) THEN
    RAISE EXCEPTION 'attendance-fits: not this member''s seat, vote or body'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER attendance_fits BEFORE INSERT OR UPDATE ON formats_attendance
  FOR EACH ROW EXECUTE FUNCTION formats_attendance_fits();

CREATE FUNCTION formats_vote_is_opened() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.meeting_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM formats_agendaitem i JOIN formats_meeting m ON m.id = i.meeting_id
      WHERE i.id = NEW.item_id AND m.id = NEW.meeting_id AND m.body_id = NEW.body_id
        AND m.state = 'invited' AND m.opened_at IS NOT NULL
        AND (NOT i.is_late OR i.admitted_at IS NOT NULL)) THEN
    RAISE EXCEPTION 'vote-is-opened: the session is not open, or has not admitted the item'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER vote_is_opened BEFORE INSERT ON formats_resolution
  FOR EACH ROW EXECUTE FUNCTION formats_vote_is_opened();

CREATE FUNCTION formats_vote_is_counted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  there integer;
BEGIN
  IF TG_OP = 'DELETE' OR OLD.state <> 'open' THEN
    RAISE EXCEPTION 'vote-is-counted: what was decided stays as it is'
      USING ERRCODE = 'check_violation';
  END IF;
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
  ELSE
    SELECT count(*) INTO there FROM formats_attendance WHERE meeting_id = NEW.meeting_id AND votes
      AND arrived_at <= NEW.decided_at AND (left_at IS NULL OR left_at > NEW.decided_at);
  END IF;
  IF there <> NEW.present THEN
    RAISE EXCEPTION 'vote-is-counted: % votes were present, not %', there, NEW.present
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER vote_is_counted BEFORE UPDATE OR DELETE ON formats_resolution
  FOR EACH ROW EXECUTE FUNCTION formats_vote_is_counted();

CREATE FUNCTION formats_voice_counts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  vote formats_resolution%ROWTYPE;
  member formats_membership%ROWTYPE;
  seat formats_membership%ROWTYPE;
BEGIN
  SELECT * INTO vote FROM formats_resolution WHERE id = NEW.resolution_id FOR SHARE;
  SELECT * INTO member FROM formats_membership WHERE id = NEW.membership_id;
  SELECT * INTO seat FROM formats_membership WHERE id = NEW.seat_id;
  IF vote.state <> 'open' OR vote.procedure NOT IN ('ballots', 'circular')
     OR vote.closes_at <= clock_timestamp() THEN
    RAISE EXCEPTION 'ballot-counts: the vote is closed' USING ERRCODE = 'check_violation';
  END IF;
  IF NOT seat.has_vote OR member.body_id <> vote.body_id
     OR NEW.seat_id <> coalesce(member.deputises_id, member.id)
     OR (vote.procedure = 'circular') AND member.deputises_id IS NOT NULL
     OR (vote.procedure = 'ballots') AND NOT EXISTS (
       SELECT 1 FROM formats_attendance WHERE meeting_id = vote.meeting_id
         AND membership_id = member.id AND left_at IS NULL AND votes) THEN
    RAISE EXCEPTION 'ballot-counts: no vote here' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.choice = 'objection' AND vote.procedure <> 'circular' THEN
    RAISE EXCEPTION 'ballot-counts: no circular vote' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER voice_counts BEFORE INSERT ON formats_voice
  FOR EACH ROW EXECUTE FUNCTION formats_voice_counts();
"""

UNDO_VOTES = """
DROP TRIGGER voice_counts ON formats_voice;
DROP FUNCTION formats_voice_counts();
DROP TRIGGER vote_is_counted ON formats_resolution;
DROP FUNCTION formats_vote_is_counted();
DROP TRIGGER vote_is_opened ON formats_resolution;
DROP FUNCTION formats_vote_is_opened();
DROP TRIGGER attendance_fits ON formats_attendance;
DROP FUNCTION formats_attendance_fits();
"""

MINUTES = """
CREATE FUNCTION formats_minutes_are_approved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.state = 'approved' THEN
    RAISE EXCEPTION 'minutes-are-approved: approved minutes stay as they are'
      USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'approved' AND NOT EXISTS (
    SELECT 1 FROM formats_meeting own JOIN formats_meeting later ON later.body_id = own.body_id
      WHERE own.id = NEW.meeting_id AND later.id = NEW.approved_in_id AND own.state = 'held'
        AND later.starts_at > own.starts_at AND later.state <> 'cancelled'
        AND later.opened_at IS NOT NULL) THEN
    RAISE EXCEPTION 'minutes-are-approved: only a later session that was opened approves them'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER minutes_are_approved BEFORE UPDATE OR DELETE ON formats_minutes
  FOR EACH ROW EXECUTE FUNCTION formats_minutes_are_approved();

CREATE FUNCTION formats_entry_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  item bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.item_id ELSE NEW.item_id END;
BEGIN
  IF EXISTS (SELECT 1 FROM formats_agendaitem i JOIN formats_minutes m
             ON m.meeting_id = i.meeting_id WHERE i.id = item AND m.state <> 'draft') THEN
    RAISE EXCEPTION 'entry-is-open: the minutes are no longer being written'
      USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER entry_is_open BEFORE INSERT OR UPDATE OR DELETE ON formats_minuteentry
  FOR EACH ROW EXECUTE FUNCTION formats_entry_is_open();
"""

UNDO_MINUTES = """
DROP TRIGGER entry_is_open ON formats_minuteentry;
DROP FUNCTION formats_entry_is_open();
DROP TRIGGER minutes_are_approved ON formats_minutes;
DROP FUNCTION formats_minutes_are_approved();
"""


class Migration(migrations.Migration):
    dependencies = [("formats", "0008_rules_of_formats")]
    operations = [
        GuardState("Resolution", initial="open"),
        GuardState("Minutes", initial="draft"),
        AppendOnly("Voice"),
        AppendOnly("MinorityOpinion"),
        migrations.RunSQL(SESSIONS, UNDO_SESSIONS),
        migrations.RunSQL(VOTES, UNDO_VOTES),
        migrations.RunSQL(MINUTES, UNDO_MINUTES),
    ]
