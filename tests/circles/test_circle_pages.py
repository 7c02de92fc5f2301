"""Every page of circles and the D.I.V. answers, for everybody who may see it and nobody else."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.circles.factories import close_call, make_application
from tests.conftest import login

pytestmark = pytest.mark.usefixtures("open_ground")
PUBLIC = ["div", "circle_list", "circle", "call", "apply", "meeting", "vision", "work_order"]
OFFICE = [
    "div_setup", "member_create", "meeting_create", "meeting_prepare", "vision_create",
    "vision_adopt", "work_order_create", "office_project_begin", "circle_found", "seat_nominate",
    "call_create", "application_list", "application_review", "application_paper",
]  # fmt: skip
OWN = [
    "my", "my_application", "my_correction", "my_address", "my_withdrawal", "my_deletion",
]  # fmt: skip


@pytest.fixture
def application(call, clara):
    return make_application(call, name="Clara", email=clara.email)


def path_of(name: str, call, application) -> str:
    order = call.circle.work_order
    arguments = {
        "circle": [call.circle.slug],
        "call": [call.circle.slug],
        "apply": [call.circle.slug],
        "call_create": [call.circle.slug],
        "seat_nominate": [call.circle.slug, 1],
        "meeting": [call.meeting.year, call.meeting.ordinal],
        "meeting_prepare": [call.meeting.year, call.meeting.ordinal],
        "vision": [order.vision.slug],
        "vision_adopt": [order.vision.slug],
        "work_order_create": [order.vision.slug],
        "work_order": [order.number],
        "office_project_begin": [order.number],
        "circle_found": [order.number],
        "application_list": [call.pk],
        "application_paper": [call.pk],
        "application_review": [call.pk, application.reference],
        **{name: [application.reference] for name in OWN if name != "my"},
    }
    return reverse(name, args=arguments.get(name, []))


@pytest.mark.parametrize("name", PUBLIC)
def test_public_pages_answer_everybody(client, call, application, name):
    assert client.get(path_of(name, call, application)).status_code == 200


@pytest.mark.parametrize("name", OFFICE)
def test_pages_of_the_office(client, call, application, otto, olaf, name):
    path = path_of(name, call, application)

    assert login(client, otto).get(path).status_code == 200
    assert login(client, olaf).get(path).status_code == 403


@pytest.mark.parametrize("name", OWN)
def test_own_pages_are_for_their_owner(client, call, application, clara, olaf, name):
    path = path_of(name, call, application)

    assert client.get(path).status_code == 302
    assert login(client, clara).get(path).status_code == 200
    assert login(client, olaf).get(path).status_code == (200 if name == "my" else 404)


def test_a_closed_call_shows_no_form(client, call):
    close_call(call)

    page = client.get(reverse("apply", args=[call.circle.slug])).content.decode()

    assert 'name="email"' not in page
