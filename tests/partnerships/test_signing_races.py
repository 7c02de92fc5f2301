"""Signing at the same moment: two cities seal once, two clicks are one signature."""

from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from foundation.effects.models import Effect
from partnerships.models import Agreement, Evidence
from partnerships.signing import signatures
from tests.conftest import login
from tests.partnerships.factories import collecting, digests_of, proof_of, signer
from tests.together import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("seal")]


@pytest.fixture
def offered(draft, otto, bruno, paula):
    collecting(draft, otto, bruno, paula)
    return draft


def test_both_cities_sign_at_once_and_one_sealing_follows(offered):
    shown = digests_of(offered)
    failures = []

    def click(user):
        agreement = Agreement.objects.get(pk=offered.pk)
        try:
            signatures.sign(agreement, **shown, proof=proof_of(user), by=user)
        except signatures.CannotSign as refusal:
            failures.append(refusal.code)

    berta, tuomas = (signer(offered, position) for position in (1, 2))
    at_once(partial(click, berta), partial(click, tuomas))
    offered.refresh_from_db()
    assert (failures, offered.state) == ([], "sealing")
    assert Effect.objects.filter(kind="agreement.conclude").count() == 1


def test_two_clicks_at_once_are_one_signature(offered):
    berta = signer(offered, 1)
    typed = {**digests_of(offered), "consent": "on", "idempotency_key": "k" * 32}
    way = [offered.partnership.slug, offered.number]
    answers = []

    def click(client):
        answers.append(client.post(reverse("agreement_sign", args=way), typed))

    clients = [login(Client(), berta, fresh=True) for _n in range(2)]
    at_once(*(partial(click, client) for client in clients))
    assert [each.url for each in answers] == [reverse("agreement", args=way)] * 2
    assert Evidence.objects.count() == 1
