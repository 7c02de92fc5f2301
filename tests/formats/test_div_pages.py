"""The page of the D.I.V.: what everybody sees, what only the office and the body see."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from formats.sittings import bodies
from tests.conftest import login
from tests.formats.factories import (
    make_body,
    make_meeting,
    make_vision,
    make_work_order,
    text,
)

ENGLISH = {"accept-language": "en"}


def add_member(otto, name, group):
    bodies.admit_member(
        make_body(otto), name=name, email=f"{name.lower()}@example.org", group=group,
        on_behalf_of=f"Stelle {name}", starts_on=dt.date(2020, 1, 1), by=otto,
    )  # fmt: skip


@pytest.mark.django_db
def test_before_it_is_set_up_the_page_says_so(client):
    page = client.get(reverse("div"), headers=ENGLISH).content.decode()

    assert "The D.I.V. is being prepared" in page


@pytest.mark.req("R102")
@pytest.mark.req("R103")
def test_purpose_and_three_groups_without_names(client, otto):
    for name, group in (("Ada", "department"), ("Bert", "advisory_board"), ("Cleo", "other")):
        add_member(otto, name, group)

    page = client.get(reverse("div"), headers=ENGLISH).content.decode()

    assert "Austausch auf Augenhöhe" in page
    for words in ("Specialist departments", "Advisory boards", "Further actors"):
        assert words in page
    assert "Stelle Ada" in page and ">Ada<" not in page


def test_drafts_and_closed_sessions_stay_inside(client, otto, dora):
    draft = make_vision(otto)
    closed = make_meeting(otto, is_public=False)
    paths = [
        reverse("vision", args=[draft.slug]),
        reverse("meeting", args=[closed.year, closed.ordinal]),
    ]

    assert [client.get(path).status_code for path in paths] == [404, 404]
    assert [login(client, dora).get(path).status_code for path in paths] == [200, 200]


@pytest.mark.req("R113")
def test_visions_without_an_order_are_visible_as_such(client, otto):
    order = make_work_order(otto)
    page = client.get(reverse("div"), headers=ENGLISH).content.decode()
    assert "No work order yet" not in page
    assert order.number in page

    from_vision = make_vision(otto, title="Noch offen")
    from_vision.state = "draft"
    office = login(Client(), otto)
    begun = make_meeting(otto, starts_at=timezone.now() - dt.timedelta(hours=1))
    office.post(reverse("vision_adopt", args=[from_vision.slug]), {"meeting": begun.pk})
    page = client.get(reverse("div"), headers=ENGLISH).content.decode()
    assert "No work order yet" in page


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_asks_as_many_questions_for_three_as_for_one(
    client, otto, many, django_assert_num_queries
):
    for n in range(many):
        add_member(otto, f"M{n}", "other")
        make_work_order(otto)

    with django_assert_num_queries(8):
        client.get(reverse("div"))


def test_times_that_the_clocks_skip_are_refused(client, otto):
    make_body(otto)
    office = login(client, otto)

    # 30 March 2031, 02:30 does not exist in Bielefeld.
    page = office.post(
        reverse("meeting_create"),
        {"day": "2031-03-30", "starts": "02:30", "ends": "04:00", "place": "Saal"},
        headers=ENGLISH,
    )

    assert page.context["form"].errors == {
        "starts": ["This time does not exist: the clocks are put forward then."]
    }


def test_a_session_beyond_the_maximum_asks_for_its_reason(client, otto):
    year = timezone.localdate().year + 1
    for month in (2, 5, 8, 11):
        start = dt.datetime(year, month, 10, 17, tzinfo=dt.UTC)
        make_meeting(otto, starts_at=start)
    office = login(client, otto)

    page = office.post(
        reverse("meeting_create"),
        {"day": f"{year}-12-10", "starts": "17:00", "ends": "18:00", "place": "Kleiner Saal"},
        headers=ENGLISH,
    )

    assert page.context["form"].errors["over_maximum_reason"] == [
        f"{year} has its 4 sessions already. One more needs a reason, which is shown publicly."
    ]
    assert "Kleiner Saal" in page.content.decode()


def test_everything_in_both_languages(client, otto):
    order = make_work_order(otto)

    german = client.get(
        reverse("work_order", args=[order.number]), headers={"accept-language": "de"}
    )
    english = client.get(reverse("work_order", args=[order.number]), headers=ENGLISH)

    assert 'lang="de"' in german.content.decode()
    assert "Work order" in english.content.decode()
    assert text("Ziel", "Goal").get("en") == "Goal"
