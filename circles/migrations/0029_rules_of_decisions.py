"""What the database keeps of decisions by itself: consent first, one voice each, honest figures.

Nothing is adopted but by a closed round without a standing objection or by a counted majority.
"""

from django.db import migrations

from foundation.triggers import AppendOnly, GuardState

DECISIONS = """
CREATE OR REPLACE FUNCTION circles_decision_by_the_rules() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  round circles_consentround;
  vote circles_majorityvote;
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'decision-stays: a decision is withdrawn, not deleted'
      USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.version_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM circles_proposalversion v JOIN circles_proposal p ON p.id = v.proposal_id
      WHERE v.id = NEW.version_id AND p.circle_id = NEW.circle_id) THEN
    RAISE EXCEPTION 'decision-own-version: the version belongs to another circle'
      USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.kind = 'proposal' AND NOT EXISTS (
        SELECT 1 FROM circles_decision WHERE circle_id = NEW.circle_id
          AND kind = 'rules' AND state = 'adopted') THEN
      RAISE EXCEPTION 'rules-first: a circle adopts its rules before it decides on a proposal'
        USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.circle_id, NEW.n, NEW.number, NEW.kind, NEW.title, NEW.begun_at)
     IS DISTINCT FROM (OLD.circle_id, OLD.n, OLD.number, OLD.kind, OLD.title, OLD.begun_at) THEN
    RAISE EXCEPTION 'decision-stays: only its words move on, with a new round'
      USING ERRCODE = 'check_violation';
  END IF;
  IF (NEW.wording, NEW.version_id) IS DISTINCT FROM (OLD.wording, OLD.version_id)
     AND (OLD.state <> 'consent' OR NEW.state <> 'consent' OR EXISTS (
       SELECT 1 FROM circles_consentround WHERE decision_id = NEW.id AND phase <> 'closed')) THEN
    RAISE EXCEPTION 'decision-words: the words of an open round, vote or result stay'
      USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = OLD.state THEN RETURN NEW; END IF;
  SELECT * INTO round FROM circles_consentround WHERE decision_id = NEW.id ORDER BY n DESC LIMIT 1;
  SELECT * INTO vote FROM circles_majorityvote WHERE decision_id = NEW.id ORDER BY n DESC LIMIT 1;
  IF NOT coalesce(CASE
      WHEN NEW.state = 'adopted' AND OLD.state = 'consent' THEN
        round.phase = 'closed' AND round.objections = 0
        AND round.consents + round.concerns >= round.quorum
        AND (round.wording, round.version_id)
            IS NOT DISTINCT FROM (NEW.wording, NEW.version_id)
      WHEN NEW.state = 'adopted' THEN vote.state = 'decided' AND vote.yes > vote.no
      WHEN NEW.state = 'rejected' THEN vote.state = 'decided' AND vote.yes <= vote.no
      WHEN NEW.state = 'voting' THEN vote.state = 'moved'
      WHEN NEW.state = 'consent' THEN vote.state IN ('void', 'dropped')
      ELSE round.id IS NULL OR round.phase = 'closed' END, false) THEN
    RAISE EXCEPTION 'decision-follows: % becomes % only by a round or a vote', NEW.number, NEW.state
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER decision_by_the_rules BEFORE INSERT OR UPDATE OR DELETE ON circles_decision
  FOR EACH ROW EXECUTE FUNCTION circles_decision_by_the_rules();
"""
NO_DECISIONS = """
DROP TRIGGER decision_by_the_rules ON circles_decision;
DROP FUNCTION circles_decision_by_the_rules();
"""

