"""Events, registration by code, forums: as strangers, guests with a link, the office see them."""

from __future__ import annotations

from django.urls import reverse

from formats.events import forums, invitations, outcomes, programmes, registrations
from formats.events.registration_links import token_of
from formats.models import Event, EventInvitation, Outcome, Registration
from foundation.accounts.models import User
from tests.browser.places import MAIN_FORM, Place, at, of
from tests.browser.scene import Scene
from tests.formats.event_factories import (
    ask,
    event_by_invitation,
    held_event,
    invitation_token,
    invited,
    make_event,
    open_event,
    registered,
)
from tests.formats.factories import text

NO_PAGES = """
event_calendar event_ical topic_calendar own_calendar event_feed event_programme event_publish
event_new_code event_guests_csv event_certificates registration_cancel registration_enter
my_registration_accept my_registration_cancel my_certificate my_calendar_make my_calendar_revoke
event_invitation_enter event_invitation_decline event_invitations_remind event_invitation_revoke
session_up session_drop contributor_release outcome_take_up event_contact_done forum_publish
contribution_withdraw my_feedback event_material event_material_remove
"""
OPEN = "offener-abend"
CLOSED = "geladener-abend"


def prepare(people: dict[str, User]) -> None:
    """An event with everything on it, one in planning, and somebody who was offered a place."""
    office = people["otto"]
    event = open_event(office, title="Offener Abend", slug=OPEN, mode="hybrid", capacity=1)
    part = programmes.add_session(
        event, title=text("Auftakt", "Opening"), questions=text("Was nun?"), by=office
    )
    programmes.involve(event, "speaker", function=text("Fachfrau"), session=part, by=office)
    first, _second = (registered(event, name, presence="on_site") for name in ("Eins", "Zwei"))
    registrations.cancel(first)
    registered(open_event(office, title="Zweiter Abend", slug="zweiter-abend"), "Gast")
    ask(event, "Wartet")
    outcomes.raise_topic(event, text("Offene Pegel"), by=office)
    outcomes.drop(outcomes.raise_topic(event, text("Nichts"), by=office), text("Nein"), by=office)
    outcomes.meet(event, name="Haus am See", by=office)
    held_event(office, "Da", title="Gehaltener Abend", slug="gehaltener-abend")
    make_event(office, title="In Planung", slug="in-planung")
    closed = event_by_invitation(office, title="Geladener Abend", slug=CLOSED)
    for name in ("Offen", "Nein", "Kommt", "Weg"):
        invited(closed, name, by=office)
    asked = {each.name: each for each in closed.invitations.select_related("event")}
    invitations.decline(asked["Nein"])
    invitations.accept(asked["Kommt"], name="Kommt")
    invitations.revoke(asked["Weg"], by=office)
    event_by_invitation(office, title="Leerer Abend", slug="leerer-abend")
    forums.found("Programm", title=text("Neues Forum"), slug="neues-forum", by=office)


def places() -> list[Place]:
    return [
        at("event_list"),
        at("event_list:past", query="?zeit=vorbei"),
        at("event_list:month", query="?monat=2026-12"),
        at("event_list:nothing", query="?q=gibtesnicht"),
        at("event_list:office", who="otto"),
        at("event", OPEN),
        at("event:demo", "demo-offene-pegel"),
        at("event:trip", "tf17-telaviv"),
        at("event:english", "tf17-governance"),
        at("event:cancelled", "oic-visits-covid"),
        at("event:planned", "in-planung", who="otto"),
        at("event_create", who="otto"),
        at("event_create:wrong", who="otto", sends=MAIN_FORM),
        at("event_edit", OPEN, who="otto"),
        at("event_hold", OPEN, who="otto"),
        at("event_cancel", OPEN, who="otto"),
        at("event_cancel:wrong", OPEN, who="otto", sends=MAIN_FORM),
        at("event_programme_edit", OPEN, who="otto"),
        at("session_create", OPEN, who="otto"),
        at("session_create:wrong", OPEN, who="otto", sends=MAIN_FORM),
        of("session_edit", lambda s: [OPEN, _event().sessions.get().pk], who="otto"),
        at("contributor_create", OPEN, who="otto"),
        at("event_material_add", OPEN, who="otto"),
        at("event_register", OPEN),
        at("event_register:wrong", OPEN, sends=MAIN_FORM),
        Place("my_registration", _link("zweiter-abend")),
        Place("my_registration:offered", _link(OPEN)),
        Place("my_registration:held", _link("gehaltener-abend")),
        Place("event_code", _asked),
        Place("event_code:wrong", _asked, sends=MAIN_FORM),
        at("event_guests", OPEN, who="otto"),
        at("event:invited", CLOSED),
        at("event_invitations", CLOSED, who="otto"),
        at("event_invitations:wrong", CLOSED, who="otto", sends="main form.sb-form"),
        at("event_invitations:empty", "leerer-abend", who="otto"),
        Place("event_invitation", _invitation("Offen")),
        Place("event_invitation:wrong", _invitation("Offen"), sends=MAIN_FORM, fills={"name": ""}),
        Place("event_invitation:declined", _invitation("Nein")),
        Place("event_invitation:withdrawn", _invitation("Weg")),
        at("event_results", OPEN, who="otto"),
        at("outcome_raise", OPEN, who="otto"),
        of("outcome_make", _raised, who="otto"),
        of("outcome_drop", _raised, who="otto"),
        at("participant_create", OPEN, who="otto"),
        at("event_contact_create", OPEN, who="otto"),
        at("event_contact_create:wrong", OPEN, who="otto", sends=MAIN_FORM),
        at("my_calendar", who="clara"),
        at("forum_list"),
        at("forum", "ruhr-konferenz-17"),
        at("forum:draft", "neues-forum", who="otto"),
        at("forum_create", who="otto"),
        at("forum_create:wrong", who="otto", sends=MAIN_FORM),
        at("forum_edit", "ruhr-konferenz-17", who="otto"),
        at("contribution_create", "ruhr-konferenz-17", who="otto"),
        at("forum_involve", "ruhr-konferenz-17", who="otto"),
    ]


def _event() -> Event:
    return Event.objects.get(slug=OPEN)


def _raised(scene: Scene) -> list[object]:
    return [OPEN, Outcome.objects.get(state="raised", events__slug=OPEN).pk]


def _asked(scene: Scene) -> str:
    row = Registration.objects.get(state="unconfirmed", event__slug=OPEN)
    return reverse("registration_enter", args=[token_of(row)])


def _link(slug: str):
    def path(scene: Scene) -> str:
        rows = Registration.objects.filter(event__slug=slug, state__in=Registration.LIVE)
        return reverse("registration_enter", args=[token_of(rows.first())])

    return path


def _invitation(name: str):
    def path(scene: Scene) -> str:
        token = invitation_token(EventInvitation.objects.get(name=name))
        return reverse("event_invitation_enter", args=[token])

    return path
