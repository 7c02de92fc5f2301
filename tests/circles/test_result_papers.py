"""The sealed document of a result, made once even by a killed worker, and the report of a year."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from circles.models import YearReport
from circles.resulting import measures, papers, results, yearly
from circles.seating import memberships
from foundation.documents import files, releases, verification
from foundation.documents.models import Release
from foundation.effects.models import Effect
from tests.circles.factories import circle_at_work, text
from tests.circles.results import (
    add_measure,
    finalised,
    prepared,
    presented,
    published,
    second_office,
)
from tests.circles.test_result_answers import give
from tests.conftest import login
from tests.worker import locked, until, waits_for

ENGLISH = {"accept-language": "en"}


@pytest.mark.django_db
@pytest.mark.req("R129")
def test_the_document_is_sealed_listed_and_verified_like_an_agreement(client, otto, do_work):
    circle = circle_at_work(otto, members=8)
    seat = circle.seats.get(number=1)
    memberships.show_name(seat, is_public=True, by=seat.holder)
    finalised(otto, circle=circle)
    result = published(otto, order=presented(circle.work_order, otto))
    number = result.work_order.number
    waiting = client.get(reverse("result", args=[number]), headers=ENGLISH).content.decode()
    assert "The sealed document is being made." in waiting
    do_work()

    release = releases.latest(result, papers.KIND)
    assert (release.number, release.kind, release.stage) == (f"ERG-{number}", "result", "final")
    assert verification.verify(files.read(release.file)).verdict == verification.VALID_TEST
    assert papers.issue(result.pk) == release
    assert client.get(reverse("verify_number", args=[release.number])).status_code == 200
    answer = client.get(reverse("result_document", args=[number]))
    assert answer.content.startswith(b"%PDF-1.7")
    page = client.get(reverse("result", args=[number])).content.decode()
    assert reverse("verify_number", args=[release.number]) in page


@pytest.mark.django_db
def test_the_document_says_what_was_true_at_publication_and_names_who_agreed(otto):
    circle = circle_at_work(otto, members=8)
    seat = circle.seats.get(number=1)
    memberships.show_name(seat, is_public=True, by=seat.holder)
    finalised(otto, circle=circle)
    result = published(otto, order=presented(circle.work_order, otto))
    measure = result.measures.get()
    measures.move(measure, state="done", due_on=measure.due_on, note=text("Fertig"), by=otto)
    add_measure(result, by=otto, title=text("Später"))

    context = papers.context_of(result)
    assert [(step.measure_id, step.further_use) for step in context["measures"]] == [
        (measure.pk, "planned")
    ]
    assert [each.holder.name for each in context["members"]] == ["Mitglied 1"]
    assert (
        context["decision"].version_sha256 == circle.decisions.get(kind="proposal").version.sha256
    )
    assert context["muster"] is False


@pytest.mark.django_db
def test_without_the_wish_for_a_document_none_is_made(otto, do_work):
    published(otto, with_paper=False)
    do_work()
    assert not Release.objects.filter(kind=papers.KIND).exists()


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_rendering_leaves_one_document_in_the_end(otto, worker):
    with locked("documents_release"):
        result = published(otto)
        worker.start()
        until(lambda: waits_for("documents_release"), "the worker listing the document")
        worker.kill()
    assert not Release.objects.filter(kind=papers.KIND).exists()
    worker.start()
    until(Release.objects.filter(kind=papers.KIND).exists, "the document")
    until(lambda: Effect.objects.get(kind=papers.EFFECT).state == "done", "the work ticked off")
    assert Release.objects.filter(kind=papers.KIND, subject_id=str(result.pk)).count() == 1


@pytest.mark.django_db
@pytest.mark.req("R131")
def test_the_report_of_a_year_counts_results_measures_and_answers(client, otto, do_work):
    result = published(otto, due=5)
    give(result, otto)
    published(otto, due=50)
    results.withhold(prepared(otto), text("Rechte"), by=otto)
    add_measure(prepared(otto), by=second_office())

    year = timezone.localdate().year
    of = yearly.figures(year)
    assert (len(of.published), len(of.withheld), len(of.answers), of.late, len(of.overdue)) == (
        2, 1, 1, 0, 0,
    )  # fmt: skip
    assert of.measures == [
        ("adopted as is", 0), ("planned", 2), ("being done", 0), ("done", 0), ("not taken up", 0),
    ]  # fmt: skip
    address = reverse("result_year", args=[year])
    assert client.get(address).status_code == 404
    yearly.order_stale()
    yearly.order_stale()
    do_work()
    assert YearReport.objects.get().year == year
    assert yearly.make(year) == YearReport.objects.get()
    assert client.get(address).content.startswith(b"%PDF-1.7")
    assert address in client.get(reverse("result_list")).content.decode()


@pytest.mark.django_db
def test_a_failed_rendering_lies_on_the_desk(otto):
    published(otto)
    Effect.objects.filter(kind=papers.EFFECT).update(state="dead", last_error="voll")
    desk = login(Client(headers=ENGLISH), otto).get(reverse("desk")).content.decode()
    assert "result.paper" in desk
