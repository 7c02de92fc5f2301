"""What the database keeps of majority votes by itself: consent first, members only, honest counts."""

from django.db import migrations

from foundation.triggers import AppendOnly, GuardState

# A vote is about exactly the words to which an objection stood when a round was closed.
VOTES = """
CREATE OR REPLACE FUNCTION circles_vote_by_the_rules() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  decision circles_decision;
  poll formats_poll;
  held integer;
  found record;
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'vote-stays: a vote is taken back, not deleted'
      USING ERRCODE = 'check_violation';
  END IF;
  SELECT * INTO poll FROM formats_poll WHERE id = NEW.poll_id;
  IF TG_OP = 'INSERT' THEN
    SELECT * INTO decision FROM circles_decision WHERE id = NEW.decision_id FOR SHARE;
    SELECT count(*) INTO held FROM circles_consentround
      WHERE decision_id = NEW.decision_id AND phase = 'closed' AND objections > 0;
    IF held = 0 OR NEW.rounds_held <> held OR decision.kind = 'rules'
       OR decision.state <> 'consent'
       OR EXISTS (SELECT 1 FROM circles_consentround
                  WHERE decision_id = NEW.decision_id AND phase <> 'closed')
       OR NOT EXISTS (SELECT 1 FROM circles_consentround r
                      WHERE r.decision_id = NEW.decision_id AND r.objections > 0
                        AND (r.wording, r.version_id)
                            IS NOT DISTINCT FROM (decision.wording, decision.version_id)) THEN
      RAISE EXCEPTION 'consent-first: no recorded consent round left a serious objection to this'
        USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM circles_seatterm t JOIN circles_seat s ON s.id = t.seat_id
                   WHERE t.id = NEW.moved_by_id AND t.ended_at IS NULL
                     AND s.circle_id = decision.circle_id)
       OR poll.method <> 'choice' OR poll.way <> 'ballot' OR poll.state <> 'prepared' THEN
      RAISE EXCEPTION 'vote-by-a-member: a member moves a vote with one ballot each'
        USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.state IN ('decided', 'void', 'dropped') OR
     (NEW.decision_id, NEW.n, NEW.poll_id, NEW.moved_by_id, NEW.moved_at, NEW.rounds_held,
      NEW.rounds_needed, NEW.quorum, NEW.voting_days, NEW.statement_days)
     IS DISTINCT FROM
     (OLD.decision_id, OLD.n, OLD.poll_id, OLD.moved_by_id, OLD.moved_at, OLD.rounds_held,
      OLD.rounds_needed, OLD.quorum, OLD.voting_days, OLD.statement_days) THEN
    RAISE EXCEPTION 'vote-stays: the rules of a vote and its result stay'
      USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'open' AND poll.state <> 'open' THEN
    RAISE EXCEPTION 'vote-is-open: its ballots are not open' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state IN ('decided', 'void') THEN
    SELECT count(*) FILTER (WHERE o.position = 1) AS yes,
           count(*) FILTER (WHERE o.position = 2) AS no,
           count(*) FILTER (WHERE o.position = 3) AS abstain
      INTO found FROM formats_ballot b JOIN formats_polloption o
        ON o.poll_id = b.poll_id AND b.marks ? o.id::text
      WHERE b.poll_id = NEW.poll_id;
    IF poll.state <> 'closed' OR (NEW.yes, NEW.no, NEW.abstain)
       IS DISTINCT FROM (found.yes, found.no, found.abstain) THEN
      RAISE EXCEPTION 'vote-is-counted: the figures are not those of its ballots'
        USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER vote_by_the_rules BEFORE INSERT OR UPDATE OR DELETE ON circles_majorityvote
  FOR EACH ROW EXECUTE FUNCTION circles_vote_by_the_rules();

CREATE OR REPLACE FUNCTION circles_vote_place_of_member() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
      SELECT 1 FROM circles_majorityvote m JOIN circles_decision d ON d.id = m.decision_id,
        circles_seatterm t JOIN circles_seat s ON s.id = t.seat_id, formats_voter v
      WHERE m.id = NEW.vote_id AND t.id = NEW.term_id AND v.id = NEW.voter_id
        AND m.state = 'moved' AND s.circle_id = d.circle_id AND t.ended_at IS NULL
        AND v.poll_id = m.poll_id AND v.user_id = t.person_id) THEN
    RAISE EXCEPTION 'roll-is-fixed: only members at the opening of a vote have a ballot'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER vote_place_of_member BEFORE INSERT ON circles_voteplace
  FOR EACH ROW EXECUTE FUNCTION circles_vote_place_of_member();

CREATE OR REPLACE FUNCTION circles_ballot_of_member() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  left_at timestamptz;
BEGIN
  IF NEW.voter_id IS NULL THEN RETURN NEW; END IF;
  SELECT t.ended_at INTO left_at FROM circles_voteplace p JOIN circles_seatterm t
    ON t.id = p.term_id WHERE p.voter_id = NEW.voter_id FOR SHARE OF t;
  IF left_at IS NOT NULL THEN
    RAISE EXCEPTION 'ballot-of-member: whoever has left the circle votes no more'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ballot_of_member BEFORE INSERT OR UPDATE ON formats_ballot
  FOR EACH ROW EXECUTE FUNCTION circles_ballot_of_member();

CREATE OR REPLACE FUNCTION circles_statement_of_minority() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  vote circles_majorityvote;
  marked integer;
BEGIN
  SELECT m.* INTO vote FROM circles_majorityvote m JOIN circles_voteplace p ON p.vote_id = m.id
    WHERE p.id = NEW.place_id;
  IF vote.state <> 'decided' OR clock_timestamp() >= vote.statements_until OR NOT EXISTS (
      SELECT 1 FROM circles_voteplace p JOIN formats_voter v ON v.id = p.voter_id
      WHERE p.id = NEW.place_id AND v.has_voted) THEN
    RAISE EXCEPTION 'statement-in-time: statements are by those who voted, while they are taken'
      USING ERRCODE = 'check_violation';
  END IF;
  SELECT o.position INTO marked FROM circles_voteplace p
    JOIN formats_ballot b ON b.voter_id = p.voter_id
    JOIN formats_polloption o ON o.poll_id = b.poll_id AND b.marks ? o.id::text
    WHERE p.id = NEW.place_id;
  IF marked IS NOT NULL AND marked <> (CASE WHEN vote.yes > vote.no THEN 2 ELSE 1 END) THEN
    RAISE EXCEPTION 'statement-of-minority: this member was not outvoted'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER statement_of_minority BEFORE INSERT ON circles_minoritystatement
  FOR EACH ROW EXECUTE FUNCTION circles_statement_of_minority();
"""
NO_VOTES = """
DROP TRIGGER statement_of_minority ON circles_minoritystatement;
DROP FUNCTION circles_statement_of_minority();
DROP TRIGGER ballot_of_member ON formats_ballot;
DROP FUNCTION circles_ballot_of_member();
DROP TRIGGER vote_place_of_member ON circles_voteplace;
DROP FUNCTION circles_vote_place_of_member();
DROP TRIGGER vote_by_the_rules ON circles_majorityvote;
DROP FUNCTION circles_vote_by_the_rules();
"""


class Migration(migrations.Migration):
    dependencies = [("circles", "0029_rules_of_decisions")]
    operations = [
        GuardState("MajorityVote", initial="moved"),
        AppendOnly("VotePlace"),
        AppendOnly("MinorityStatement"),
        migrations.RunSQL(VOTES, NO_VOTES),
    ]
