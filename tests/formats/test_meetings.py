"""Sessions of the D.I.V.: two to four a calendar year, numbered, invited by mails that wait."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import connection
from django.utils import timezone

from formats.models import Meeting
from formats.sittings import agenda, bodies, invitations, meetings
from foundation.accounts.models import Role
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from foundation.mail.models import OutgoingMail
from tests.formats.factories import make_body, make_meeting, text

UTC = dt.UTC
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def schedule(otto, starts_at, **fields):
    return meetings.schedule(
        make_body(otto), starts_at=starts_at, ends_at=starts_at + HOUR, place="Saal", by=otto,
        **fields,
    )  # fmt: skip


@pytest.mark.req("R107")
def test_a_fifth_session_of_a_year_needs_a_public_reason(otto):
    for month in (2, 5, 8, 11):
        schedule(otto, dt.datetime(2030, month, 10, 17, tzinfo=UTC))

    with pytest.raises(meetings.TooManySessions):
        schedule(otto, dt.datetime(2030, 12, 10, 17, tzinfo=UTC))
    fifth = schedule(
        otto, dt.datetime(2030, 12, 10, 17, tzinfo=UTC), over_maximum_reason="Haushalt"
    )

    assert (fifth.number, fifth.over_maximum_reason) == ("5/2030", "Haushalt")


@pytest.mark.req("R107")
def test_the_year_is_that_of_the_city(otto):
    # 23:30 UTC on New Year's Eve is already the new year in Bielefeld.
    late = schedule(otto, dt.datetime(2030, 12, 31, 23, 30, tzinfo=UTC))
    before = schedule(otto, dt.datetime(2030, 12, 31, 22, 30, tzinfo=UTC))

    assert (late.number, before.number) == ("1/2031", "1/2030")


@pytest.mark.req("R107")
def test_a_cancelled_session_frees_its_place_but_keeps_its_number(otto):
    planned = [schedule(otto, dt.datetime(2030, m, 10, 17, tzinfo=UTC)) for m in (2, 5, 8, 11)]
    meetings.cancel(planned[0], by=otto)

    assert schedule(otto, dt.datetime(2030, 12, 1, 17, tzinfo=UTC)).number == "5/2030"


@pytest.mark.req("R107")
def test_a_year_with_one_session_is_short(otto):
    body = make_body(otto)
    schedule(otto, dt.datetime(2030, 2, 10, 17, tzinfo=UTC))
    assert meetings.is_short_of_sessions(body, 2030)

    schedule(otto, dt.datetime(2030, 5, 10, 17, tzinfo=UTC))
    assert not meetings.is_short_of_sessions(body, 2030)


def test_the_reason_is_only_kept_where_it_was_needed(otto):
    meeting = schedule(
        otto, dt.datetime(2030, 2, 10, 17, tzinfo=UTC), over_maximum_reason="unnötig"
    )

    assert meeting.over_maximum_reason == ""


def test_invitations_wait_to_be_read(otto):
    body = make_body(otto)
    for name, group in (("Dora", "department"), ("Emil", "other")):
        bodies.admit_member(
            body, name=name, email=f"{name.lower()}@example.org", group=group,
            on_behalf_of="Amt", starts_on=dt.date(2020, 1, 1), by=otto,
        )  # fmt: skip
    meeting = make_meeting(otto)
    agenda.add_item(meeting, text("Eröffnung"), by=otto)

    assert invitations.invite(meeting, by=otto) == 2
    mails = OutgoingMail.objects.filter(kind="meeting_invitation")
    assert sorted(mails.values_list("to", "state")) == [
        ("dora@example.org", "held"),
        ("emil@example.org", "held"),
    ]
    assert "1. Eröffnung" in mails[0].body


def test_nobody_is_invited_to_an_empty_agenda(otto):
    with pytest.raises(invitations.NotInvitable):
        invitations.invite(make_meeting(otto), by=otto)


def test_membership_brings_the_mandate(otto):
    body = make_body(otto)
    membership = bodies.admit_member(
        body, name="Vera", email="vera@example.org", group="other", on_behalf_of="Verein",
        starts_on=dt.date(2020, 1, 1), is_chair=True, by=otto,
    )  # fmt: skip

    assert sorted(membership.user.mandates.values_list("role", "subject_id")) == [
        (Role.CHAIR, str(body.pk)),
        (Role.DIV_MEMBER, str(body.pk)),
    ]


def test_the_same_subject_is_one_item(otto):
    meeting = make_meeting(otto)

    first = agenda.add_item(meeting, text("Auslosung"), otto, by=otto)
    again = agenda.add_item(meeting, text("noch einmal"), otto, by=otto)

    assert (first, agenda.item_of(otto)) == (again, first)


def test_a_held_session_takes_no_more_items(otto):
    meeting = make_meeting(otto, starts_at=timezone.now() - HOUR)
    agenda.add_item(meeting, text("Eröffnung"), by=otto)
    invitations.invite(meeting, at=timezone.now() - 20 * DAY, by=otto)
    meetings.hold(meeting, by=otto)

    with pytest.raises(DomainError) as refusal:
        agenda.add_item(meeting, LocalizedText.of("de", "zu spät"), by=otto)
    assert refusal.value.code == "agenda-closed"


@pytest.mark.django_db(transaction=True)
def test_two_sessions_at_once_get_two_numbers(otto):
    make_body(otto)
    start = dt.datetime(2030, 2, 10, 17, tzinfo=UTC)

    def plan():
        schedule(otto, start)
        connection.close()

    threads = [threading.Thread(target=plan) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(Meeting.objects.values_list("ordinal", flat=True)) == [1, 2, 3, 4]
