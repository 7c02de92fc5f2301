"""Events by invitation: who is asked answers by the link, and nobody else has a way in."""

from __future__ import annotations

import contextlib
import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from formats.events import (
    events,
    forgetting,
    invitation_lines,
    invitations,
    own_data,
    registrations,
)
from formats.events.invitation_lines import Guest
from formats.models import EventInvitation, Registration
from foundation import states
from foundation.audit.models import Sighting
from foundation.errors import DomainError
from foundation.mail.models import OutgoingMail
from tests.conftest import login
from tests.formats.event_factories import (
    event_by_invitation,
    in_days,
    invitation_token,
    invited,
    make_event,
    open_event,
    registered,
)
from tests.formats.factories import text
from tests.together import at_once

ENGLISH = {"accept-language": "en"}


def kinds_to(invitation: EventInvitation) -> list[str]:
    """Mails about the invitation, oldest first."""
    found = OutgoingMail.objects.filter(
        subject_type="formats.eventinvitation", subject_id=str(invitation.pk)
    )
    return [mail.kind for mail in found.order_by("pk")]


def guest(invitation: EventInvitation, kind: str = "event_invitation") -> Client:
    """A browser in which the link of the mail was opened."""
    client = Client(headers=ENGLISH)
    token = invitation_token(invitation, kind)
    entered = client.get(reverse("event_invitation_enter", args=[token]))
    assert entered["Location"] == own(invitation)
    return client


def own(invitation: EventInvitation) -> str:
    return reverse("event_invitation", args=[invitation.event.slug])


def standing(*rows: EventInvitation) -> list[str]:
    return [str(EventInvitation.objects.get(pk=each.pk).standing) for each in rows]


@pytest.mark.req("R136")
@pytest.mark.req("R43")
def test_a_list_of_lines_becomes_mails_and_a_link_becomes_a_place(client, otto):
    event = event_by_invitation(otto, registration_until=in_days(10), summary=text("Kurz", "Short"))
    page = reverse("event_invitations", args=[event.slug])
    lines = "Clara Muster <Clara@Example.org>,\n\ndora@example.org"

    sent = login(client, otto).post(page, {"lines": lines, "language": "de"}, headers=ENGLISH)

    assert sent["Location"] == page
    clara, dora = event.invitations.order_by("email")
    assert (clara.name, clara.email, dora.name, dora.email) == (
        "Clara Muster", "clara@example.org", "", "dora@example.org",
    )  # fmt: skip
    mail = OutgoingMail.objects.get(subject_id=str(clara.pk), kind="event_invitation")
    assert (mail.subject, mail.language) == ("Sie sind eingeladen: Runder Tisch", "de")
    assert reverse("event_ical", args=[event.slug]) in mail.body
    assert "Kurz" in mail.body
    assert "Bitte antworten Sie bis" in mail.body
    token = invitation_token(clara)
    assert token not in str(list(EventInvitation.objects.values()))

    browser = guest(clara)
    form = browser.get(own(clara)).content.decode()
    assert 'value="Clara Muster"' in form
    assert "We write to clara@example.org." in form
    assert standing(clara) == ["invited"], "looking changes nothing"
    done = browser.post(own(clara), {"name": "Clara M.", "organisation": "Verein"}, follow=True)

    assert "Registered." in done.content.decode()
    row = Registration.objects.get()
    assert (row.email, row.name, row.state, row.language) == (
        "clara@example.org", "Clara M.", "confirmed", "de",
    )  # fmt: skip
    assert standing(clara, dora) == ["registered", "invited"]
    assert guest(clara).get(own(clara))["Location"] == reverse("my_registration", args=[event.slug])
    assert OutgoingMail.objects.filter(kind="event_code").count() == 0
    assert OutgoingMail.objects.filter(kind="event_registered", language="de").count() == 1
    shown = client.get(page, headers=ENGLISH)
    assert [number for _label, number in shown.context["counts"]] == [1, 1, 0, 0]
    assert Sighting.objects.filter(purpose="event-invitations").count() == 2


