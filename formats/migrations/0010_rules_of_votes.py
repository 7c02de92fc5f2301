"""What the database keeps of a vote by itself: one door, one instant of closing, honest counts."""

from django.db import migrations

from foundation.triggers import AppendOnly, GuardState

# Ballots only while the vote is open, by the clock of the database, with marks that the rules
# allow. The vote's row is locked FOR SHARE: closing waits for ballots, ballots for closing.
BALLOTS_IN_TIME = """
CREATE OR REPLACE FUNCTION formats_ballot_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  vote formats_poll;
  given record;
BEGIN
  IF current_setting('stadtbruecke.counting', true) = 'on' THEN
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'ballot-stays: a ballot can be changed, not taken out'
      USING ERRCODE = 'check_violation';
  END IF;
  SELECT * INTO vote FROM formats_poll WHERE id = NEW.poll_id FOR SHARE;
  IF vote.state <> 'open' OR vote.way <> 'ballot' OR clock_timestamp() >= vote.closes_at THEN
    RAISE EXCEPTION 'ballot-in-time: this vote takes no ballots now'
      USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.voter_id IS NULL OR (TG_OP = 'UPDATE' AND (NEW.voter_id, NEW.poll_id)
      IS DISTINCT FROM (OLD.voter_id, OLD.poll_id)) THEN
    RAISE EXCEPTION 'ballot-has-voter: a ballot belongs to one voter until it is counted'
      USING ERRCODE = 'check_violation';
  END IF;
  SELECT count(*) AS marks, coalesce(sum(value::int), 0) AS points,
         coalesce(min(value::int), 0) AS least, coalesce(max(value::int), 0) AS highest
    INTO given FROM jsonb_each_text(NEW.marks);
  IF given.marks = 0 OR given.least < (CASE WHEN vote.method = 'score' THEN 0 ELSE 1 END)
     OR given.highest > vote.most
     OR (vote.method <> 'score' AND given.points > vote.budget)
     OR EXISTS (SELECT 1 FROM jsonb_object_keys(NEW.marks) AS marked(option_id)
                WHERE NOT EXISTS (SELECT 1 FROM formats_polloption o
                                  WHERE o.poll_id = NEW.poll_id
                                    AND o.id::text = marked.option_id)) THEN
    RAISE EXCEPTION 'ballot-by-the-rules: these marks are not possible in this vote'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ballot_in_time BEFORE INSERT OR UPDATE OR DELETE ON formats_ballot
  FOR EACH ROW EXECUTE FUNCTION formats_ballot_in_time();
ALTER TABLE formats_ballot ADD CONSTRAINT ballot_voter_of_poll
  FOREIGN KEY (voter_id, poll_id) REFERENCES formats_voter (id, poll_id);
"""
UNDO_BALLOTS = """
ALTER TABLE formats_ballot DROP CONSTRAINT ballot_voter_of_poll;
DROP TRIGGER ballot_in_time ON formats_ballot;
DROP FUNCTION formats_ballot_in_time();
"""

