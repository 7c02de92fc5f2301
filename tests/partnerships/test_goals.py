"""Goals of a side or of both, what was measured over time, and the mail to look again."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from partnerships.deeds import goals
from partnerships.models import Goal, Measurement
from partnerships.portrait import portrait_figures
from tests.conftest import login
from tests.partnerships.factories import both

FIRST, THEN, LATER = dt.date(2026, 1, 1), dt.date(2026, 3, 1), dt.date(2026, 6, 1)


@pytest.fixture
def goal(partnership, sides):
    return goals.set_goal(
        partnership,
        title=both("Schneller antworten", "Answer faster"),
        unit=both("Tage", "days"),
        baseline=Decimal(21),
        baseline_on=FIRST,
        target=Decimal(5),
        due_on=dt.date(2027, 1, 1),
        side=sides[1],
        review_months=6,
        by=None,
    )


def standing(goal):
    return [(int(row.value), row.on) for row in goal.measurements.standing()]


@pytest.mark.req("R6")
def test_a_goal_belongs_to_a_side_and_keeps_every_value(goal, sides, otto):
    goals.measure(goal, Decimal(18), on=THEN, by=otto)
    wrong = goals.measure(goal, Decimal(111), on=LATER, by=otto)
    goals.measure(goal, Decimal(11), on=LATER, corrects=wrong, by=otto)
    goal.refresh_from_db()
    assert goal.side == sides[1]
    assert (goal.latest, goal.latest_on) == (Decimal(11), LATER)
    assert standing(goal) == [(18, THEN), (11, LATER)]
    assert Measurement.objects.count() == 3
    with pytest.raises(goals.AlreadyCorrected):
        goals.measure(goal, Decimal(12), on=LATER, corrects=wrong, by=otto)


def test_what_was_measured_stays_in_the_database(goal):
    row = goals.measure(goal, Decimal(18), on=THEN, by=None)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Measurement.objects.filter(pk=row.pk).update(value=1)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Measurement.objects.filter(pk=row.pk).delete()


def test_correcting_the_newest_value_to_an_earlier_day_brings_back_the_one_before(goal):
    goals.measure(goal, Decimal(18), on=THEN, by=None)
    wrong = goals.measure(goal, Decimal(11), on=LATER, by=None)
    goals.measure(goal, Decimal(20), on=FIRST, corrects=wrong, by=None)
    goal.refresh_from_db()
    assert (goal.latest, goal.latest_on) == (Decimal(18), THEN)


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (dt.date(2025, 12, 31), "measured-before-baseline"),
        (dt.date(2999, 1, 1), "measured-in-the-future"),
        (dt.date(2026, 2, 1), "measured-before-previous"),
    ],
)
def test_dates_come_in_order(goal, on, code):
    goals.measure(goal, Decimal(18), on=THEN, by=None)
    with pytest.raises(goals.DateBeforePredecessor) as refusal:
        goals.measure(goal, Decimal(1), on=on, by=None)
    assert refusal.value.code == code
    assert standing(goal) == [(18, THEN)]


@pytest.mark.req("R6")
def test_the_side_of_a_goal_is_asked_to_look_again_once(goal, paula, bruno, do_work, inbox):
    goals.measure(goal, Decimal(18), on=THEN, by=None)
    due = dt.date(2026, 9, 1)
    assert goals.review_due_on(Goal.objects.get()) == due
    assert goals.remind_of_reviews(due - dt.timedelta(days=1)) == 0
    for _ in range(2):
        assert goals.remind_of_reviews(due) == 1
    do_work()
    assert [mail.to[0] for mail in inbox][:1] == ["Paula <paula@example.org>"]
    assert len(inbox) == 2  # Paula and the office, not Bruno, and not again
    assert inbox[0].subject == "Time to look at a goal: Answer faster"


def test_the_last_day_of_a_short_month(goal):
    goal.latest_on, goal.review_months = dt.date(2025, 8, 31), 6
    assert goals.review_due_on(goal) == dt.date(2026, 2, 28)


def test_less_is_better_is_drawn_from_the_newest_value(goal):
    goals.measure(goal, Decimal(11), on=LATER, by=None)
    (line,) = portrait_figures.goal_lines([goal], LATER)
    assert (line.baseline, line.target, line.today) == (21.0, 5.0, 11.0)
    assert "Less is better." in line.note


def test_the_way_of_a_goal_is_drawn_over_time_and_told_in_words(client, goal, otto):
    wrong = goals.measure(goal, Decimal(111), on=THEN, by=None)
    goals.measure(goal, Decimal(18), on=THEN, corrects=wrong, by=None)
    goals.measure(goal, Decimal(11), on=LATER, by=None)
    login(client, otto, fresh=True)
    for url in (
        reverse("goal_history", args=[goal.partnership.slug, goal.position]),
        reverse("partnership", args=[goal.partnership.slug]),
    ):
        text = client.get(url, headers={"accept-language": "en"}).content.decode()
        assert "Measured: 18 (1 March 2026); 11 (1 June 2026)." in text
        assert "<td>18 (1 March 2026); 11 (1 June 2026)</td>" in text


def test_a_refused_value_keeps_what_was_typed(client, goal, otto):
    login(client, otto, fresh=True)
    url = reverse("goal_measure", args=[goal.partnership.slug, goal.position])
    page = client.post(url, {"value": "7,5x", "on": "2026-13-01", "note_de": "Zähler neu"})
    text = page.content.decode()
    assert 'value="7,5x"' in text
    assert 'value="Zähler neu"' in text
    assert not Measurement.objects.exists()


def test_the_history_shows_corrected_values_struck_out(client, goal, otto):
    wrong = goals.measure(goal, Decimal(111), on=THEN, by=None)
    goals.measure(goal, Decimal(11), on=THEN, corrects=wrong, by=None)
    login(client, otto, fresh=True)
    page = client.get(reverse("goal_history", args=[goal.partnership.slug, goal.position]))
    assert "<del>111</del>" in page.content.decode()