ROUNDS = """
CREATE OR REPLACE FUNCTION circles_round_by_the_rules() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  decision circles_decision;
  before circles_consentround;
  found record;
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'round-stays: a round is closed, not deleted' USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'INSERT' THEN
    SELECT * INTO decision FROM circles_decision WHERE id = NEW.decision_id FOR SHARE;
    SELECT * INTO before FROM circles_consentround WHERE decision_id = NEW.decision_id
      ORDER BY n DESC LIMIT 1;
    IF decision.state <> 'consent' OR NEW.n <> coalesce(before.n, 0) + 1
       OR (NEW.wording, NEW.version_id)
          IS DISTINCT FROM (decision.wording, decision.version_id) THEN
      RAISE EXCEPTION 'round-of-decision: a round is about the words of an open decision'
        USING ERRCODE = 'check_violation';
    END IF;
    IF before.objections > 0 AND (NEW.integration !~ '\\S' OR NOT (CASE
        WHEN decision.kind = 'proposal' THEN
          (SELECT n FROM circles_proposalversion WHERE id = NEW.version_id)
          > (SELECT n FROM circles_proposalversion WHERE id = before.version_id)
        ELSE NEW.wording <> before.wording END)) THEN
      RAISE EXCEPTION 'round-integrates: after an objection the words change, and a note says how'
        USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.phase = 'closed' THEN
    RAISE EXCEPTION 'round-closed: a closed round never changes' USING ERRCODE = 'check_violation';
  END IF;
  IF (NEW.decision_id, NEW.n, NEW.wording, NEW.version_id, NEW.integration, NEW.opened_at)
     IS DISTINCT FROM
     (OLD.decision_id, OLD.n, OLD.wording, OLD.version_id, OLD.integration, OLD.opened_at)
     OR (OLD.consent_at IS NOT NULL AND (NEW.consent_at, NEW.consent_until, NEW.quorum)
         IS DISTINCT FROM (OLD.consent_at, OLD.consent_until, OLD.quorum)) THEN
    RAISE EXCEPTION 'round-stays: the words and the rules of a round stay'
      USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.phase = 'closed' AND NEW.consent_at IS NOT NULL THEN
    SELECT count(*) FILTER (WHERE kind = 'consent') AS consents,
           count(*) FILTER (WHERE kind = 'concern') AS concerns,
           count(*) FILTER (WHERE kind = 'objection') AS objections,
           count(*) FILTER (WHERE coalesce(kind, 'absent') = 'absent') AS absent
      INTO found FROM (
        SELECT (SELECT kind FROM circles_consentvoice v WHERE v.place_id = p.id
                ORDER BY v.n DESC LIMIT 1) AS kind
        FROM circles_consentplace p JOIN circles_seatterm t ON t.id = p.term_id
        WHERE p.round_id = NEW.id AND t.ended_at IS NULL) AS newest;
    IF (NEW.consents, NEW.concerns, NEW.objections, NEW.absent) IS DISTINCT FROM
       (found.consents, found.concerns, found.objections, found.absent) THEN
      RAISE EXCEPTION 'round-is-counted: the figures are not those of its voices'
        USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER round_by_the_rules BEFORE INSERT OR UPDATE OR DELETE ON circles_consentround
  FOR EACH ROW EXECUTE FUNCTION circles_round_by_the_rules();

CREATE OR REPLACE FUNCTION circles_rules_of_their_round() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM circles_consentround r JOIN circles_decision d
                 ON d.id = r.decision_id WHERE r.id = NEW.round_id
                 AND d.kind = 'rules' AND r.phase = 'questions') THEN
    RAISE EXCEPTION 'rules-of-their-round: settings belong to a new round about rules'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER rules_of_their_round BEFORE INSERT ON circles_circlerules
  FOR EACH ROW EXECUTE FUNCTION circles_rules_of_their_round();
"""
NO_ROUNDS = """
DROP TRIGGER rules_of_their_round ON circles_circlerules;
DROP FUNCTION circles_rules_of_their_round();
DROP TRIGGER round_by_the_rules ON circles_consentround;
DROP FUNCTION circles_round_by_the_rules();
"""