# Rules, options and secrecy stay as they were when the vote was opened.
RULES_FIXED = """
CREATE OR REPLACE FUNCTION formats_poll_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'prepared' AND
     (NEW.subject_type, NEW.subject_id, NEW.method, NEW.way, NEW.budget, NEW.most, NEW.is_secret,
      NEW.opened_at, NEW.closes_at)
     IS DISTINCT FROM
     (OLD.subject_type, OLD.subject_id, OLD.method, OLD.way, OLD.budget, OLD.most, OLD.is_secret,
      OLD.opened_at, OLD.closes_at) THEN
    RAISE EXCEPTION 'poll-is-fixed: the rules of an opened vote stay'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER poll_is_fixed BEFORE UPDATE ON formats_poll
  FOR EACH ROW EXECUTE FUNCTION formats_poll_is_fixed();

CREATE OR REPLACE FUNCTION formats_poll_part_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  vote_state text;
  row_poll bigint := (CASE WHEN TG_OP = 'DELETE' THEN OLD.poll_id ELSE NEW.poll_id END);
BEGIN
  SELECT state INTO vote_state FROM formats_poll WHERE id = row_poll FOR SHARE;
  IF vote_state = ANY (TG_ARGV) THEN
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'poll-part-is-fixed: % of a vote that is %', TG_TABLE_NAME, vote_state
    USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER poll_option_is_fixed BEFORE INSERT OR UPDATE OR DELETE ON formats_polloption
  FOR EACH ROW EXECUTE FUNCTION formats_poll_part_is_fixed('prepared');
CREATE TRIGGER voter_is_fixed BEFORE INSERT OR UPDATE OR DELETE ON formats_voter
  FOR EACH ROW EXECUTE FUNCTION formats_poll_part_is_fixed('prepared', 'open');
CREATE TRIGGER hand_count_in_time BEFORE INSERT ON formats_handcount
  FOR EACH ROW EXECUTE FUNCTION formats_poll_part_is_fixed('open');
"""
UNDO_RULES = """
DROP TRIGGER hand_count_in_time ON formats_handcount;
DROP TRIGGER voter_is_fixed ON formats_voter;
DROP TRIGGER poll_option_is_fixed ON formats_polloption;
DROP FUNCTION formats_poll_part_is_fixed();
DROP TRIGGER poll_is_fixed ON formats_poll;
DROP FUNCTION formats_poll_is_fixed();
"""

TWO_PEOPLE_COUNTED = """
CREATE OR REPLACE FUNCTION formats_two_people_counted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  one formats_handcount;
  two formats_handcount;
BEGIN
  SELECT * INTO one FROM formats_handcount WHERE id = NEW.first_id;
  SELECT * INTO two FROM formats_handcount WHERE id = NEW.second_id;
  IF one.entered_by_id = two.entered_by_id OR one.poll_id <> NEW.poll_id
     OR (one.poll_id, one.present, one.hands) IS DISTINCT FROM (two.poll_id, two.present, two.hands)
  THEN
    RAISE EXCEPTION 'two-people-counted: two people must have counted the same'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER two_people_counted BEFORE INSERT ON formats_agreedcount
  FOR EACH ROW EXECUTE FUNCTION formats_two_people_counted();
"""
UNDO_TWO_PEOPLE = """
DROP TRIGGER two_people_counted ON formats_agreedcount;
DROP FUNCTION formats_two_people_counted();
"""

# A topic and its option belong to the same round; a snippet stays on its own wall.
BELONGS_TOGETHER = """
CREATE OR REPLACE FUNCTION formats_topic_of_its_vote() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM formats_polloption o JOIN formats_priorityround r
                 ON r.poll_id = o.poll_id WHERE o.id = NEW.option_id AND r.id = NEW.round_id) THEN
    RAISE EXCEPTION 'topic-of-its-vote: the option belongs to another vote'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER topic_of_its_vote BEFORE INSERT OR UPDATE ON formats_prioritytopic
  FOR EACH ROW EXECUTE FUNCTION formats_topic_of_its_vote();
ALTER TABLE formats_snippet ADD CONSTRAINT snippet_group_of_drafting
  FOREIGN KEY (group_id, drafting_id) REFERENCES formats_snippetgroup (id, drafting_id);
"""
UNDO_BELONGS = """
ALTER TABLE formats_snippet DROP CONSTRAINT snippet_group_of_drafting;
DROP TRIGGER topic_of_its_vote ON formats_prioritytopic;
DROP FUNCTION formats_topic_of_its_vote();
"""


class Migration(migrations.Migration):
    dependencies = [("formats", "0009_rules_of_sessions")]
    operations = [
        GuardState("Poll", initial="prepared"),
        GuardState("Idea", initial="received"),
        GuardState("Drafting", initial="open"),
        AppendOnly("HandCount"),
        AppendOnly("AgreedCount"),
        AppendOnly("Dissent"),
        migrations.RunSQL(BALLOTS_IN_TIME, UNDO_BALLOTS),
        migrations.RunSQL(RULES_FIXED, UNDO_RULES),
        migrations.RunSQL(TWO_PEOPLE_COUNTED, UNDO_TWO_PEOPLE),
        migrations.RunSQL(BELONGS_TOGETHER, UNDO_BELONGS),
    ]
