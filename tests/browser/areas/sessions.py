"""Sessions of the D.I.V. as they are prepared, held and minuted, and votes in every state."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from formats.models import Meeting, Membership, MinuteEntry, Minutes, Paper, Resolution
from formats.sittings import (
    agenda,
    circulars,
    invitations,
    meetings,
    minutes,
    papers,
    resolutions,
)
from foundation.accounts.models import User
from tests.browser.places import MAIN_FORM, Place, at, of
from tests.browser.scene import Scene
from tests.formats.factories import make_body, make_meeting, text
from tests.formats.rooms import DAY, opened

PDF = b"%PDF-1.7 eine Unterlage %%EOF"
NEW_ITEM = "section[aria-labelledby=neu] form"
NO_PAGES = """
agenda_standard agenda_raise agenda_remove agenda_admit paper paper_show paper_hide
session_open session_arrive session_leave resolution_close minutes_submit minutes_take_back
minutes_pdf minutes_internal session_pack meeting_calendar div_calendar div_feed
oparl_system oparl_list oparl_object
"""


def prepare(people: dict[str, User]) -> None:
    otto = people["otto"]
    there = list(
        Membership.objects.filter(body__is_public=True, deputises=None).select_related("deputises")
    )
    _planned(otto)
    _invited(otto)
    _open(otto, there)
    _held(otto, there)
    circulars.start(
        make_body(otto), wording="Die nächste Sitzung findet in der Aula statt.",
        closes_at=timezone.now() + 9 * DAY, by=otto,
    )  # fmt: skip


def _planned(otto: User) -> None:
    planned = make_meeting(otto, place="Aula")
    agenda.lay_out(planned, by=otto)
    item = planned.agenda_items.get(position=2)
    papers.attach(item, name="Karte der Radwege", data=PDF, is_public=False, by=otto)


def _invited(otto: User) -> None:
    """Its mails wait to be read."""
    meeting = make_meeting(otto, place="Kulturhaus")
    agenda.lay_out(meeting, by=otto)
    invitations.invite(meeting, by=otto)


def _open(otto: User, there: list[Membership]) -> None:
    meeting, item = opened(otto, there, place="Ratssaal")
    agenda.add_item(meeting, text("Nachgereicht", "A late item"), by=otto)
    minutes.write(item, "Beantragt mehr Radwege.", speaker=there[0], by=otto)
    for procedure in ("ballots", "hands", "secret"):
        made = resolutions.open_vote(
            item, wording="Das D.I.V. empfiehlt breitere Radwege.", procedure=procedure, by=otto
        )
    resolutions.count(made, yes=4, no=2, abstain=0, by=otto)
    made.refresh_from_db()
    resolutions.add_minority_opinion(
        made, on_behalf_of="Seniorenrat", text="Fußwege zuerst.", by=otto
    )


def _held(otto: User, there: list[Membership]) -> None:
    meeting, _item = opened(otto, there, place="Saal 3", starts_at=timezone.now() - 2 * DAY)
    meetings.hold(meeting, by=otto)
    found = Minutes.objects.get(meeting=meeting)
    minutes.name_people(found, chair="Vera", taker="Otto", guests="", by=otto)
    minutes.submit(found, at=timezone.now() - dt.timedelta(days=1), by=otto)


def places() -> list[Place]:
    forms = [
        ("meeting_move", _planned_at, ()), ("agenda_edit", _planned_at, (2,)),
        ("paper_new", _planned_at, (2,)), ("session_result", _open_at, (1,)),
        ("minutes_people", _open_at, ()), ("minutes_approve", _held_at, ()),
        ("resolution_open", _open_at, (1,)),
    ]  # fmt: skip
    votes = ("resolution_count", "resolution_stop")
    return [
        of("meeting:open", _open_at),
        of("meeting:members", _open_at, who="dora"),
        of("meeting_prepare:invited", _open_at, who="otto"),
        of("meeting_prepare:full", _planned_at, who="otto"),
        of("meeting_prepare:wrong", _planned_at, who="otto", sends=NEW_ITEM),
        of("meeting_letters", lambda s: _at("Kulturhaus"), who="otto"),
        of("meeting_letters:nothing", _planned_at, who="otto"),
        *(
            of(name, lambda s, f=f, more=more: [*f(s), *more], who="otto")
            for name, f, more in forms
        ),
        of("paper_new:wrong", lambda s: [*_planned_at(s), 2], who="otto", sends=MAIN_FORM),
        of("paper_remove", lambda s: [*_planned_at(s), Paper.objects.get().pk], who="otto"),
        of("session_room", _open_at, who="otto"),
        of("session_room:held", _held_at, who="otto"),
        of("session_item", lambda s: [*_open_at(s), 1], who="otto"),
        of("session_item:late", lambda s: [*_open_at(s), 2], who="otto"),
        of("entry_edit", _entry, who="otto"),
        *(of(name, lambda s: _vote("hands"), who="otto") for name in votes),
        of("resolution_count:wrong", lambda s: _vote("hands"), who="otto", sends=MAIN_FORM),
        of("resolution:hands", lambda s: _vote("hands"), who="otto"),
        of("resolution:device", lambda s: _vote("ballots"), who="dora"),
        of("resolution:decided", lambda s: _vote("secret")),
        of("resolution:circular", lambda s: _vote("circular"), who="dora"),
        of("resolution_vote", lambda s: _vote("circular"), who="dora"),
        of("minority_new", lambda s: _vote("secret"), who="otto"),
        of("member_term", lambda s: [Membership.objects.first().pk], who="otto"),
        at("circular_create", who="otto"),
        at("circular_create:wrong", who="otto", sends=MAIN_FORM),
    ]


def _planned_at(scene: Scene) -> list[int]:
    return _at("Aula")


def _open_at(scene: Scene) -> list[int]:
    return _at("Ratssaal")


def _held_at(scene: Scene) -> list[int]:
    return _at("Saal 3")


def _at(place: str) -> list[int]:
    found = Meeting.objects.get(place=place)
    return [found.year, found.ordinal]


def _entry(scene: Scene) -> list[int]:
    found = MinuteEntry.objects.get(item__meeting__place="Ratssaal")
    return [*_at("Ratssaal"), found.pk]


def _vote(procedure: str) -> list[int]:
    room = {} if procedure == "circular" else {"meeting__place": "Ratssaal"}
    found = Resolution.objects.get(procedure=procedure, **room)
    return [found.year, found.ordinal, found.n]
