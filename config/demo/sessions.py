"""Sessions of the demonstration as they were minuted, and the next one as it is prepared.

Everything said and resolved is invented; members are fictional and speak for places marked Demo.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence

from formats.models import AgendaItem, Meeting, Membership, Minutes, Resolution
from formats.sittings import agenda, invitations, meetings, minutes, resolutions, sessions
from foundation.accounts.models import User
from foundation.languages import LocalizedText

T = LocalizedText.of
Kind = AgendaItem.Kind
MINUTE = dt.timedelta(minutes=1)
LETTER_DAYS, MINUTES_DAYS = 15, 10  # invitation before, minutes after a session of the past


@dataclasses.dataclass(frozen=True)
class Told:
    """What happened under one kind of item: (speaker's address, words), votes, result."""

    kind: str
    said: tuple[tuple[str, str], ...] = ()
    wording: str = ""
    votes: tuple[int, int, int] = (0, 0, 0)
    minority: tuple[str, str] = ("", "")
    result: LocalizedText = dataclasses.field(default_factory=LocalizedText)


OPENING = Told(
    Kind.OPENING,
    (("vera", "Eröffnet die Sitzung, stellt die fristgerechte Ladung und das Quorum fest."),),
    result=T("de", "Das D.I.V. ist beschlussfähig.", en="The D.I.V. has its quorum."),
)
SESSIONS: tuple[tuple[Told, ...], ...] = (
    (
        OPENING,
        Told(
            Kind.VISIONS,
            (("mira.fach", "Stellt drei Entwürfe von Zukunftsvisionen vor (Demo)."),),
            "Demo: Das D.I.V. beschließt die drei vorgelegten Zukunftsvisionen.",
            (6, 0, 0),
            result=T("de", "Drei Visionen sind beschlossen.", en="Three visions are adopted."),
        ),
        Told(
            Kind.RESOLUTIONS,
            (("uwe.netz", "Messwerte sollen ohne Anmeldung abrufbar sein (Demo)."),),
            "Demo: Das D.I.V. empfiehlt dem Digitalisierungsbüro, aus jeder Vision einen "
            "Arbeitsauftrag abzuleiten.",
            (4, 2, 0),
            (
                "Beirat für Inklusion (Demo)",
                "Wir hätten zuerst einen Auftrag zu Ende gebracht, bevor drei beginnen (Demo).",
            ),
            T(
                "de",
                "Drei Arbeitsaufträge sind empfohlen.",
                en="Three work orders are recommended.",
            ),
        ),
    ),
    (
        OPENING,
        Told(
            Kind.ORDERS,
            (
                ("vera", "Vier Menschen würfeln vor zwei Zeugen (Demo)."),
                ("jonas.beirat", "Bittet darum, auch Briefe der Bewerbung zu zählen (Demo)."),
            ),
            result=T(
                "de",
                "Die Plätze des Zirkels zu den Messwerten sind ausgelost.",
                en="The places of the circle on measurements are drawn by lot.",
            ),
        ),
    ),
    (
        OPENING,
        Told(
            Kind.ORDERS,
            (("vera", "Berichtet vom Stand der drei Arbeitsaufträge (Demo)."),),
            result=T("de", "Alle drei Aufträge laufen.", en="All three orders are under way."),
        ),
        Told(
            Kind.RESOLUTIONS,
            (("selin.muster", "Bittet um Treffen an barrierefreien Orten (Demo)."),),
            "Demo: Die Innovationszirkel treffen sich nur an barrierefreien Orten.",
            (6, 0, 0),
            result=T(
                "de",
                "Treffen nur an barrierefreien Orten (Demo).",
                en="Meetings at accessible places only (demo).",
            ),
        ),
    ),
)


def prepare_next(meeting: Meeting, office: User) -> None:
    """The customary agenda with the minutes that wait for approval; nobody is invited yet."""
    agenda.lay_out(meeting, by=office)


def tell(meeting: Meeting, told: Sequence[Told], office: User) -> None:
    """Minute a session of the past; it approves the minutes of the one before."""
    begin = meeting.starts_at
    earlier = Minutes.objects.filter(meeting__body=meeting.body_id, meeting__starts_at__lt=begin)
    before = earlier.select_related("meeting").order_by("meeting__starts_at").last()
    agenda.lay_out(meeting, by=office)
    invitations.invite(meeting, at=begin - dt.timedelta(days=LETTER_DAYS), by=office)
    found = sessions.open_session(meeting, at=begin, by=office)
    people = {
        each.user.email.partition("@")[0]: each
        for each in meetings.members_on(meeting.body, meetings.day_of(meeting)).select_related(
            "user", "deputises"
        )
        if each.user is not None
    }
    for member in people.values():
        if member.deputises is None:
            sessions.arrive(meeting, member, at=begin, by=office)
    if before is not None:
        minutes.approve(before, meeting, at=begin + 5 * MINUTE, by=office)
    for n, each in enumerate(told):
        _tell(meeting, each, begin + (10 + 20 * n) * MINUTE, people, office)
    meetings.hold(meeting, at=meeting.ends_at, by=office)
    minutes.name_people(found, chair="Vera Vorsitz", taker="Otto Amtmann", guests="", by=office)
    minutes.submit(found, at=begin + dt.timedelta(days=MINUTES_DAYS), by=office)


def _tell(
    meeting: Meeting, told: Told, at: dt.datetime, people: dict[str, Membership], office: User
) -> None:
    item = meeting.agenda_items.get(kind=told.kind)
    for n, (who, words) in enumerate(told.said):
        minutes.write(item, words, speaker=people[who], at=at + n * MINUTE, by=office)
    if told.wording:
        procedure = Resolution.Procedure.HANDS
        made = resolutions.open_vote(
            item, wording=told.wording, procedure=procedure, at=at + 10 * MINUTE, by=office
        )
        yes, no, abstain = told.votes
        resolutions.count(made, yes=yes, no=no, abstain=abstain, at=at + 11 * MINUTE, by=office)
        made.refresh_from_db()
        if told.minority[1]:
            who, words = told.minority
            resolutions.add_minority_opinion(made, on_behalf_of=who, text=words, by=office)
    if told.result:
        minutes.set_result(item, told.result, by=office)
