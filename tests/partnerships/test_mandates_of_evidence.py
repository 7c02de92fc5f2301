"""A signature counts only from somebody who signs for the city: now, or on the day of the paper."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from foundation import states
from foundation.accounts import mandates
from foundation.accounts.models import Mandate, Role
from partnerships.models import Comparison, Evidence
from partnerships.signing import reservations, signatories, submissions
from partnerships.wording import versions
from tests.conftest import player
from tests.partnerships.factories import collecting, digests_of
from tests.partnerships.test_kinds_of_evidence import bring, digits, place_of

pytestmark = pytest.mark.usefixtures("seal", "offered_ground")
DAY = dt.timedelta(days=1)


@pytest.fixture(scope="module")
def offered_ground(draft_ground):
    collecting(draft_ground, *map(player, ("Otto", "Bruno", "Paula")))


@pytest.fixture
def offered(draft):
    return draft


def mandate_of(place):
    return Mandate.objects.get(user=place.user, role=Role.SIGNATORY)


def end_days_ago(place, days):
    """The role began long ago and ended some days ago."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    Mandate.objects.filter(pk=mandate_of(place).pk).update(
        starts_at=today - 400 * DAY, ends_at=today - (days - 1) * DAY
    )


@pytest.mark.req("R8")
@pytest.mark.parametrize("kind", ["paper", "elsewhere"])
def test_nobody_brings_paper_of_a_day_that_the_role_did_not_cover(offered, otto, kind):
    end_days_ago(place_of(offered, 1), 1)
    with pytest.raises(signatories.SignsNoMore) as refusal:
        bring(offered, otto, kind=kind)
    assert refusal.value.code == "mandate-over"


@pytest.mark.req("R8")
def test_paper_of_the_last_day_of_a_role_counts_afterwards(offered, otto, bruno):
    brought = bring(offered, otto)
    mandates.revoke(mandate_of(place_of(offered, 1)), by=None)
    submissions.compare(brought, agrees=True, digits=digits(offered), by=bruno)
    assert Evidence.objects.get().kind == "paper"


@pytest.mark.req("R8")
def test_paper_does_not_count_when_the_role_turns_out_to_have_ended(offered, otto, bruno):
    brought = bring(offered, otto)
    end_days_ago(place_of(offered, 1), 1)
    with pytest.raises(signatories.SignsNoMore, match="cover"):
        submissions.compare(brought, agrees=True, digits=digits(offered), by=bruno)
    brought.refresh_from_db()
    assert (brought.state, Evidence.objects.count()) == ("waiting", 0)


@pytest.mark.req("R8")
def test_a_file_is_taken_out_and_brought_back_only_while_the_role_lasts(offered, bruno):
    place = place_of(offered, 1)
    held = reservations.reserve(offered, place, by=bruno)
    mandates.revoke(mandate_of(place), by=None)
    for step in (
        lambda: reservations.bring_back(held, b"%PDF-", by=bruno),
        lambda: reservations.reserve(offered, place_of(offered, 1), by=bruno),
    ):
        with pytest.raises(signatories.SignsNoMore) as refusal:
            step()
        assert refusal.value.code == "mandate-over"


@pytest.mark.req("R8")
@pytest.mark.parametrize("kind", ["click", "paper"])
def test_the_database_wants_the_mandate_too(offered, otto, bruno, kind):
    place, version = place_of(offered, 1), versions.standing_version(offered)
    brought = bring(offered, otto) if kind == "paper" else None
    if brought:
        Comparison.objects.create(submission=brought, reviewer=bruno, agrees=True)
        states.advance(brought, "confirmed", by=None)
    end_days_ago(place, 1)
    fields = {"submission": brought} if brought else {"factor": "totp", "factor_at": timezone.now()}
    with pytest.raises(IntegrityError, match="no mandate to sign"), transaction.atomic():
        Evidence.objects.create(
            version=version, party=place.party, signatory=place, user=place.user, kind=kind,
            pdf_sha256=digests_of(offered)["pdf_sha256"], version_sha256=version.sha256,
            nonce="n", record=b"{}", **fields,
        )  # fmt: skip


def test_a_role_that_rests_for_want_of_a_factor_lets_paper_count(offered, otto, bruno):
    place_of(offered, 1).user.authenticator_set.all().delete()
    brought = bring(offered, otto)
    submissions.compare(brought, agrees=True, digits=digits(offered), by=bruno)
    assert Evidence.objects.count() == 1
