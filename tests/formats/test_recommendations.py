"""From sessions to politics: three points, evidence, a sealed paper, an answer with its day."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from formats.learning import papers, recommendations
from formats.models import Recommendation
from foundation import states
from foundation.documents import files, releases
from foundation.documents.models import Release
from tests.conftest import login
from tests.formats.factories import text
from tests.formats.learning_factories import make_cohort, make_network

ENGLISH = {"accept-language": "en"}
WORDS = {
    "title": text("Räume öffnen", "Open rooms"),
    "first": text("Erstens"), "second": text("Zweitens"), "third": text("Drittens"),
    "addressee": text("Landesregierung", "State government"),
    "condition": text("Vergaberecht"), "demand": text("Ein Jahr erproben"),
}  # fmt: skip


def drafted(cohort, otto):
    return recommendations.draft(cohort, sessions=cohort.sessions.all()[:1], by=otto, **WORDS)


@pytest.mark.req("R85")
@pytest.mark.req("R86")
def test_from_draft_to_answer(otto, do_work):
    cohort = make_cohort(otto)
    made = drafted(cohort, otto)
    address = reverse("recommendation", args=["netz", 1])
    assert Client().get(address).status_code == 404
    office = login(Client(), otto)
    office.post(reverse("recommendation_publish", args=["netz", 1]))
    do_work()
    words = Client().get(address, headers=ENGLISH).content.decode()
    for expected in ("Erstens", "Zweitens", "Drittens", "Vergaberecht", "Ein Jahr erproben",
                     "To: State government", "Opening", "No answer has been noted."):  # fmt: skip
        assert expected in words
    paper = Client().get(reverse("recommendation_paper", args=["netz", 1]))
    listed = Release.objects.get(kind=papers.KIND)
    assert paper.content == files.read(listed.file)
    assert (listed.number, listed.stage, listed.signatures) == ("PP-netz-01", "final", 1)
    assert b'pdfuaid:part="1"' in paper.content
    office.post(
        reverse("recommendation_answer", args=["netz", 1]),
        {"answer_de": "Das Land erprobt es.", "on": "2026-10-01"},
    )
    made.refresh_from_db()
    assert (made.state, made.answered_on) == ("answered", dt.date(2026, 10, 1))
    assert "Das Land erprobt es." in Client().get(address, headers=ENGLISH).content.decode()


@pytest.mark.req("R85")
def test_it_rests_on_sessions_of_its_own_cohort(otto):
    cohort = make_cohort(otto)
    with pytest.raises(recommendations.EvidenceMissing):
        recommendations.draft(cohort, sessions=[], by=otto, **WORDS)
    other = make_cohort(otto, network=make_network(otto, slug="netz-2"))
    with pytest.raises(recommendations.EvidenceMissing):
        recommendations.draft(cohort, sessions=other.sessions.all(), by=otto, **WORDS)
    assert [drafted(cohort, otto).number for _each in range(2)] == [1, 2]
    assert drafted(other, otto).number == 1


def test_what_is_published_stays(otto, do_work):
    made = drafted(make_cohort(otto), otto)
    recommendations.publish(made, by=otto)
    with pytest.raises(recommendations.AlreadyPublished):
        recommendations.reword(made, sessions=made.sessions.all(), by=otto, **WORDS)
    do_work()
    assert papers.issue(made.pk) == releases.latest(made, papers.KIND)
    assert Release.objects.filter(kind=papers.KIND).count() == 1
    with pytest.raises(states.UndeclaredMove):
        recommendations.publish(made, by=otto)
    with pytest.raises(IntegrityError), transaction.atomic():
        Recommendation.objects.update(answered_on=dt.date(2026, 1, 1))
