"""The list of agreements: who must act, what ends when, always in as many queries."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from partnerships.course import phases
from partnerships.directory import directory
from partnerships.models import Agreement
from partnerships.signing import signatures
from partnerships.wording import agreements, amendments, overview, terms
from tests.conftest import login
from tests.partnerships.factories import (
    agree_by_all,
    both,
    collecting,
    concluded,
    digests_of,
    proof_of,
    signer,
)

pytestmark = pytest.mark.usefixtures("seal", "draft_ground")


def names(user, **filters):
    return [(line.task, list(line.names)) for line in overview.lines_for(user, **filters)]


def test_who_must_act(draft, sides, otto, bruno, paula):
    assert names(otto) == [("work on the text and agree to it", ["Bielefeld", "Tampere"])]
    agree_by_all(draft, bruno, paula)
    assert names(otto) == [("freeze the version", ["Bielefeld", "Tampere", "Office"])]


def test_whoever_has_not_signed_must_act(draft, otto, bruno, paula):
    collecting(draft, otto, bruno, paula)
    assert names(paula) == [("sign", ["Bielefeld", "Tampere"])]
    user = signer(draft, 1)
    signatures.sign(draft, **digests_of(draft), proof=proof_of(user), by=user)
    assert names(paula, ours=True) == [("sign", ["Tampere"])]
    assert names(bruno, ours=True) == []


def test_what_ends_soon_and_which_city_has_to_declare(draft, sides, otto, bruno, paula):
    end = timezone.localdate() + dt.timedelta(days=60)
    agreements.set_term(draft, starts_on=None, ends_on=end, notice_months=6, by=otto)
    concluded(draft, otto, bruno, paula)
    today = timezone.localdate()
    assert names(otto, ending_by=today + dt.timedelta(days=90)) == [("", [])]
    assert names(otto, ending_by=today + dt.timedelta(days=30)) == []
    later = end + dt.timedelta(days=365)
    proposal = terms.propose_renewal(draft, sides[0], ends_on=later, by=bruno)
    assert names(paula, ours=True) == [("declare the same end of the term", ["Tampere"])]
    assert names(bruno, ours=True) == []
    terms.declare_renewal(proposal, sides[1], digest=proposal.digest, by=paula)
    assert overview.lines_for(otto)[0].end == later
    assert names(otto, ending_by=today + dt.timedelta(days=90)) == []


def test_three_agreements_ask_no_more_than_one(client, draft, otto, bruno, paula):
    concluded(draft, otto, bruno, paula)
    login(client, otto)
    address = reverse("agreement_list")
    client.get(address)

    def counted():
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    amendments.draft_amendment(draft, by=otto)
    agreements.draft_agreement(draft.partnership, by=otto)
    few = counted()
    for n in range(3):
        cities = [
            directory.list_municipality(
                f"s{n}{k}", name=both(f"Stadt {n}{k}"), country="SE", by=None
            )
            for k in range(2)
        ]
        agreements.draft_agreement(phases.open_partnership(cities, by=None), by=otto)
    assert Agreement.objects.count() == 6
    assert counted() == few


def test_the_list_is_for_those_who_work_on_agreements(client, draft, otto, paula, clara):
    address = reverse("agreement_list")
    assert client.get(address).status_code == 302
    login(client, clara)
    assert client.get(address).status_code == 403
    client.logout()
    login(client, paula)
    page = client.get(address, {"ours": "on"})
    assert draft.number in page.content.decode()
    assert draft.number not in client.get(address, {"state": "concluded"}).content.decode()
