"""The desk: everybody finds what waits for them, late things first, and nothing of others."""

import datetime as dt

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from circles.drawing import declarations
from circles.reviewing import objections, reviews
from config.pages.desk import of_background, of_circles, of_formats, of_partnerships
from config.pages.desk.items import Desk, Item
from config.pages.desk.page import desk_of
from foundation.accounts import mandates
from foundation.accounts.models import Role
from foundation.effects.models import Effect
from tests.circles.conftest import proof_of
from tests.circles.factories import make_application, make_call, qualify
from tests.conftest import login, make_user

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def lines(items) -> list[str]:
    return [item.what for item in items]


def test_each_item_lies_in_its_list_and_the_first_is_the_most_urgent():
    late, soon = Item("late", until=NOW - DAY), Item("soon", until=NOW + DAY)
    far, old = Item("far", until=NOW + 30 * DAY), Item("old", since=NOW - 9 * DAY)
    broken, timeless = Item("broken", since=NOW, failed=True), Item("timeless")
    desk = Desk.of([far, timeless, soon, old, late, broken], NOW)
    assert (desk.wrong, desk.due) == ([broken], [late, soon])
    assert (desk.waiting, desk.coming) == ([old, timeless], [far])
    assert desk.first == broken
    assert desk.dated == [NOW + DAY, NOW + 30 * DAY]


def test_a_reviewer_sees_how_many_applications_wait_and_only_until_they_are_seen(otto, rita):
    call = make_call(otto)
    people = [make_application(call) for _ in range(3)]
    assert "3 applications wait for your review" in lines(of_circles.items(rita))
    qualify(people[0], otto, rita)
    assert "2 applications wait for your review" in lines(of_circles.items(rita))


def test_a_reviewer_of_another_call_sees_nothing_of_this_one(otto):
    make_application(make_call(otto))
    other = make_user("Rolf", factor=True)
    mandates.grant(other, Role.REVIEWER, make_call(otto), by=None)
    assert not [line for line in lines(of_circles.items(other)) if "review" in line]


def test_an_objection_waits_for_somebody_who_has_not_reviewed(otto, rita):
    application = make_application(make_call(otto))
    third = make_user("Ruth", Role.REVIEWER, factor=True)
    unmet = {application.call.criteria.first(): "wohnt woanders"}
    for reviewer in (otto, rita):
        reviews.review(application, unmet=unmet, by=reviewer)
    objections.record(application, "Ich wohne hier.", by=otto)
    line = "Decide on an objection to a rejection"
    assert line in lines(of_circles.items(third))
    assert line not in lines(of_circles.items(rita))


def test_the_lottery_officer_is_led_from_the_deadline_to_the_throw(closed_call, leo, vera):
    name = closed_call.circle.name
    assert f"Close the draw pool: {name}" in lines(of_circles.items(leo))
    assert not [line for line in lines(of_circles.items(vera)) if line.startswith("Close")]


def test_who_proposed_a_declaration_is_not_asked_to_confirm_it(frozen, leo, vera):
    name = frozen.call.circle.name
    assert f"Declare the draw: {name}" in lines(of_circles.items(leo))
    declarations.propose(frozen, drand_at=None, by=leo, proof=proof_of(leo))
    line = f"Confirm the declaration of the draw: {name}"
    assert line in lines(of_circles.items(vera))
    assert line not in lines(of_circles.items(leo))


def test_offers_and_unnamed_seats_lie_on_the_desk_of_the_office(drawn, otto, dora):
    found = lines(of_circles.items(otto))
    assert len([line for line in found if "the offer to ticket" in line]) == 5
    assert [line for line in found if line.endswith("seats are still to be nominated")]
    assert of_circles.items(dora) == []


def test_an_invitation_is_due_before_the_period_of_notice_begins(otto, dora):
    meeting = make_call(otto).meeting
    line = f"The invitation to {meeting.body.name} session {meeting.number} must leave"
    (invite,) = [item for item in of_formats.items(otto) if item.what == line]
    assert invite.until == meeting.starts_at - dt.timedelta(days=meeting.body.notice_days)
    assert not [item for item in of_formats.items(dora) if "must leave" in item.what]


def test_the_office_sees_what_failed_and_others_do_not(otto, rita):
    Effect.objects.create(kind="circles.minutes", key="x", state="dead", last_error="full")
    assert lines(of_background.items(otto)) == ["A step in the background failed: circles.minutes"]
    assert of_background.items(rita) == []


def questions(work) -> int:
    with CaptureQueriesContext(connection) as asked:
        work()
    return len(asked)


def test_a_desk_asks_as_many_questions_for_three_calls_as_for_one(otto):
    make_application(make_call(otto))
    desk_of(otto)  # what is remembered per person is asked once
    first = questions(lambda: desk_of(otto))
    for _ in range(2):
        make_application(make_call(otto))
    assert questions(lambda: desk_of(otto)) == first


def test_the_page_says_what_to_begin_with(client, rita, otto):
    make_application(make_call(otto))
    page = login(client, rita, fresh=True).get(reverse("desk")).content.decode()
    assert "1 Bewerbung wartet auf Ihre Prüfung" in page
    assert of_partnerships.items(rita) == []


def test_whoever_draws_is_led_to_the_desk_of_a_draw_long_before_it(otto, leo, vera, rita):
    call = make_call(otto, days=40)
    line = f"The draw takes place: {call.circle.name}"
    for reader in (leo, vera):
        (item,) = [each for each in of_circles.items(reader) if each.what == line]
        assert item.url == reverse("draw_desk", args=[call.pk])
        assert item.until == call.meeting.starts_at
    assert line not in lines(of_circles.items(rita))
