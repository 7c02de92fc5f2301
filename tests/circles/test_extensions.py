"""Extending a call: before its deadline, publicly, with a reason; everybody who applied hears."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from circles import clock
from circles.calling import extensions
from circles.models import Call, Extension
from formats.models import AgendaItem
from formats.sittings import agenda
from foundation import states
from foundation.audit import trail
from foundation.languages import LocalizedText
from foundation.mail.models import OutgoingMail
from tests.circles.factories import (
    close_call,
    make_application,
    make_call,
    make_meeting,
    qualify,
    text,
)
from tests.conftest import login

ENGLISH = {"accept-language": "en"}
WHY = text("Erst vier Bewerbungen.", "Four applications so far.")
DAY = dt.timedelta(days=1)


def later(call, *, days=1, meeting=None, reason=WHY, by):
    """Extend `call` by so many days."""
    closes_at = call.closes_at + days * DAY
    return extensions.extend(
        call, closes_at=closes_at, meeting=meeting or call.meeting, reason=reason, by=by
    )


def test_everybody_reads_old_and_new_deadline_and_the_reason(client, otto):
    call = make_call(otto)
    session = make_meeting(otto, starts_at=call.closes_at + 30 * DAY)
    day = (call.closes_at + 10 * DAY).date()
    body = {"closes_day": day.isoformat(), "closes_time": "18:00", "meeting": session.pk,
            "reason_de": "Erst vier.", "reason_en": "Four so far."}  # fmt: skip

    answer = login(Client(), otto).post(reverse("call_extend", args=[call.pk]), body)

    page = client.get(reverse("call", args=[call.circle.slug]), headers=ENGLISH).content.decode()
    assert answer.status_code == 302
    assert "The deadline was put off" in page and "Four so far." in page
    assert "<del>" in page and "The lot is drawn in another session:" in page
    call.refresh_from_db()
    assert call.closes_at.date() == day and call.meeting == session
    assert trail.history_of(call).filter(verb="call.extended").count() == 1


def test_all_who_applied_get_a_mail_with_the_reason(otto):
    call = make_call(otto)
    told = [make_application(call) for _n in range(2)]
    make_application(call, confirmed=False)

    assert later(call, days=0.3, by=otto) == 2

    mails = OutgoingMail.objects.filter(kind="application_call_extended")
    assert sorted(mail.subject_id for mail in mails) == sorted(str(each.pk) for each in told)
    assert all("Erst vier Bewerbungen." in mail.body for mail in mails)
    assert later(Call.objects.get(pk=call.pk), days=0.3, by=otto) == 2
    assert mails.all().count() == 4


def test_after_the_deadline_it_is_too_late(otto):
    call = make_call(otto)
    meeting, end = call.meeting, call.closes_at
    close_call(call)

    with pytest.raises(extensions.NotExtendable):
        extensions.extend(call, closes_at=end, meeting=meeting, reason=WHY, by=otto)
    page = login(Client(), otto).get(reverse("call_extend", args=[call.pk]), headers=ENGLISH)
    assert "The deadline has passed, so it stays." in page.content.decode()
    assert 'name="reason_de"' not in page.content.decode()


def test_after_the_freeze_it_is_too_late(otto, leo, rita):
    call = make_call(otto, seats=1)
    qualify(make_application(call), rita, otto)
    close_call(call)
    states.advance(call, Call.State.FROZEN, by=leo)

    with pytest.raises(extensions.NotExtendable, match="Only an open call"):
        later(call, by=otto)


def test_the_database_keeps_deadlines_by_its_own_clock(otto):
    call = make_call(otto)

    with pytest.raises(DatabaseError, match="deadline-moves-publicly"), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(closes_at=call.closes_at + DAY)
    late = close_call(make_call(otto))
    with pytest.raises(DatabaseError, match="extension-in-time"), transaction.atomic():
        Extension.objects.create(
            call=late, closed_at=late.closes_at, closes_at=timezone.now() + DAY,
            met_in=late.meeting, meeting=late.meeting, reason=WHY, decided_by=otto,
            decided_at=late.closes_at - DAY,
        )  # fmt: skip


def test_an_extension_is_for_ever(otto):
    call = make_call(otto)
    later(call, by=otto)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Extension.objects.update(reason=text("anders"))


@pytest.mark.parametrize("days", [-1, 0])
def test_a_deadline_never_moves_nearer(otto, days):
    call = make_call(otto)

    with pytest.raises(extensions.NotExtendable, match="must be later"):
        later(call, days=days, by=otto)


def test_without_a_reason_nothing_moves(otto):
    call = make_call(otto)

    with pytest.raises(extensions.NotExtendable, match="write why"):
        later(call, reason=LocalizedText(), by=otto)


def test_the_session_stays_a_day_away_and_the_agenda_follows(otto):
    call = make_call(otto)
    with pytest.raises(extensions.NotExtendable, match="24 hours"):
        later(call, days=5, by=otto)
    session = make_meeting(otto, starts_at=call.closes_at + 9 * DAY)

    later(call, days=5, meeting=session, by=otto)

    assert agenda.item_of(call).meeting == session
    assert AgendaItem.objects.filter(subject_id=str(call.pk)).count() == 1


def test_what_was_typed_is_kept_when_it_does_not_fit(otto):
    call = make_call(otto)
    body = {"closes_day": "2020-01-01", "closes_time": "18:00", "meeting": call.meeting_id,
            "reason_de": "Weil es so ist."}  # fmt: skip

    page = (
        login(Client(), otto)
        .post(reverse("call_extend", args=[call.pk]), body, headers=ENGLISH)
        .content.decode()
    )

    assert "must be later" in page and "Weil es so ist." in page and "2020-01-01" in page


def test_people_can_apply_until_the_new_deadline(otto):
    call = make_call(otto, draw_id="demo-laenger")
    old = call.closes_at
    later(call, by=otto)
    Call.objects.filter(pk=call.pk).update(clock_ahead=old + dt.timedelta(hours=1) - timezone.now())

    call.refresh_from_db()
    assert clock.now_for(call) > old
    make_application(call)
