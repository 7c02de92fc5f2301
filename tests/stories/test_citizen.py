"""From an empty database to a received application, by web pages only."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from circles.drawing.tickets import short_ticket
from circles.models import Application, Call, Circle
from formats.models import Meeting, Vision, WorkOrder
from foundation.posting import human
from tests.circles.factories import code_for
from tests.conftest import login


def post(client, name, args=(), /, **data):
    response = client.post(reverse(name, args=args), data)
    if response.status_code == 200 and "form" in response.context:
        raise AssertionError(response.context["form"].errors)
    assert response.status_code == 302, (name, response.status_code)
    return response


def day(days: int) -> str:
    return f"{timezone.localdate() + dt.timedelta(days=days):%Y-%m-%d}"


def adopt_a_vision(office) -> Vision:
    post(office, "div_setup", purpose_de="Austausch auf Augenhöhe")
    post(
        office, "member_create", name="Dora", email="dora2@example.org", group="department",
        on_behalf_of="Amt für Verkehr", starts_on=day(-10),
    )  # fmt: skip
    post(
        office, "meeting_create", day=day(40), starts="17:30", ends="20:00", place="Großer Saal",
        is_public="on",
    )  # fmt: skip
    meeting = Meeting.objects.get()
    number = (meeting.year, meeting.ordinal)
    post(office, "meeting_prepare", number, title_de="Begrüßung")
    post(office, "meeting_invite", number)
    post(
        office, "vision_create", title_de="Sicher nach Hause", text_de="Alle kommen an.",
        everyday_need_de="Kein Bus", global_trend_de="Teilen", new_field="Mobilität",
    )  # fmt: skip
    vision = Vision.objects.get()
    post(
        office, "meeting_create", day=day(-1), starts="17:30", ends="20:00", place="Großer Saal",
        is_public="on", afterwards="on",
    )  # fmt: skip
    yesterday = Meeting.objects.earliest("starts_at")
    post(office, "vision_adopt", (vision.slug,), meeting=yesterday.pk)
    return vision


def open_a_call(office, vision) -> Call:
    post(
        office, "work_order_create", (vision.slug,), question_de="Wie kommen alle nach Hause?",
        expected_result_de="Vorschlag", limits_de="100.000 Euro", addressee="circle",
        contact="Büro", due_on="2030-06-30",
    )  # fmt: skip
    order = WorkOrder.objects.get()
    post(office, "circle_found", (order.number,), name_de="Abends gut", purpose_de="Mobilität")
    circle = Circle.objects.get()
    post(
        office, "call_create", (circle.slug,), question_de="Wie kommen alle nach Hause?",
        task_de="Vorschlag erarbeiten", effort_de="7 | Treffen", not_needed_de="Fachwissen",
        allowance_de="50 € | je Treffen", opens_day=day(-1),
        meeting=Meeting.objects.latest("starts_at").pk,
        opens_time="08:00", closes_day=day(20), closes_time="23:59", contact="Büro, 0521 0",
        draw_id="iz-2026-01-abends", seats=5, reserve_kept=20, answer_days=14,
        objection_days=7, kept_days=30,
        criterion_1_de="Wohnen Sie in Bielefeld?", criterion_2_de="Sind Sie 16 oder älter?",
    )  # fmt: skip
    call = Call.objects.get()
    post(office, "call_open", (call.pk,))
    call.refresh_from_db()
    return call


@pytest.mark.req("R111")
@pytest.mark.req("R113")
@pytest.mark.req("R119")
def test_the_whole_road_from_an_empty_database(client, otto, do_work, inbox):
    office = login(client, otto)
    call = open_a_call(office, adopt_a_vision(office))
    assert call.state == Call.State.OPEN
    assert [item.title.get("de") for item in call.meeting.agenda_items.all()] == [
        "Begrüßung",
        "Auslosung: Innovationszirkel „Abends gut“",
    ]

    citizen = type(client)()
    page = citizen.get(reverse("apply", args=[call.circle.slug]))
    answers = {f"criterion_{each.pk}": "yes" for each in call.criteria.all()}
    data = {
        "name": "Clara Beispiel",
        "email": "clara@example.org",
        "participation": "on",
        "stamp": human.new_stamp(age=60),
        **answers,
    }
    assert page.status_code == 200
    response = citizen.post(reverse("apply", args=[call.circle.slug]), data)
    application = Application.objects.get()
    response = citizen.post(response["Location"], {"code": code_for(application)})
    assert response["Location"] == reverse("my_application", args=[application.reference])

    do_work()
    page = citizen.get(response["Location"])
    assert "clara@example.org" in page.content.decode()
    receipt = citizen.get(reverse("my_receipt", args=[application.reference]))
    assert receipt.content.startswith(b"%PDF-")
    short = short_ticket(application.ticket)
    assert sum(short in mail.subject for mail in inbox) == 1