@pytest.mark.parametrize(
    ("typed", "mistake"),
    [
        ("clara@example.org\nClara", "Line 2, “Clara”: write the address alone, or the name and"),
        ("\n\nClara <clara@>", "Line 3, “Clara <clara@>”"),
        ("a@example.org b@example.org", "Line 1, “a@example.org b@example.org”"),
        (f"{'x' * 201} <a@example.org>", "Line 1: the name is longer than 200 characters."),
        ("a@example.org\n" * 201, "At most 200 people at once, please; these are 201."),
        (" \n ", "Please name somebody."),
    ],
)
def test_a_wrong_line_is_named_and_everything_typed_stays(client, otto, typed, mistake):
    event = event_by_invitation(otto)
    page = login(client, otto).post(
        reverse("event_invitations", args=[event.slug]),
        {"lines": typed, "language": "en"},
        headers=ENGLISH,
    )
    form = page.context["form"]
    assert any(each.startswith(mistake) for each in form.errors["lines"]) or not typed.strip()
    assert form["lines"].value() == typed
    assert EventInvitation.objects.count() == 0


def test_lines_are_read_as_mail_programs_write_them():
    guests, mistakes = invitation_lines.read(
        '"Muster, Clara" <CLARA@example.org>;\r\n  <dora@example.org> \nolaf@example.org,'
    )
    assert mistakes == []
    assert guests == [
        Guest("clara@example.org", "Muster, Clara"),
        Guest("dora@example.org"),
        Guest("olaf@example.org"),
    ]


def test_nobody_is_invited_twice_and_the_office_is_told(client, otto):
    event = open_event(otto)
    registered(event, "Olaf")
    events.describe(event, access="invited", by=otto)
    clara = invited(event, by=otto)
    lines = "CLARA@example.org\nolaf@example.org\nDora <dora@example.org>\ndora@example.org"

    page = login(client, otto).post(
        reverse("event_invitations", args=[event.slug]), {"lines": lines, "language": "en"},
        follow=True, headers=ENGLISH,
    )  # fmt: skip

    told = [str(each) for each in page.context["messages"]]
    assert told == [
        "1 invitation leaves now.",
        "Not written to again, because invited, registered or listed already:"
        " clara@example.org, olaf@example.org, dora@example.org",
    ]
    assert event.invitations.count() == 2
    with pytest.raises(IntegrityError, match="event_invitation_once"), transaction.atomic():
        EventInvitation.objects.create(
            event=event, email=clara.email, token_digest="x", invited_by=otto
        )
    invitations.revoke(clara, by=otto)
    again = invited(event, by=otto)
    assert standing(clara, again) == ["withdrawn", "invited"]


@pytest.mark.parametrize(
    ("fate", "sentence"),
    [
        ("open", "This event is open to everybody; nobody needs an invitation."),
        ("planned", "Announce the event first, then invite."),
        ("cancelled", "The event does not take place."),
        ("begun", "The event has begun, or the time to answer is over."),
    ],
)
def test_who_cannot_be_invited_now_gets_no_mail(client, otto, fate, sentence):
    makers = {"open": open_event, "planned": lambda by: make_event(by, access="invited")}
    event = makers.get(fate, event_by_invitation)(otto)
    if fate == "cancelled":
        events.cancel(event, text("Sturm", "Storm"), by=otto)
    at = event.starts_at if fate == "begun" else timezone.now()
    with time_machine.travel(at, tick=False):
        with pytest.raises(invitations.NotNow, match=sentence[:20]):
            invitations.invite(event, [Guest("clara@example.org")], language="de", by=otto)
        office = login(client, otto)
        page = office.get(reverse("event_invitations", args=[event.slug]), headers=ENGLISH)
    assert sentence in page.content.decode()
    assert OutgoingMail.objects.filter(kind="event_invitation").count() == 0


def test_the_silent_are_reminded_once_and_both_links_lead_in(client, otto):
    event = event_by_invitation(otto)
    clara, dora, olaf = (invited(event, name, by=otto) for name in ("Clara", "Dora", "Olaf"))
    invitations.accept(dora, name="Dora")
    invitations.decline(olaf)
    button = reverse("event_invitations_remind", args=[event.slug])
    office = login(client, otto)

    for _press in range(2):
        office.post(button)

    assert kinds_to(clara) == ["event_invitation", "event_invitation_reminder"]
    assert kinds_to(dora) == kinds_to(olaf) == ["event_invitation"]
    for kind in ("event_invitation", "event_invitation_reminder"):
        assert guest(clara, kind).get(own(clara)).status_code == 200
    with time_machine.travel(event.starts_at, tick=False), pytest.raises(invitations.NotNow):
        invitations.remind(event, by=otto)


