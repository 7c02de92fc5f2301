"""Events in planning and announced, with programme, guests and results; forums; secret links."""

from __future__ import annotations

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from formats.events import (
    calendar_links,
    certificates,
    forums,
    outcomes,
    programme_sheets,
    programmes,
    registrations,
)
from formats.events.registration_links import token_of
from formats.models import EventInvitation, Registration
from foundation.posting import human
from partnerships.models import Topic
from tests.authorization import canaries
from tests.formats.event_factories import (
    announced,
    ask,
    code_of,
    event_by_invitation,
    held_event,
    invitation_token,
    invited,
    make_event,
    open_event,
    registered,
)
from tests.formats.factories import text

PDF = b"%PDF-1.7\n%%EOF"


def places(world):
    office = world.people["office"]
    open_ = open_event(office, title="Offener Abend", joining=f"https://{canaries.JOINING}")
    slug = {"slug": open_.slug}
    guest = registered(open_, "Gast")
    Registration.objects.filter(pk=guest.pk).update(name=canaries.GUEST)
    parts = [programmes.add_session(open_, title=text(f"Teil {n}"), by=office) for n in (1, 2)]
    speaker = programmes.involve(open_, "speaker", function=text("Fachfrau"), by=office)
    raised = outcomes.raise_topic(open_, text("Offen"), by=office)
    dropped = outcomes.raise_topic(open_, text(canaries.DROPPED_TOPIC), by=office)
    outcomes.drop(dropped, text("Kein Geld"), by=office)
    contact = outcomes.meet(
        open_, name="Haus", follow_up=canaries.STEP, owner="Amt", due_on=dt.date(2031, 1, 1),
        by=office,
    )  # fmt: skip
    sheet = announced(office, title="Mit Blatt")
    part = programmes.add_session(sheet, title=text("Auftakt"), by=office)
    programme_sheets.make(sheet, "de")
    held, guests = held_event(office, "Da", "Auch", title="Gehalten")
    registrations.note_attendance(held, {each.pk for each in guests}, by=office)
    certificates.issue(guests[1].pk)
    full = open_event(office, title="Voll", capacity=1)
    first, second = (registered(full, name) for name in ("Erste", "Zweite"))
    registrations.cancel(first)
    ask(open_, "Wartet")
    topic = Topic.objects.create(slug="termine-thema", name=text("Thema"), sort_de="thema")
    draft = forums.found("Programm", title=text(canaries.DRAFT_FORUM), slug="geheim", by=office)
    forum = forums.found("Programm", title=text("Forum"), slug="offen", by=office)
    forums.publish(forum, by=office)
    shown = forums.contribute(forum, "showcase", title=text("Projekt"), by=office)
    today = announced(office, title="Heute", starts_on=timezone.localdate())
    planned = make_event(office, title=canaries.PLAN, slug="in-planung")
    closed = event_by_invitation(office, title="Auf Einladung")
    asked = invited(closed, "Eingeladen", by=office)
    EventInvitation.objects.filter(pk=asked.pk).update(name=canaries.INVITEE)
    papers = [
        programmes.add_material(each, PDF, title=text("Folien"), by=office)
        for each in (open_, planned)
    ]
    return {
        "material": slug | {"pk": papers[0].pk},
        "material in planning": {"slug": planned.slug, "pk": papers[1].pk},
        "open event": slug | {"language": "de"},
        "planned event": {
            "slug": planned.slug,
            "language": "de",
        },
        "event with offer": {"slug": full.slug, "pk": second.pk},
        "held event": {"slug": held.slug},
        "event of today": {"slug": today.slug},
        "event with sheet": {"slug": sheet.slug, "language": "de"},
        "session": slug | {"pk": parts[0].pk},
        "second session": slug | {"pk": parts[1].pk},
        "foreign part": slug | {"pk": part.pk + 10**6},
        "contributor": slug | {"pk": speaker.pk},
        "raised outcome": slug | {"pk": raised.pk},
        "dropped outcome": slug | {"pk": dropped.pk},
        "event contact": slug | {"pk": contact.pk},
        "registration": slug | {"pk": guest.pk, "token": token_of(guest)},
        "event invitation": {
            "slug": closed.slug, "pk": asked.pk, "token": invitation_token(asked),
        },
        "topic of events": {"slug": topic.slug},
        "calendar link": {"token": calendar_links.make(world.people["citizen"])},
        "forum": {"slug": forum.slug},
        "forum draft": {"slug": draft.slug},
        "contribution": {"slug": forum.slug, "pk": shown.pk},
    }  # fmt: skip


def tokens():
    """What the link holder has in the session."""
    rows = Registration.objects.filter(state__in=Registration.LIVE).select_related("event")
    own = {f"event_registration:{row.event.slug}": row.handle for row in rows}
    asked = Registration.objects.get(state="unconfirmed")
    invitations = EventInvitation.objects.select_related("event")
    own |= {f"event_invitation:{row.event.slug}": row.token_digest for row in invitations}
    return own | {"event_registration_asked": asked.pk}


def _code(world, place):
    asked = Registration.objects.filter(state="unconfirmed", event__slug=place["slug"]).first()
    return {"code": code_of(asked) if asked else "000000"}


def _paper(world, place):
    return {"title_de": "Folien", "file": SimpleUploadedFile("a.pdf", PDF, "application/pdf")}


NEW_EVENT = {
    "kind": "visit", "title_language": "de", "title_de": "Neu", "access": "open",
    "precision": "unknown", "time_zone": "Europe/Berlin",
}  # fmt: skip
PLAIN: dict[str, dict[str, object]] = {
    "event_create": NEW_EVENT,
    "event_edit": NEW_EVENT,
    "event_guests": {"nobody": "ticked"},
    "event_invitations": {"lines": "Neu <neu@example.org>", "language": "de"},
    "event_invitation": {"name": "Neu"},
    "event_hold": {"attendance": "7"},
    "event_cancel": {"reason_de": "Sturm"},
    "event_register": {
        "name": "Neu", "email": "kommt@example.org", "stamp": human.new_stamp(age=60),
    },
    "my_registration": {"name": "Neu"},
    "my_feedback": {"rating": "5"},
    "session_create": {"title_de": "Neu"},
    "session_edit": {"title_de": "Neu"},
    "contributor_create": {"role": "speaker", "function_de": "Fachfrau"},
    "outcome_raise": {"title_language": "de", "title_de": "Neu"},
    "outcome_make": {"kind": "recommendation"},
    "outcome_drop": {"reason_de": "Kein Geld"},
    "participant_create": {
        "function_de": "Fachleute", "sector": "science", "number": "1", "presence": "on_site",
    },
    "event_contact_create": {"name": "Haus", "kind": "other"},
    "forum_create": {"programme": "Neu", "title_de": "Neu"},
    "forum_edit": {"programme": "Neu", "title_de": "Neu"},
    "contribution_create": {"kind": "limits", "title_de": "Neu"},
    "forum_involve": {"role": "moderator", "function_de": "Fachfrau"},
}  # fmt: skip
DEPENDENT = {"event_code": _code, "event_material_add": _paper}
