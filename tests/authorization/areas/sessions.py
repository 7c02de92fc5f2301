"""Sessions of the D.I.V. before, while and after they go on, with votes in every state."""

from __future__ import annotations

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from formats.models import Meeting, Membership, Minutes, Paper
from formats.sittings import (
    agenda,
    bodies,
    circulars,
    invitations,
    meetings,
    minutes,
    papers,
    resolutions,
    sessions,
)
from formats.sittings.minutes_paper import issue
from foundation.documents import files
from tests.authorization import canaries
from tests.authorization.cities import PDF
from tests.formats.factories import make_meeting, text

DAY = dt.timedelta(days=1)
UPLOAD = b"%PDF-1.7 Unterlage %%EOF"


def places(world):
    room = _Room(world)
    planned = make_meeting(room.office)
    for word in ("Erstens", "Zweitens"):
        agenda.add_item(planned, text(word), by=room.office)
    found = {"planned session": room.at(planned, position=2)}
    found |= room.papers(planned)
    return found | room.open() | room.after() | room.in_writing() | _data(world, found)


def _data(world, found):
    """The same as open data."""
    public, closed = (world.places[f"{name} session"] for name in ("public", "closed"))
    return {
        "list of sessions": {"kind": "meeting"},
        "list of papers": {"kind": "paper"},
        "public session as data": {
            "kind": "meeting", "key": f"{public['year']}-{public['ordinal']}",
        },
        "closed session as data": {
            "kind": "meeting", "key": f"{closed['year']}-{closed['ordinal']}",
        },
        "private paper as data": {"kind": "paper", "key": str(found["private paper"]["pk"])},
        "unknown data": {"kind": "gibt-es-nicht", "key": "1"},
    }  # fmt: skip


class _Room:
    """Three votes, two of them in the room."""

    def __init__(self, world) -> None:
        self.office, self.body = world.people["office"], world.circles.body
        self.stranger = Membership.objects.get(body=self.body)
        self.there = [
            bodies.admit_member(
                self.body, name=person.name, email=person.email, group="other",
                on_behalf_of="Verein", starts_on=timezone.localdate() - 90 * DAY, by=self.office,
            )
            for person in (world.people["member"], world.people["chair"])
        ]  # fmt: skip
        # The planted member sat there before, too.
        Membership.objects.filter(pk=self.stranger.pk).update(
            starts_on=timezone.localdate() - 90 * DAY
        )

    def at(self, meeting: Meeting, **more: object) -> dict[str, object]:
        return {"year": meeting.year, "ordinal": meeting.ordinal, **more}

    def session(self, ago: dt.timedelta, *, opened: bool = True) -> Meeting:
        starts_at = timezone.now() - ago
        meeting = make_meeting(self.office, starts_at=starts_at)
        agenda.add_item(meeting, text("Radwege"), by=self.office)
        invitations.invite(meeting, at=starts_at - 20 * DAY, by=self.office)
        if opened:
            sessions.open_session(meeting, at=starts_at, by=self.office)
            for membership in self.there:
                sessions.arrive(meeting, membership, at=starts_at, by=self.office)
        return meeting

    def papers(self, meeting: Meeting) -> dict[str, dict[str, object]]:
        item = meeting.agenda_items.get(position=1)
        made: dict[str, Paper] = {}
        for name, is_public in (("public paper", True), ("private paper", False)):
            made[name] = papers.attach(
                item, name=name, data=UPLOAD, is_public=is_public, by=self.office
            )
        return {name: self.at(meeting, pk=each.pk) for name, each in made.items()}

    def open(self) -> dict[str, dict[str, object]]:
        unopened = self.session(DAY / 48, opened=False)
        meeting = self.session(DAY / 24)
        item = meeting.agenda_items.get()
        agenda.add_item(meeting, text("Nachgereicht"), by=self.office)
        entry = minutes.write(item, canaries.ENTRY, by=self.office)
        stored = files.store(PDF, name="mappe.pdf", media_type="application/pdf")
        Meeting.objects.filter(pk=meeting.pk).update(pack=stored)
        vote = {}
        for procedure in ("ballots", "hands", "secret"):
            vote[procedure] = resolutions.open_vote(
                item, wording=canaries.RESOLUTION, procedure=procedure, by=self.office
            )
        decided = vote.pop("secret")
        resolutions.count(decided, yes=2, no=0, abstain=0, by=self.office)
        return {
            "unopened session": self.at(unopened),
            "open session": self.at(meeting, position=1, pk=self.stranger.pk),
            "member in the room": self.at(meeting, pk=self.there[0].pk),
            "late item": self.at(meeting, position=2),
            "entry": self.at(meeting, pk=entry.pk),
            "vote by device": self.at(meeting, n=vote["ballots"].n),
            "vote by hand": self.at(meeting, n=vote["hands"].n),
            "decided vote": self.at(meeting, n=decided.n),
            "unknown vote": self.at(meeting, n=99),
        }

    def held(self, ago: dt.timedelta) -> Minutes:
        meeting = self.session(ago)
        meetings.hold(meeting, by=self.office)
        found = Minutes.objects.get(meeting=meeting)
        minutes.name_people(found, chair="Vera", taker="Otto", guests="", by=self.office)
        return found

    def after(self) -> dict[str, dict[str, object]]:
        draft = self.held(10 * DAY)
        submitted = self.held(9 * DAY)
        approved = self.held(8 * DAY)
        for each in (submitted, approved):
            minutes.submit(each, by=self.office)
        self.later = self.session(DAY)
        minutes.approve(approved, self.later, by=self.office)
        issue(approved.pk)
        return {
            "session with a draft": self.at(draft.meeting),
            "session with submitted minutes": self.at(submitted.meeting),
            "session with approved minutes": self.at(approved.meeting),
        }

    def in_writing(self) -> dict[str, dict[str, object]]:
        made = circulars.start(
            self.body,
            wording=canaries.RESOLUTION,
            closes_at=timezone.now() + 7 * DAY,
            by=self.office,
        )
        return {"circular vote": {"year": made.year, "ordinal": 0, "n": made.n}}


