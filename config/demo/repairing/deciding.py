"""How the circle of thread 1 decided: rules, its proposal by consent, a bonus by majority."""

from __future__ import annotations

from collections.abc import Mapping

from circles.deciding import decisions, minority, rounds, voices, votes
from circles.deciding.rules import DEFAULT
from circles.models import Circle, ConsentRound, Decision, MajorityVote, ProposalVersion
from config.demo.past import days_ago
from config.demo.repairing.proposing import by_seat, keep_by_telephone
from foundation.accounts.models import User

OBJECTOR = 9  # the seat for those who live without the internet
AGAINST_BONUS = (3, 8, 13, 15)
BONUS = (
    "Der Zirkel empfiehlt der Stadt, von jeder Reparatur bis zu 40 Euro zu zahlen, höchstens "
    "einmal im Jahr je Haushalt."
)
BONUS_AGAIN = (
    "Der Zirkel empfiehlt der Stadt, ein Jahr lang von jeder Reparatur bis zu 40 Euro zu zahlen, "
    "höchstens einmal im Jahr je Haushalt, und danach zu zählen, was sie bewirkt hat."
)
HARM = "Das Geld fehlt dann den Werkstätten, in denen alle umsonst reparieren lernen. (Demo)"
LIFT = "Ein Bonus nur für Menschen mit Sozialpass, oder gar keiner."
MINORITY = (
    "Wer sich eine Reparatur leisten kann, braucht kein Geld der Stadt. Wir hätten die 40 Euro "
    "lieber in Werkzeug für die offenen Werkstätten gesteckt. (Demo)"
)


def adopt_rules(circle: Circle, office: User) -> None:
    """Rules of procedure at the constituting meeting, by consent."""
    with days_ago(515):
        decision = decisions.begin_rules(circle, settings=DEFAULT, by=office)
        current = to_voices(decision, office)
        speak(current, by_seat(circle))
        rounds.close(current, by=office)


def decide_on_proposal(circle: Circle, office: User) -> Decision:
    """One serious objection, integrated by a new version and taken back by whoever had it."""
    people = by_seat(circle)
    with days_ago(473):
        decision = decisions.begin(
            circle,
            title="Unser Vorschlag: Bielefeld repariert",
            wording="Der Zirkel schlägt der Stadt vor, was in dieser Fassung steht.",
            version=ProposalVersion.objects.get(proposal__circle=circle, n=2),
            by=office,
        )
        current = open_round(decision)
        question = voices.say(
            current, seen="questions", text="Was kostet ein Eintrag auf der Karte?", by=people[12]
        )
        voices.say(current, seen="questions", text="Nichts.", answers=question, by=people[6])
    with days_ago(470):
        rounds.move_on(current, seen="questions", by=office)
        voices.say(current, seen="first", text="Einfach und bald zu machen. Gut so.", by=people[2])
        voices.say(
            current, seen="first", text="Mir fehlt der Weg ohne Bildschirm.", by=people[OBJECTOR]
        )
        rounds.move_on(current, seen="first", by=office)
        rounds.move_on(current, seen="second", by=office)
        voices.give(
            current,
            "objection",
            harm="Wer kein Internet hat, findet die Karte nicht. Gerade diese Menschen reparieren.",
            lift="Ein Weg per Telefon, der im Vorschlag steht.",
            by=people[OBJECTOR],
        )
        voices.give(current, "concern", concern="Das Büro braucht Zeit dafür.", by=people[1])
        speak(current, {n: who for n, who in people.items() if n not in (OBJECTOR, 1)})
        rounds.close(current, by=office)
    with days_ago(466):
        version = keep_by_telephone(circle, office)
        current = rounds.open_next(
            decision,
            version=version,
            integration="Das Bürgertelefon liest aus der Karte vor; in Büchereien hängt sie aus.",
            by=office,
        )
    with days_ago(462):
        current = to_voices(decision, office)
        voices.give(current, "consent", by=people[OBJECTOR])
        voices.give(current, "concern", concern="Das Büro braucht Zeit dafür.", by=people[1])
        speak(current, {n: who for n, who in people.items() if n not in (OBJECTOR, 1)})
        rounds.close(current, by=office)
    return Decision.objects.get(pk=decision.pk)


def vote_on_bonus(circle: Circle, office: User) -> None:
    """Two rounds leave a serious objection; a member moves a vote, and the outvoted are read."""
    people = by_seat(circle)
    with days_ago(460):
        decision = decisions.begin(circle, title="Ein Bonus für Reparaturen", wording=BONUS,
                                   by=people[4])  # fmt: skip
        _fail(decision, people, office)
    with days_ago(457):
        rounds.open_next(
            decision,
            wording=BONUS_AGAIN,
            integration="Nur für ein Jahr, und dann wird gezählt.",
            by=office,
        )
        _fail(decision, people, office)
    with days_ago(455):
        vote = votes.move(decision, by=people[4])
        votes.open_vote(vote, by=office)
        for number, person in people.items():
            if number == 10:
                continue  # ill on these days
            choice = MajorityVote.NO if number in AGAINST_BONUS else MajorityVote.YES
            votes.cast(vote, MajorityVote.ABSTAIN if number == 2 else choice, by=person)
    with days_ago(448):
        vote = votes.close(vote, by=office)
        minority.add(vote, text=MINORITY, with_name=False, by=people[AGAINST_BONUS[0]])


def open_round(decision: Decision) -> ConsentRound:
    """The round that is under way."""
    return decision.rounds.exclude(phase=ConsentRound.Phase.CLOSED).get()


def to_voices(decision: Decision, office: User) -> ConsentRound:
    """The round under way, led on until voices are asked for."""
    current = open_round(decision)
    for step in ("questions", "first", "second"):
        rounds.move_on(current, seen=step, by=office)
    current.refresh_from_db()
    return current


def speak(current: ConsentRound, people: Mapping[int, User]) -> None:
    """Each of these consents."""
    for person in people.values():
        voices.give(current, "consent", by=person)


def _fail(decision: Decision, people: Mapping[int, User], office: User) -> None:
    current = to_voices(decision, office)
    objector = people[AGAINST_BONUS[0]]
    voices.give(current, "objection", harm=HARM, lift=LIFT, by=objector)
    speak(current, {n: who for n, who in people.items() if who != objector})
    rounds.close(current, by=office)
