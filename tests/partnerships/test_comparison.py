"""What changed between versions, drafts and agreed words, and who may read that."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.accounts import mandates
from foundation.accounts.models import Role
from partnerships.models import AgreedText
from partnerships.wording import agreements, clauses, comparison, drafts, versions
from tests.conftest import login, make_user
from tests.partnerships.factories import agree_by_all, issue_without_paper, proof_of

pytestmark = pytest.mark.usefixtures("seal", "draft_ground")


def rewrite(draft, de, en, *, by):
    clause = clauses.clause_of(draft, "preamble")
    words = {"de": de, "en": en}
    clauses.rewrite_clause(draft, clause, words, based_on=clause.revision.n, by=by)


@pytest.fixture
def twice(draft, otto, bruno, paula):
    """Frozen, opened again with another preamble and term, frozen once more."""
    rewrite(draft, "Wir lernen gern.", "We like to learn.", by=otto)
    agree_by_all(draft, bruno, paula)
    versions.freeze(draft, by=otto, proof=proof_of(otto))
    issue_without_paper(draft)
    agreements.reopen(draft, reason="Fehler", by=otto)
    rewrite(draft, "Wir lernen viel.", "We learn a lot.", by=otto)
    agreements.set_term(
        draft, starts_on=None, ends_on=dt.date(2030, 1, 1), notice_months=6, by=otto
    )
    agree_by_all(draft, bruno, paula)
    versions.freeze(draft, by=otto, proof=proof_of(otto))
    return draft


@pytest.mark.req("R7")
def test_the_redline_shows_words_and_data_in_every_language(twice):
    first, second = (version.data for version in twice.versions.order_by("n"))
    changes = {change.slug: change for change in comparison.compare(first, second)}
    assert {slug: change.kind for slug, change in changes.items()} == {
        "preamble": "changed",
        "term": "changed",
    }
    (_de, _heading, german), (_en, _title, english) = changes["preamble"].cells
    assert [(piece.kind, piece.text) for piece in german if piece.kind != "kept"] == [
        ("gone", "gern."),
        ("new", "viel."),
    ]
    assert "".join(piece.text for piece in english if piece.kind != "gone") == "We learn a lot."
    assert any("1. Januar 2030" in piece.text for piece in changes["term"].cells[0][2]) or any(
        "2030" in piece.text for piece in changes["term"].cells[0][2]
    )
    assert comparison.compare(second, second) == []


def test_a_clause_that_came_or_went_is_called_so(draft, twice):
    data = twice.versions.order_by("-n").first().data
    less = {**data, "clauses": [each for each in data["clauses"] if each["slug"] != "plan"]}
    assert [(each.slug, each.kind) for each in comparison.compare(data, less)] == [("plan", "gone")]
    assert [(each.slug, each.kind) for each in comparison.compare(less, data)] == [("plan", "new")]


def test_a_city_sees_what_changed_since_it_agreed(client, draft, sides, bruno, paula, otto):
    digest = drafts.gather(draft).digest()
    agreements.agree(draft, sides[1], digest=digest, by=paula)
    rewrite(draft, "Ganz anders.", "Quite different.", by=otto)
    kept = comparison.last_agreed(draft, sides[1])
    assert kept.digest == digest
    assert comparison.last_agreed(draft, sides[0]) is None
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        AgreedText.objects.update(content=b"{}")
    login(client, paula)
    args = [draft.partnership.slug, draft.number]
    address = reverse("agreement_versions", args=args)
    assert (
        f"{address}?von=zugestimmt" in client.get(reverse("agreement", args=args)).content.decode()
    )
    page = client.get(address, {"von": "zugestimmt", "bis": "entwurf"})
    assert [change.slug for change in page.context["changes"]] == ["preamble"]
    assert "Ganz anders." in page.content.decode()


def test_who_reads_versions(client, twice, bruno, paula, otto, clara, tampere):
    twice.refresh_from_db()
    auditor = make_user("Aud", Role.AUDITOR, factor=True)
    signer = twice.signatories.get(party__position=2).user
    address = reverse("agreement_versions", args=[twice.partnership.slug, twice.number])
    answers = {}
    for user in (bruno, paula, otto, auditor, signer, clara):
        client.logout()
        login(client, user)
        answers[user.name] = client.get(address).status_code
    assert answers == {
        "Bruno": 200, "Paula": 200, "Otto": 200, "Aud": 200, signer.name: 200, "Clara": 404,
    }  # fmt: skip
    assert mandates.holds(paula, Role.PARTNER, tampere)


def test_wrong_choices_are_told_and_counts_do_not_grow(client, twice, otto):
    login(client, otto)
    address = reverse("agreement_versions", args=[twice.partnership.slug, twice.number])
    page = client.get(address, {"von": "7", "bis": "1"})
    assert page.context["form"].errors.keys() == {"von"}
    client.get(address)
    with CaptureQueriesContext(connection) as two:
        client.get(address)
    assert len(two) <= 14