def _upload(world, place):
    file = SimpleUploadedFile("a.pdf", UPLOAD, "application/pdf")
    return {"name": "Karte", "file": file, "is_public": "on"}


def _move(world, place):
    """The same day, so that the session stays in its year."""
    found = Meeting.objects.filter(
        body__is_public=True, year=place["year"], ordinal=place["ordinal"]
    ).first()
    day = timezone.localtime(found.starts_at).date() if found else timezone.localdate()
    return {"day": f"{day:%Y-%m-%d}", "starts": "17:30", "ends": "19:00", "place": "Aula"}


def _approval(world, place):
    opened = Meeting.objects.filter(body__is_public=True, opened_at__isnull=False).latest(
        "starts_at"
    )
    return {"session": opened.pk, "objections": ""}


def _circular(world, place):
    day = timezone.localdate() + 9 * DAY
    return {"wording": "Der Ort wird verlegt.", "day": f"{day:%Y-%m-%d}", "time": "18:00"}


ITEM = {"title_de": "Neu", "explanation_de": "", "is_public": "on"}
PLAIN: dict[str, dict[str, object]] = {
    "meeting_prepare": ITEM,
    "agenda_edit": ITEM,
    "session_item": {"text": "Es wird beraten.", "speaker": ""},
    "session_result": {"result_de": "Empfohlen"},
    "entry_edit": {"text": "Anders"},
    "resolution_open": {"wording": "Das D.I.V. empfiehlt es.", "procedure": "hands"},
    "resolution_count": {"yes": "2", "no": "0", "abstain": "0"},
    "resolution_vote": {"choice": "yes"},
    "resolution_stop": {"reason": "Vertagt"},
    "minority_new": {"on_behalf_of": "Verein", "text": "Wir nicht."},
    "member_term": {"term_ends_on": "2040-12-31"},
    "minutes_people": {"chair": "Vera", "taker": "Otto", "guests": ""},
}
DEPENDENT: dict[str, object] = {
    "paper_new": _upload,
    "meeting_move": _move,
    "minutes_approve": _approval,
    "circular_create": _circular,
}
