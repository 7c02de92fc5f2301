"""A call planned backwards from its session: every date before the next, conflicts in sentences."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from circles.calling import holidays, planning
from circles.calling.planning import Wish
from circles.models import Call
from tests.circles.factories import make_call, make_circle, make_meeting
from tests.conftest import login

BERLIN = ZoneInfo("Europe/Berlin")
ENGLISH = {"accept-language": "en"}
DAY = dt.timedelta(days=1)


def at(*numbers: int) -> dt.datetime:
    return dt.datetime(*numbers, tzinfo=BERLIN)


def planned(otto, session, *, now, **wish):
    meeting = make_meeting(otto, starts_at=session)
    return planning.backwards(meeting, Wish(**wish), now=now)


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2024, dt.date(2024, 3, 31)),
        (2025, dt.date(2025, 4, 20)),
        (2026, dt.date(2026, 4, 5)),
        (2027, dt.date(2027, 3, 28)),
        (2038, dt.date(2038, 4, 25)),
        (2285, dt.date(2285, 3, 22)),
    ],
)
def test_easter(year, day):
    assert holidays.easter(year) == day


def test_workdays_leave_out_weekends_and_holidays():
    assert holidays.workday_until(dt.date(2027, 5, 6)) == dt.date(2027, 5, 5)  # Ascension Day
    assert holidays.workday_until(dt.date(2026, 12, 26)) == dt.date(2026, 12, 24)
    assert holidays.workday_from(dt.date(2026, 12, 25)) == dt.date(2026, 12, 28)
    assert holidays.holiday(dt.date(2027, 5, 27)) == "Corpus Christi"


@pytest.mark.req("R121")
def test_every_date_falls_into_place(otto):
    plan = planned(otto, at(2027, 9, 16, 17, 30), now=at(2027, 3, 1, 9))

    assert plan.invite_at == at(2027, 9, 2, 12)  # 14 days of notice
    assert plan.freeze_at == at(2027, 9, 1, 12)  # the day before, for the fingerprint in it
    assert plan.reviewed_by == at(2027, 8, 24, 18)  # 7 days to object and one to decide
    assert plan.closes_at == at(2027, 8, 13, 23, 59)  # ten days of review, then back to Friday
    assert plan.codes_until == plan.closes_at + dt.timedelta(hours=48)
    assert plan.opens_at == at(2027, 7, 16, 8)
    assert (plan.conflicts, plan.hints) == ((), ())


def test_without_the_invitation_the_pool_closes_a_day_before_the_dice(otto):
    session = at(2027, 9, 16, 11)

    plan = planned(otto, session, now=at(2027, 3, 1, 9), in_invitation=False)

    # Noon of the 15th would leave 23 hours.
    assert plan.freeze_at == at(2027, 9, 14, 12)
    assert plan.freeze_at <= session - dt.timedelta(hours=24)


def test_a_change_of_the_clocks_steals_no_hour(otto):
    """On Sunday, 28 March 2027 the clocks go forward: noon to noon is 23 hours."""
    session = at(2027, 3, 29, 12)

    plan = planned(otto, session, now=at(2026, 9, 1, 9), in_invitation=False)

    gap = plan.session_at.astimezone(dt.UTC) - plan.freeze_at.astimezone(dt.UTC)
    assert gap >= dt.timedelta(hours=24)
    for moment in (plan.opens_at, plan.closes_at, plan.freeze_at):
        assert moment.astimezone(BERLIN).time() in (
            planning.MORNING,
            planning.NOON,
            planning.LAST_MINUTE,
        )


def test_a_session_too_near_is_explained_with_ways_out(otto):
    plan = planned(otto, at(2027, 9, 16, 17, 30), now=at(2027, 8, 5, 9))

    (sentence,) = plan.conflicts
    assert "would have to open by Friday, 16 July 2027" in sentence
    assert "Only 7 days would be left to apply; at least 14 are needed." in sentence
    assert "choose a later session, do without the fingerprint in the invitation" in sentence


def test_a_plan_without_a_day_to_apply_shows_how_late_it_is_and_is_not_taken_over(otto):
    plan = planned(otto, at(2027, 9, 16, 17, 30), now=at(2027, 9, 1, 9))

    assert plan.opens_at == at(2027, 7, 16, 8)
    assert not plan.is_possible


def test_a_little_late_is_only_a_hint(otto):
    plan = planned(otto, at(2027, 9, 16, 17, 30), now=at(2027, 7, 19, 9))

    assert plan.conflicts == ()
    assert plan.opens_at == at(2027, 7, 20, 8)
    assert plan.hints == ("The call opens later than wished; 24 days are left to apply.",)


def test_weekends_and_holidays_are_pointed_out(otto):
    plan = planned(otto, at(2027, 1, 30, 14), now=at(2026, 6, 1, 9), review_days=20)

    assert plan.hints[0] == "The session is on Saturday, 30 January 2027, not a workday."
    assert "Christmas Day (25 Dec)" in plan.hints[1]
    assert "New Year's Day (1 Jan)" in plan.hints[1]


def test_a_call_as_it_stands_says_what_does_not_fit(otto):
    now = timezone.now()
    near = make_meeting(otto, starts_at=now + 25 * DAY)
    tight = make_call(otto, meeting=near, opened=False, days=20)
    far = make_meeting(otto, starts_at=now + 80 * DAY)
    Call.objects.filter(pk=tight.pk).update()

    assert (
        "Close the call earlier, or choose a later session." in planning.of_call(tight).conflicts[0]
    )
    tight.meeting = far
    assert planning.of_call(tight).conflicts == ()


def test_the_plan_is_looked_at_then_taken_over(client, otto):
    circle = make_circle(otto)
    meeting = make_meeting(otto, starts_at=timezone.now() + 120 * DAY)
    office = login(client, otto)
    path = reverse("call_plan", args=[circle.slug])
    wish = {"meeting": meeting.pk, "open_days": 30, "review_days": 8, "objection_days": 10}

    page = office.get(path, wish, headers=ENGLISH)
    form = office.get(reverse("call_create", args=[circle.slug]), wish).context["form"]

    plan = page.context["plan"]
    assert [entry.what for entry in page.context["entries"]][-1] == "Dice and draw in the session."
    assert form.initial["meeting"] == meeting.pk
    assert form.initial["objection_days"] == 10
    assert form.initial["closes_day"] == plan.closes_at.astimezone(BERLIN).date()
    assert form.initial["closes_time"] == dt.time(23, 59)
    assert not Call.objects.exists()


def test_a_plan_without_a_session_asks_for_one(client, otto):
    circle = make_circle(otto)

    page = login(client, otto).get(
        reverse("call_plan", args=[circle.slug]), {"open_days": 30}, headers=ENGLISH
    )

    assert "Please choose a session." in page.content.decode()
    assert page.context["plan"] is None
