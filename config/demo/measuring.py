"""The circle of the demonstration that is in the middle of its work, room and all.

Wiebke, who has a login, is a member of it: what waits for her waits for whoever looks around.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.utils import timezone

from circles.deciding import decisions, minority, rounds, voices, votes
from circles.deciding.rules import DEFAULT
from circles.gathering import announcements, date_polls, gatherings, room_files, tasks
from circles.models import Circle, ConsentRound, DateAnswer, MajorityVote
from circles.seating import circles
from circles.seating.memberships import members_of
from config.demo import measuring_text, sketch
from config.demo.past import BERLIN, days_ago
from config.demo.repairing.deciding import speak, to_voices
from config.demo.repairing.proposing import by_seat
from formats.sittings import agenda, invitations, meetings, minutes, sessions
from foundation.accounts.models import User
from foundation.languages import LocalizedText

T = LocalizedText.of
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
MIA = 5  # her seat
PLACE = "Offene Werkstatt (Demo), Raum 2, barrierefrei"
SPOKEN = (1, 2, 3, 6, 7)  # seats that have given their voice in the round under way
FOR_THE_SCREEN = (6, 7, 11, 12)
# Title, seat of the owner, due so many days after it was put down 30 days ago, note. The last one
# is done by now.
TASKS = (
    ("Liste der Datenreihen vollständig machen", 2, 25, "60 Messpunkte, je eine Zeile."),
    ("Mit dem Umweltbetrieb über Pegel sprechen", MIA, 34, "Wer darf was veröffentlichen?"),
    ("Zwei Beispiele in Leichter Sprache", 8, 45, ""),
    ("Raum für das nächste Treffen anfragen", 1, 10, ""),
)
ITEMS = (
    (T("de", "Wie wir arbeiten", en="How we work"),
     "Alle lesen den Entwurf der Geschäftsordnung noch einmal laut vor. (Demo)",
     T("de", "Die Geschäftsordnung wird beschlossen.", en="The rules are adopted.")),
    (T("de", "Was wird schon gemessen?", en="What is measured already?"),
     "Die Hochschule zeigt 60 Messpunkte für Luft, Lärm und Bäche. (Demo)",
     T("de", "Zwei Mitglieder sammeln alle Datenreihen in einer Liste.",
       en="Two members collect all data series in a list.")),
)  # fmt: skip


def load_work(circle: Circle, people: dict[str, User]) -> None:
    """Rules, meetings, tasks, proposal, a vote of before, feedback and a consent round that run."""
    office = people["otto"]
    with days_ago(150):
        circles.begin_work(
            circle,
            reason=T(
                "de",
                "Der Platz 9 ist noch nicht benannt, ein ausgeloster Platz gerade neu angeboten. "
                "Dreizehn Menschen können beginnen.",
                en="Seat 9 is not named yet, one place by lot has just been offered anew. Thirteen "
                "people can begin.",
            ),
            by=office,
        )
    circle.refresh_from_db()
    seated = by_seat(circle)
    with days_ago(145):
        decision = decisions.begin_rules(circle, settings=DEFAULT, by=office)
        current = to_voices(decision, office)
        speak(current, seated)
        rounds.close(current, by=office)
    _load_meetings(circle, office)
    _load_vote(circle, seated, office)
    measuring_text.load_text(circle, seated, office)
    _load_room(circle, seated, office)
    _load_round(circle, seated, office)


def _load_meetings(circle: Circle, office: User) -> None:
    assert circle.body is not None  # noqa: S101 - for the type checker; a circle at work has one
    begin = _evening(-145)
    held = meetings.schedule(
        circle.body,
        starts_at=begin,
        ends_at=begin + 2 * HOUR,
        place=PLACE,
        is_public=False,
        afterwards=True,
        by=office,
    )
    items = [agenda.add_item(held, title, is_public=False, by=office) for title, *_rest in ITEMS]
    invitations.invite(held, at=begin - 7 * DAY, by=office)
    found = sessions.open_session(held, at=begin, by=office)
    for member in circle.body.memberships.order_by("pk")[:11]:
        sessions.arrive(held, member, at=begin, by=office)
    for item, (_title, said, result) in zip(items, ITEMS, strict=True):
        minutes.write(item, said, at=begin + HOUR / 2, by=office)
        minutes.set_result(item, result, by=office)
    meetings.hold(held, at=held.ends_at, by=office)
    minutes.name_people(found, chair="Otto Amtmann", taker="Lena Quast", guests="", by=office)
    minutes.submit(found, at=begin + 5 * DAY, by=office)
    _plan_next(circle, office)


def _plan_next(circle: Circle, office: User) -> None:
    begin = _evening(10)
    meeting = gatherings.plan(
        circle, starts_at=begin, ends_at=begin + 2 * HOUR, place=PLACE, by=office
    )
    for title in (
        T("de", "Was unsere Netzwerke sagen", en="What our networks say"),
        T("de", "Was wird zuerst offen?", en="What is opened first?"),
    ):
        agenda.add_item(meeting, title, is_public=False, by=office)


def _load_vote(circle: Circle, seated: Mapping[int, User], office: User) -> None:
    """Long ago: consent failed twice, and the vote rejected it."""
    with days_ago(110):
        decision = decisions.begin(
            circle,
            title="Treffen nur am Bildschirm",
            wording="Wir treffen uns nur am Bildschirm.",
            by=seated[11],
        )
        _fail(current := to_voices(decision, office), seated)
        rounds.close(current, by=office)
    with days_ago(106):
        current = rounds.open_next(
            decision,
            wording="Wir treffen uns jedes zweite Mal am Bildschirm.",
            integration="Nicht mehr jedes Mal.",
            by=office,
        )
        _fail(current := to_voices(decision, office), seated)
        rounds.close(current, by=office)
    with days_ago(104):
        vote = votes.move(decision, by=seated[11])
        votes.open_vote(vote, by=office)
        for number, person in seated.items():
            choice = MajorityVote.YES if number in FOR_THE_SCREEN else MajorityVote.NO
            votes.cast(vote, MajorityVote.ABSTAIN if number == 1 else choice, by=person)
        vote = votes.close(vote, by=office)
        minority.add(
            vote,
            text="Wer abends Kinder hütet oder Schicht arbeitet, fehlt uns nun oft. (Demo)",
            by=seated[FOR_THE_SCREEN[-1]],
        )


def _fail(current: ConsentRound, seated: Mapping[int, User]) -> None:
    voices.give(
        current,
        "objection",
        harm="Wer keine gute Leitung hat, ist nicht dabei. (Demo)",
        lift="Treffen im Raum, mit einem Bildschirm für die, die nicht kommen können.",
        by=seated[4],
    )
    speak(current, {n: who for n, who in seated.items() if n != 4})


def _load_room(circle: Circle, seated: Mapping[int, User], office: User) -> None:
    """Tasks, an announcement, a sketch, and a question for a date."""
    today = timezone.localdate()
    with days_ago(30):
        for title, seat, days, note in TASKS:
            owner = members_of(circle).get(seat__number=seat)
            task = tasks.add(
                circle, title=title, owner=owner, due_on=today + days * DAY, note=note, by=office
            )
    with days_ago(22):
        tasks.finish(task, by=seated[1])
    with days_ago(12):
        announcements.announce(
            circle,
            title="Rückmeldungen kommen",
            text="Die Fassung 1 ist für alle lesbar. Bitte machen Sie Links für Ihre Netzwerke und "
            "sehen Sie vor dem nächsten Treffen nach, was gekommen ist. (Demo)",
            by=office,
        )
        room_files.add(circle, name="Skizze der Messpunkte (Demo)", data=sketch.drawn(),
                       by=seated[6])  # fmt: skip
    _ask_for_a_date(circle, seated, office)


def _ask_for_a_date(circle: Circle, seated: Mapping[int, User], office: User) -> None:
    poll = date_polls.ask(
        circle,
        title="Treffen nach dem nächsten",
        place=PLACE,
        options=[(_evening(days), _evening(days) + 2 * HOUR) for days in (24, 26, 31)],
        by=office,
    )
    options = list(poll.options.all())
    yes, if_needed, no = DateAnswer.Word
    for seat, words in ((1, (yes, yes, no)), (3, (no, yes, if_needed)), (12, (yes, no, no))):
        date_polls.answer(poll, dict(zip(options, words, strict=True)), by=seated[seat])


def _load_round(circle: Circle, seated: Mapping[int, User], office: User) -> None:
    """A consent round in which voices are asked for, Wiebke's among them."""
    with days_ago(5):
        decision = decisions.begin(
            circle,
            title="Was zuerst offen wird",
            wording="Zuerst werden die Messwerte für Luft und Bäche offen, ein halbes Jahr später "
            "die für Lärm.",
            by=seated[2],
        )
        current = decision.rounds.get()
        question = voices.say(
            current, seen="questions", text="Warum der Lärm später?", by=seated[13]
        )
        voices.say(
            current,
            seen="questions",
            text="Weil man ihm ansehen könnte, wer wann zu Hause ist. Das prüfen wir vorher.",
            answers=question,
            by=seated[7],
        )
        rounds.move_on(current, seen="questions", by=office)
        voices.say(current, seen="first", text="Die Pegel helfen vielen sofort.", by=seated[MIA])
    with days_ago(2):
        rounds.move_on(current, seen="first", by=office)
        rounds.move_on(current, seen="second", by=office)
    with days_ago(1):
        for seat in SPOKEN:
            voices.give(current, "consent", by=seated[seat])
        voices.give(
            current, "concern", concern="Ein halbes Jahr ist knapp für die Prüfung.", by=seated[12]
        )


def _evening(days: int) -> dt.datetime:
    return dt.datetime.combine(timezone.localdate() + days * DAY, dt.time(18), BERLIN)
