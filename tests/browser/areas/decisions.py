"""A circle that decides: each step of consent, a vote, and what everybody reads afterwards."""

from circles.deciding import decisions, rounds, voices, votes
from circles.deciding.rules import DEFAULT
from circles.models import Circle
from tests.browser.places import MAIN_FORM, of
from tests.circles import deciding
from tests.circles.factories import circle_at_work, seat_by_body

NAME = "Zirkel, der entscheidet"
NO_PAGES = (
    "decision_move_on decision_close decision_withdraw vote_secret vote_open vote_drop vote_close"
)


def prepare(people):
    otto, clara = people["otto"], people["clara"]
    circle = circle_at_work(otto, members=8, name=NAME, is_demo=True)
    seat_by_body(circle, 9, otto, email=clara.email, name="Clara")
    seated = deciding.people_of(circle)
    rules = decisions.begin_rules(circle, settings=DEFAULT, by=clara)
    deciding.hold_round(rules, otto)
    asked = decisions.begin(circle, title="Fragen", wording="Wollen wir Bänke?", by=clara)
    question = voices.say(asked.rounds.get(), seen="questions", text="Wie viele?", by=seated[0])
    voices.say(asked.rounds.get(), seen="questions", text="Zehn.", answers=question, by=otto)
    voiced = decisions.begin(circle, title="Stimmen", wording="Wollen wir Licht?", by=clara)
    current = deciding.to_voices(voiced, otto)
    deciding.speak(current, seated[:-1], objecting=1)
    failed = decisions.begin(circle, title="Einwand", wording="Wollen wir Ampeln?", by=clara)
    deciding.fail_rounds(failed, otto)
    moved = decisions.begin(circle, title="Antrag", wording="Wollen wir Schilder?", by=clara)
    deciding.fail_rounds(moved, otto)
    votes.move(moved, by=seated[0])
    opened = decisions.begin(circle, title="Wahl", wording="Wollen wir Farbe?", by=clara)
    deciding.fail_rounds(opened, otto)
    deciding.open_vote(opened, otto)
    deciding.decided_by_vote(circle, otto, yes=5, no=4)
    rounds.open_next(failed, wording="Wollen wir warmes Licht?", integration="Wärmer.", by=otto)
    deciding.hold_round(failed, otto, objecting=1)


def _of(title):
    def find(scene):
        circle = _circle()
        return [circle.slug, circle.decisions.get(title=title).n]

    return find


def _circle():
    return Circle.objects.get(decisions__title="Antrag")


def _slug(scene):
    return [_circle().slug]


def places():
    return [of("decision_list", _slug, who="clara"),
            of("decision_rules", _slug, who="otto"),
            of("decision_new", _slug, who="clara"),
            of("decision_new:wrong", _slug, who="clara", sends=MAIN_FORM),
            of("decision", _of("Fragen"), who="clara"),
            of("decision:voices", _of("Stimmen"), who="clara"),
            of("decision:between", _of("Einwand"), who="clara"),
            of("decision:moved", _of("Antrag"), who="otto"),
            of("decision:vote", _of("Wahl"), who="clara"),
            of("decision:decided", _of("Licht am Weg"), who="clara"),
            of("decision_say", _of("Fragen"), who="clara"),
            of("decision_voice", _of("Stimmen"), who="clara"),
            of("decision_voice:wrong", _of("Stimmen"), who="clara", sends=MAIN_FORM),
            of("decision_note", _of("Stimmen"), who="otto"),
            of("decision_integrate", _of("Einwand"), who="otto"),
            of("vote_move", _of("Einwand"), who="clara"),
            of("vote_ballot", _of("Wahl"), who="clara"),
            of("vote_statement", _of("Licht am Weg"), who="clara"),
            of("decision_public", _of("Licht am Weg"))]  # fmt: skip