def test_a_no_is_one_click_and_can_become_a_yes(otto):
    clara = invited(event_by_invitation(otto), by=otto)
    browser = guest(clara)

    page = browser.post(reverse("event_invitation_decline", args=[clara.event.slug]), follow=True)

    assert "You have declined." in page.content.decode()
    assert standing(clara) == ["declined"]
    browser.post(own(clara), {"name": "Clara"})
    assert standing(clara) == ["registered"]
    clara.refresh_from_db()
    with pytest.raises(invitations.Answered):
        invitations.decline(clara)
    registrations.cancel(clara.registration)
    assert standing(clara) == ["declined"]
    assert invitations.accept(clara, name="Clara").state == "confirmed"


def test_a_withdrawn_link_says_so_and_opens_nothing(client, otto):
    event = event_by_invitation(otto)
    clara, dora = invited(event, by=otto), invited(event, "Dora", by=otto)
    browser = guest(clara)
    address = reverse("event_invitation_revoke", args=[event.slug, clara.pk])
    login(client, otto).post(address)

    assert kinds_to(clara) == ["event_invitation", "event_invitation_withdrawn"]
    assert "This invitation was withdrawn." in browser.get(own(clara)).content.decode()
    answer = browser.post(own(clara), {"name": "Clara"})
    assert answer.context["form"].non_field_errors() == [
        "This invitation was withdrawn. Nothing was changed."
    ]
    with pytest.raises(invitations.InvitationVoid):
        invitations.decline(clara)
    assert Registration.objects.count() == 0
    invitations.accept(dora, name="Dora")
    with pytest.raises(invitations.Answered, match="Give the place back"):
        invitations.revoke(dora, by=otto)


@pytest.mark.parametrize("end", ["deadline", "beginning", "cancelled"])
def test_after_the_end_an_answer_gets_a_sentence(otto, end):
    fields = {"registration_until": in_days(10)} if end == "deadline" else {}
    event = event_by_invitation(otto, **fields)
    clara = invited(event, by=otto)
    at = timezone.now()
    if end == "cancelled":
        events.cancel(event, text("Sturm", "Storm"), by=otto)
    else:
        at = event.registration_until or event.starts_at
        assert invitations.takes_answers(event, at - dt.timedelta(seconds=1))
    sentence = "does not take place" if end == "cancelled" else "the time to answer is over"
    with time_machine.travel(at, tick=False):
        browser = guest(clara)
        page = browser.get(own(clara)).content.decode()
        answer = browser.post(own(clara), {"name": "Clara"})
        with pytest.raises(DomainError, match=sentence):
            invitations.decline(clara)
    assert ("Storm" if end == "cancelled" else sentence) in page
    assert sentence in answer.context["form"].non_field_errors()[0]
    assert standing(clara) == ["invited"]


def test_places_and_the_waiting_list_count_as_for_everybody(otto):
    event = event_by_invitation(otto, capacity=1)
    clara, dora = (invited(event, name, by=otto) for name in ("Clara", "Dora"))
    first, second = (invitations.accept(each, name="N") for each in (clara, dora))

    assert (first.state, second.state) == ("confirmed", "waiting")
    registrations.cancel(first)
    second.refresh_from_db()
    assert second.state == "offered"
    assert standing(clara, dora) == ["declined", "registered"]


