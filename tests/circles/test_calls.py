"""Calls: prepared, checked, opened; from then on their rules are fixed for everybody."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from circles.calling import calls, withdrawals
from circles.models import Call
from formats.sittings import agenda, meetings
from foundation.mail.models import OutgoingMail
from tests.circles.factories import (
    close_call,
    make_application,
    make_call,
    make_circle,
    make_meeting,
    text,
)
from tests.conftest import login

ENGLISH = {"accept-language": "en"}


@pytest.mark.req("R121")
def test_opening_puts_the_draw_on_the_agenda(otto):
    call = make_call(otto)

    item = agenda.item_of(call)

    assert (call.state, item.meeting) == (Call.State.OPEN, call.meeting)


@pytest.mark.req("R120")
def test_criteria_are_fixed_once_the_call_is_open(otto):
    call = make_call(otto)

    with pytest.raises(calls.FixedNow):
        calls.set_criteria(call, [("neu", text("Neu?"))], by=otto)
    with pytest.raises(IntegrityError), transaction.atomic():
        call.criteria.create(position=9, code="neu", question=text("Neu?"))
    with pytest.raises(IntegrityError), transaction.atomic():
        call.criteria.update(code="anders")
    with pytest.raises(IntegrityError), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(draw_id="anders")


def test_a_draft_can_still_change(otto):
    call = make_call(otto, opened=False)

    calls.edit_call(call, by=otto, seats=3, contact="Anders")
    calls.set_criteria(call, [("nur-eins", text("Nur eins?"))], by=otto)

    call.refresh_from_db()
    assert (call.seats, call.contact) == (3, "Anders")
    assert list(call.criteria.values_list("code", flat=True)) == ["nur-eins"]


def test_what_is_missing_is_said_before_opening(otto):
    call = make_call(otto, opened=False, criteria=())
    Call.objects.filter(pk=call.pk).update(contact="")
    call.refresh_from_db()

    assert len(calls.obstacles(call, timezone.now())) == 2
    with pytest.raises(calls.NotOpenable):
        calls.open_call(call, by=otto)
    call.refresh_from_db()
    assert call.state == Call.State.DRAFT


def test_the_session_comes_a_day_after_the_deadline(otto):
    closes = timezone.now() + dt.timedelta(days=20)
    meeting = make_meeting(otto, starts_at=closes + dt.timedelta(hours=23))
    call = make_call(otto, meeting=meeting, opened=False)

    assert len(calls.obstacles(call, timezone.now())) == 1


def test_a_cancelled_session_draws_nothing(otto):
    call = make_call(otto, opened=False)
    meetings.cancel(call.meeting, by=otto)
    call.refresh_from_db()

    with pytest.raises(calls.NotOpenable):
        calls.open_call(call, by=otto)


def test_a_circle_has_one_open_call(otto):
    circle = make_circle(otto)
    make_call(otto, circle=circle, draw_id="erste")
    second = make_call(otto, circle=circle, draw_id="zweite", opened=False)

    with pytest.raises(calls.NotOpenable):
        calls.open_call(second, by=otto)


def test_names_of_draws(otto, settings):
    circle = make_circle(otto)
    number = circle.number.lower()
    assert calls.draw_id_for(circle) == f"{number}-abends"
    make_call(otto, circle=circle, opened=False)
    assert calls.draw_id_for(circle) == f"{number}-abends-2"

    settings.DEMO = True
    assert calls.draw_id_for(circle) == f"demo-{number}-abends"


def test_a_draft_is_a_preview_for_the_office(client, otto):
    call = make_call(otto, opened=False)
    path = reverse("call", args=[call.circle.slug])

    assert client.get(path).status_code == 404
    assert "Preview" in login(client, otto).get(path, headers=ENGLISH).content.decode()


@pytest.mark.req("R119")
def test_the_page_says_who_how_and_until_when(client, otto):
    call = make_call(otto)

    page = client.get(reverse("call", args=[call.circle.slug]), headers=ENGLISH).content.decode()

    for words in (
        "Trifft wohnort auf Sie zu?",
        "not_needed in English",
        "effort in English",
        "allowance in English",
        "Europe/Berlin",
        "Telefon 0521 000000",
        "Apply now",
    ):
        assert words in page


def test_after_the_deadline_nobody_is_sent_to_the_form(client, otto):
    call = close_call(make_call(otto))

    page = client.get(reverse("call", args=[call.circle.slug]), headers=ENGLISH).content.decode()

    assert "Apply now" not in page
    assert "The deadline has passed." in page


def test_a_withdrawn_call_tells_those_who_applied(otto):
    call = make_call(otto)
    application = make_application(call)
    make_application(call, confirmed=False)

    assert withdrawals.withdraw_call(call, by=otto) == 1
    mail = OutgoingMail.objects.get(kind="application_call_withdrawn")
    assert (mail.to, mail.state) == (application.email, "held")


@pytest.mark.parametrize("name", ["call", "apply", "circle", "circle_list"])
def test_public_pages_ask_eight_questions_at_most(
    client, otto, name, django_assert_max_num_queries
):
    call = make_call(otto)
    arguments = [] if name == "circle_list" else [call.circle.slug]

    with django_assert_max_num_queries(8):
        client.get(reverse(name, args=arguments))


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_of_circles_does_not_ask_per_circle(client, otto, many, django_assert_num_queries):
    for _ in range(many):
        make_call(otto)

    with django_assert_num_queries(3):
        client.get(reverse("circle_list"))


@pytest.mark.parametrize("name", ["vergeben", "pruefen"])
def test_a_name_of_a_draw_is_taken_once(client, otto, name):
    call = make_call(otto, draw_id="vergeben")
    office = login(Client(), otto)

    page = office.post(
        reverse("call_create", args=[call.circle.slug]), {"draw_id": name}, headers=ENGLISH
    )

    assert page.context["form"].errors["draw_id"] == ["Another draw has this name."]


@pytest.mark.req("R120")
def test_only_a_demonstration_is_called_demo_and_may_move_its_clock(client, otto, settings):
    circle = make_circle(otto)
    page = login(client, otto).post(
        reverse("call_create", args=[circle.slug]), {"draw_id": "demo-echt"}, headers=ENGLISH
    )
    assert page.context["form"].errors["draw_id"] == [
        "Names that begin with “demo-” are for demonstrations. Choose another."
    ]
    with pytest.raises(calls.NoSuchName, match="for demonstrations"):
        make_call(otto, circle=circle, draw_id="demo-echt")
    call = make_call(otto, circle=circle, draw_id="echt", opened=False)
    with pytest.raises(calls.NoSuchName, match="for demonstrations"):
        calls.edit_call(call, draw_id="demo-echt", by=otto)
    Call.objects.filter(pk=call.pk).update(draw_id="demo-echt")
    with pytest.raises(calls.NotOpenable, match="but this is none"):
        calls.open_call(call, by=otto)
    settings.DEMO = True
    calls.open_call(call, by=otto)


def test_changing_only_the_german_leaves_the_english_marked_as_older(client, otto):
    """A call whose texts have both languages; then German alone is changed, then English."""
    call = make_call(otto, opened=False)
    office = login(client, otto, fresh=True)
    address = reverse("call_edit", args=[call.pk])
    initial = office.get(address).context["form"].initial
    data = {name: value for name, value in initial.items() if value is not None}
    data |= {"meeting": call.meeting_id, "criterion_1_en": "Do you live here?"}
    assert office.post(address, data).status_code == 302
    data |= {"question_de": "Ganz neu", "criterion_1_de": "Wohnen Sie nun hier?"}
    assert office.post(address, data).status_code == 302
    call.refresh_from_db()
    assert call.question.outdated("en")
    assert not call.task.outdated("en")
    assert call.criteria.first().question.outdated("en")
    data |= {"question_en": "Quite new"}
    assert office.post(address, data).status_code == 302
    call.refresh_from_db()
    assert not call.question.outdated("en")
