"""Measures: what is to be done, how each is used further, and its steps over time."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from circles.models import Measure, MeasureStep
from circles.resulting import measures, results
from foundation import states
from foundation.languages import LocalizedText
from tests.circles.factories import text
from tests.circles.results import DAY, add_measure, prepared, publish, published, second_office
from tests.conftest import login

pytestmark = pytest.mark.django_db
NONE = LocalizedText()


@pytest.mark.req("R132")
def test_each_measure_says_its_further_use_and_keeps_its_steps(client, otto):
    result = published(otto)
    measure = result.measures.get()
    later = timezone.localdate() + 200 * DAY
    measures.move(measure, state="in_progress", due_on=later, note=text("Bestellt"), by=otto)
    measures.move(measure, state="in_progress", due_on=later, note=text("Geliefert"), by=otto)
    measures.move(measure, state="done", due_on=later, note=NONE, by=otto)

    assert [(step.further_use, step.due_on, str(step.note)) for step in measure.steps.all()] == [
        ("planned", measure.due_on, ""),
        ("in_progress", later, "Bestellt"),
        ("in_progress", later, "Geliefert"),
        ("done", later, ""),
    ]
    page = client.get(reverse("result", args=[result.work_order.number])).content.decode()
    assert "Bestellt" in page
    assert "Amt für Verkehr" in page


@pytest.mark.req("R132")
def test_a_measure_that_is_not_taken_up_says_why(client, otto):
    result = published(otto)
    measure = result.measures.get()
    with pytest.raises(measures.NotMeasurable, match="why this measure is not taken up"):
        measures.move(measure, state="rejected", due_on=measure.due_on, note=NONE, by=otto)
    with pytest.raises(IntegrityError, match="measure_rejected_with_reason"), transaction.atomic():
        states.advance(measure, "rejected", by=otto)
    measures.move(measure, state="rejected", due_on=measure.due_on, note=text("Zu teuer"), by=otto)

    page = client.get(reverse("result", args=[result.work_order.number])).content.decode()
    assert "Zu teuer" in page
    measures.move(measure, state="planned", due_on=measure.due_on, note=text("Doch"), by=otto)
    measure = Measure.objects.get()
    assert (measure.state, bool(measure.reason)) == ("planned", False)


def test_a_measure_is_not_due_in_the_past(otto):
    result = prepared(otto)
    past = timezone.localdate() - DAY
    with pytest.raises(measures.NotMeasurable, match="must not lie in the past"):
        add_measure(result, by=otto, due_on=past)
    measure = published(otto).measures.get()
    with pytest.raises(measures.NotMeasurable, match="must not lie in the past"):
        measures.move(measure, state="planned", due_on=past, note=NONE, by=otto)


def test_measures_come_after_publication_too_with_their_further_use(otto):
    result = published(otto)
    with pytest.raises(measures.NotMeasurable, match="how this measure is used further"):
        add_measure(result, by=otto, state="unsaid")
    added = add_measure(result, by=otto, state="adopted")

    assert (added.n, [step.further_use for step in added.steps.all()]) == (2, ["adopted"])


def test_who_adds_a_measure_to_a_draft_has_prepared_it(otto):
    result = prepared(otto)
    add_measure(result, by=otto)
    with pytest.raises(results.NotSettled, match="A second person"):
        publish(result, otto)


def test_in_a_draft_a_measure_is_written_anew_or_taken_out(otto):
    result = prepared(otto)
    measure = add_measure(result, by=second_office(), state="done")
    values = {"description": NONE, "responsible": "Bauamt", "due_on": measure.due_on}
    made = measures.replace(
        measure, title=text("Anders"), **values, state="planned", by=second_office()
    )
    assert (made.n, made.state, MeasureStep.objects.count()) == (1, "planned", 0)
    measures.remove(made, by=second_office())
    assert result.measures.count() == 0

    public = published(otto).measures.get()
    with pytest.raises(measures.NotMeasurable, match="is public and stays"):
        measures.remove(public, by=otto)


def test_a_step_without_any_change_is_refused(otto):
    measure = published(otto).measures.get()
    with pytest.raises(measures.NotMeasurable, match="Nothing has changed"):
        measures.move(measure, state="planned", due_on=measure.due_on, note=NONE, by=otto)


def test_steps_stay(otto):
    published(otto)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        MeasureStep.objects.update(further_use="done")


def test_what_was_typed_stays_when_a_measure_is_refused(otto):
    result = published(otto)
    measure = result.measures.get()
    office = login(Client(headers={"accept-language": "en"}), otto)
    typed = {
        "state": "rejected", "due_on": f"{measure.due_on:%Y-%m-%d}",
        "note_en": "No German words",
    }  # fmt: skip
    page = office.post(
        reverse("measure_move", args=[result.work_order.number, 1]), typed
    ).content.decode()
    assert "Please say why this measure is not taken up." in page
    assert "No German words" in page
    new = office.post(
        reverse("measure_new", args=[result.work_order.number]),
        {"title_de": "Bänke", "responsible": "Bauamt", "due_on": "2020-01-01", "state": "planned"},
    ).content.decode()
    assert "must not lie in the past" in new
    assert 'value="Bänke"' in new