# The rows of round and term are locked FOR SHARE: closing and leaving wait for voices under way.
VOICES = """
CREATE OR REPLACE FUNCTION circles_place_by_the_rules() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
      SELECT 1 FROM circles_consentround r JOIN circles_decision d ON d.id = r.decision_id,
        circles_seatterm t JOIN circles_seat s ON s.id = t.seat_id
      WHERE r.id = NEW.round_id AND t.id = NEW.term_id AND r.phase = 'consent'
        AND s.circle_id = d.circle_id AND t.ended_at IS NULL AND t.began_at <= r.consent_at) THEN
    RAISE EXCEPTION 'roll-is-fixed: only members at the opening of voices are asked'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER place_by_the_rules BEFORE INSERT ON circles_consentplace
  FOR EACH ROW EXECUTE FUNCTION circles_place_by_the_rules();

CREATE OR REPLACE FUNCTION circles_voice_by_the_rules() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  place circles_consentplace;
  round circles_consentround;
  left_at timestamptz;
  newest integer;
BEGIN
  SELECT * INTO place FROM circles_consentplace WHERE id = NEW.place_id;
  SELECT * INTO round FROM circles_consentround WHERE id = place.round_id FOR SHARE;
  SELECT ended_at INTO left_at FROM circles_seatterm WHERE id = place.term_id FOR SHARE;
  IF round.phase <> 'consent' OR left_at IS NOT NULL THEN
    RAISE EXCEPTION 'voice-in-time: voices are taken from members while they are asked'
      USING ERRCODE = 'check_violation';
  END IF;
  SELECT max(n) INTO newest FROM circles_consentvoice WHERE place_id = place.id;
  IF NEW.n <> coalesce(newest, 0) + 1 THEN
    RAISE EXCEPTION 'voice-in-order: somebody spoke in between' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.noted_by_id IS NOT NULL AND EXISTS (
      SELECT 1 FROM circles_consentvoice WHERE place_id = place.id
        AND (noted_by_id IS NULL OR kind = 'objection')) THEN
    RAISE EXCEPTION 'voice-of-ones-own: nobody speaks over a member, or takes back an objection'
      USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.carried_from_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM circles_consentvoice v JOIN circles_consentplace p ON p.id = v.place_id
        JOIN circles_consentround r ON r.id = p.round_id
      WHERE v.id = NEW.carried_from_id AND v.kind = 'objection' AND p.term_id = place.term_id
        AND r.decision_id = round.decision_id AND r.n < round.n
        AND (v.harm, v.lift) = (NEW.harm, NEW.lift)
        AND NOT EXISTS (SELECT 1 FROM circles_consentvoice w
                        WHERE w.place_id = p.id AND w.n > v.n)) THEN
    RAISE EXCEPTION 'voice-is-carried: only a standing objection of the same member is'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER voice_by_the_rules BEFORE INSERT ON circles_consentvoice
  FOR EACH ROW EXECUTE FUNCTION circles_voice_by_the_rules();

CREATE OR REPLACE FUNCTION circles_utterance_in_step() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  now_at text;
BEGIN
  SELECT phase INTO now_at FROM circles_consentround WHERE id = NEW.round_id FOR SHARE;
  IF now_at NOT IN ('questions', 'first', 'second')
     OR (NEW.answers_id IS NULL AND NEW.step <> now_at)
     OR (NEW.answers_id IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM circles_utterance WHERE id = NEW.answers_id AND round_id = NEW.round_id
         AND step = 'questions' AND answers_id IS NULL)) THEN
    RAISE EXCEPTION 'utterance-in-step: this is not the step for it'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER utterance_in_step BEFORE INSERT ON circles_utterance
  FOR EACH ROW EXECUTE FUNCTION circles_utterance_in_step();
"""
NO_VOICES = """
DROP TRIGGER utterance_in_step ON circles_utterance;
DROP FUNCTION circles_utterance_in_step();
DROP TRIGGER voice_by_the_rules ON circles_consentvoice;
DROP FUNCTION circles_voice_by_the_rules();
DROP TRIGGER place_by_the_rules ON circles_consentplace;
DROP FUNCTION circles_place_by_the_rules();
"""


class Migration(migrations.Migration):
    dependencies = [("circles", "0028_decisions")]
    operations = [
        GuardState("ConsentRound", initial="questions", field="phase"),
        AppendOnly("CircleRules"),
        AppendOnly("ConsentPlace"),
        AppendOnly("ConsentVoice"),
        AppendOnly("Utterance"),
        migrations.RunSQL(DECISIONS, NO_DECISIONS),
        migrations.RunSQL(ROUNDS, NO_ROUNDS),
        migrations.RunSQL(VOICES, NO_VOICES),
    ]