def test_the_database_lets_in_nobody_else(otto):
    event, other = event_by_invitation(otto), event_by_invitation(otto, title="Anderer")
    clara, dora = invited(event, by=otto), invited(other, "Dora", by=otto)
    stranger = registrations.note(event, email="x@example.org", name="X", language="de")
    with pytest.raises(IntegrityError, match="nobody invited"), transaction.atomic():
        states.advance(stranger, "confirmed", by=None, confirmed_at=timezone.now())
    with pytest.raises(IntegrityError, match="for another event"), transaction.atomic():
        EventInvitation.objects.filter(pk=dora.pk).update(registration=stranger)
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        EventInvitation.objects.filter(pk=clara.pk).update(event=other)
    with pytest.raises(IntegrityError, match="invitation-fits"), transaction.atomic():
        EventInvitation.objects.create(
            event=open_event(otto, title="Offen"), email="x@example.org", token_digest="x",
            invited_by=otto,
        )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_who_accepts_while_it_is_withdrawn_has_a_place_or_none(otto):
    clara = invited(event_by_invitation(otto), by=otto)
    same = EventInvitation.objects.get(pk=clara.pk)

    def accept():
        with contextlib.suppress(invitations.InvitationVoid):
            invitations.accept(clara, name="Clara")

    def revoke():
        with contextlib.suppress(invitations.Answered):
            invitations.revoke(same, by=otto)

    at_once(accept, revoke)

    assert standing(clara) in (["registered"], ["withdrawn"])
    assert Registration.objects.count() == (standing(clara) == ["registered"])


def test_a_new_time_and_a_cancellation_reach_those_who_are_silent(otto):
    event = event_by_invitation(otto)
    clara, dora = (invited(event, name, by=otto) for name in ("Clara", "Dora"))
    invitations.decline(dora)

    later = {"starts_at": in_days(30), "ends_at": in_days(31)}
    events.describe(event, **later, by=otto)
    events.cancel(event, text("Sturm", "Storm"), by=otto)

    assert kinds_to(clara) == ["event_invitation", "event_invitation_moved", "event_cancelled"]
    assert kinds_to(dora) == ["event_invitation"]


def test_people_see_what_is_held_and_are_forgotten(otto, clara):
    event = event_by_invitation(otto)
    asked, dora = invited(event, by=otto), invited(event, "Dora", by=otto)
    (told,) = own_data.of(clara)["invitations"]
    assert (told["event"], told["standing"], told["name"]) == (event.slug, "invited", "Clara")
    invitations.accept(asked, name="Clara", support="Rampe")
    (row,) = own_data.of(clara)["registrations"]
    assert (row["state"], row["support"]) == ("confirmed", "Rampe")

    assert forgetting.forget_address("Clara@example.org") == 2
    asked.refresh_from_db()
    assert (asked.email, asked.name) == ("", "")
    assert invitations.behind_digest(asked.token_digest) is None
    assert not OutgoingMail.objects.filter(to="clara@example.org").exists()
    assert own_data.of(clara) == {"registrations": [], "invitations": []}
    with time_machine.travel(event.ends_at + dt.timedelta(days=29), tick=False):
        assert forgetting.forget_overdue() == 0
    with time_machine.travel(event.ends_at + dt.timedelta(days=32), tick=False):
        assert forgetting.forget_overdue() == 1
    dora.refresh_from_db()
    assert (dora.email, dora.name) == ("", "")


def test_the_page_of_the_event_shows_the_way_to_those_who_are_invited(client, otto):
    event = event_by_invitation(otto)
    clara = invited(event, by=otto)
    page = reverse("event", args=[event.slug])
    hint = "You have an invitation? Register by the link in the mail."

    assert hint in client.get(page, headers=ENGLISH).content.decode()
    browser = guest(clara)
    shown = browser.get(page).content.decode()
    assert hint not in shown
    assert f'href="{own(clara)}"' in shown
    other = event_by_invitation(otto, title="Anderer", slug="anderer")
    session = browser.session
    session["event_invitation:anderer"] = clara.token_digest
    session.save()
    assert hint in browser.get(reverse("event", args=[other.slug])).content.decode()
    assert browser.get(reverse("event_invitation", args=[other.slug])).status_code == 404


def test_three_invitations_ask_the_database_as_often_as_one(client, otto):
    few, many = event_by_invitation(otto), event_by_invitation(otto, title="Viele", slug="viele")
    for event, names in ((few, ["A"]), (many, ["A", "B", "C"])):
        for name in names:
            invitations.accept(invited(event, name, by=otto), name=name)
    office = login(client, otto)
    counts = []
    for event in (few, many):
        office.get(reverse("event_invitations", args=[event.slug]))
        with CaptureQueriesContext(connection) as asked:
            office.get(reverse("event_invitations", args=[event.slug]))
        counts.append(len(asked))
    assert counts[0] == counts[1]
