"""Many at once: nobody slips in after the deadline, nobody counts twice."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from circles.applying import applications, confirmations
from circles.models import Application, Call
from circles.reviewing import reviews
from circles.seating import circles
from formats.models import Membership
from foundation import states
from foundation.audit.models import Entry
from foundation.posting import human
from foundation.posting.once import FIELD
from tests.circles.factories import (
    answers_yes,
    code_for,
    make_application,
    make_call,
    make_circle,
    seat_by_body,
    text,
)
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_stored_if_and_only_if_told_so(otto):
    call = make_call(otto)
    answers = answers_yes(call)
    Call.objects.filter(pk=call.pk).update(
        closes_at=timezone.now() + dt.timedelta(milliseconds=400)
    )
    told: list[str] = []

    def apply_until_refused(number: int):
        n = 0
        while True:
            n += 1
            try:
                made = applications.submit(
                    call, name="Eile", email=f"eile{number}.{n}@example.org", answers=answers
                )
            except applications.CallClosed:
                return
            told.append(made.identity)

    at_once(*[lambda n=n: apply_until_refused(n) for n in range(6)])

    call.refresh_from_db()
    stored = Application.objects.filter(call=call)
    assert sorted(stored.values_list("identity", flat=True)) == sorted(told)
    assert told
    assert not stored.filter(submitted_at__gte=call.closes_at).exists()


def test_eight_clicks_on_one_form_are_one_application(otto):
    call = make_call(otto)
    path = reverse("apply", args=[call.circle.slug])
    data = {
        "name": "Clara",
        "email": "clara@example.org",
        "participation": "on",
        "stamp": human.new_stamp(age=60),
        FIELD: "k" * 32,
        **{f"criterion_{pk}": "yes" for pk in answers_yes(call)},
    }
    locations: list[str] = []

    at_once(*[lambda: locations.append(Client().post(path, data)["Location"])] * 8)

    assert len(locations) == 8
    assert len(set(locations)) == 1
    assert Application.objects.count() == 1


def test_two_findings_at_once_decide_once(otto, rita):
    application = make_application(make_call(otto))

    at_once(
        *[lambda who=who: reviews.review(application, unmet={}, by=who) for who in (otto, rita)]
    )

    application.refresh_from_db()
    assert application.state == Application.State.QUALIFIED
    assert application.reviews.count() == 2
    assert Entry.objects.filter(verb="state.qualified").count() == 1


def test_two_codes_of_one_person_at_once_are_one_application(otto):
    call = make_call(otto)
    forms = [make_application(call, email="clara@example.org", confirmed=False) for _ in range(2)]
    codes = [code_for(each) for each in forms]

    def confirm(form, code):
        try:
            confirmations.confirm(form, code)
        except (confirmations.AppliedAlready, confirmations.WrongCode, states.SomebodyWasFaster):
            return

    at_once(*[lambda f=f, c=c: confirm(f, c) for f, c in zip(forms, codes, strict=True)])

    assert Application.objects.filter(state="submitted").count() == 1


@pytest.mark.req("R114")
def test_beginning_to_work_and_taking_a_seat_at_once_lose_nobody(otto):
    circle = make_circle(otto)
    seat_by_body(circle, 1, otto)
    at_once(
        lambda: circles.begin_work(circle, reason=text("Ein Anfang."), by=otto),
        lambda: seat_by_body(circle, 2, otto),
        lambda: seat_by_body(circle, 3, otto),
    )
    sits = Membership.objects.filter(body__circle=circle, ends_on=None)
    assert sorted(sits.values_list("user__email", flat=True)) == [
        f"seat{n}@example.org" for n in (1, 2, 3)
    ]
