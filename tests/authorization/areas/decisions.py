"""A circle that decides: the citizen sits in it, the circle chair leads; decisions at each step."""

from circles.deciding import decisions, minority, voices, votes
from circles.deciding.rules import Settings
from circles.seating.memberships import term_of
from foundation.accounts import mandates
from foundation.accounts.models import Role
from tests.authorization import canaries
from tests.circles import deciding, factories
from tests.formats.factories import make_work_order


def places(world):
    people, office = world.people, world.people["office"]
    order = make_work_order(office, vision=world.circles.vision)
    circle = factories.circle_at_work(office, members=7, order=order)
    factories.seat_by_body(circle, 8, office, email=people["citizen"].email, name="Clara")
    mandates.grant(people["circle chair"], Role.CHAIR, circle, by=None)
    seated = deciding.people_of(circle)
    rules = Settings(quorum=5, rounds_before_vote=1)
    deciding.adopt_rules(circle, office, rules)
    found = {"circle that decides": {"slug": circle.slug}}

    def keep(name, decision):
        found[name] = {"slug": circle.slug, "n": decision.n}
        return decision

    keep("adopted rules", circle.decisions.get(n=1))
    asked = keep("decision with questions", deciding.begin_other(circle, office, "Fragen"))
    voices.say(asked.rounds.get(), seen="questions", text=canaries.SAID, by=seated[0])
    voiced = keep("decision with voices", deciding.begin_other(circle, office, "Stimmen"))
    current = deciding.to_voices(voiced, office)
    voices.give(current, "concern", concern=canaries.VOICED, by=seated[0])
    deciding.speak(current, seated[2:])
    voices.give(current, "absent", by=seated[1])
    noted = keep("decision with a silent member", deciding.begin_other(circle, office, "Still"))
    deciding.speak(deciding.to_voices(noted, office), seated[1:])
    for name in ("failed decision", "moved vote", "vote of the citizen", "open vote", "lost vote"):
        decision = decisions.begin(circle, title=name, wording=f"{name}.", by=seated[-1])
        deciding.fail_rounds(keep(name, decision), office, times=1)
    keep("own decision", decisions.begin(circle, title="Eigenes", wording="E.", by=seated[-1]))
    _vote(circle, found["moved vote"]["n"], seated[1])
    _vote(circle, found["vote of the citizen"]["n"], people["citizen"])
    for name in ("open vote", "lost vote"):
        vote = _vote(circle, found[name]["n"], seated[1])
        votes.open_vote(vote, by=office)
        deciding.vote_all(vote, seated, yes=5, no=3)
    votes.close(vote, by=office)
    minority.add(vote, text="Wir hätten gewartet.", by=seated[-2])
    found["decision with a silent member"]["term"] = term_of(circle, seated[0]).pk
    return found


def _vote(circle, n, by):
    return votes.move(circle.decisions.get(n=n), by=by)


PLAIN: dict[str, dict[str, object]] = {
    "decision_rules": {
        "quorum": "8", "rounds_before_vote": "2", "voting_days": "7", "statement_days": "14",
    },
    "decision_new": {"title": "Neu", "wording": "Neu."},
    "decision_move_on": {"seen": "questions"},
    "decision_say": {"text": "Eine Frage", "seen": "questions"},
    "decision_voice": {"kind": "consent"},
    "decision_close": {},
    "decision_integrate": {"wording": "Andere Worte.", "integration": "Anders."},
    "decision_withdraw": {},
    "vote_move": {"is_secret": ""},
    "vote_secret": {},
    "vote_open": {},
    "vote_drop": {},
    "vote_ballot": {"choice": "1"},
    "vote_close": {},
    "vote_statement": {"text": "Ich war dagegen."},
}  # fmt: skip
DEPENDENT: dict[str, object] = {
    "decision_note": lambda world, place: {"term": place.get("term", 0), "kind": "consent"},
}
