"""Whoever is named to sign cannot leave yet; what was signed keeps its name, else it goes."""

from __future__ import annotations

import pytest

from config import leaving as accounts
from foundation.accounts import mandates
from foundation.accounts.models import Mandate
from partnerships import leaving
from partnerships.deeds import ambassadors
from partnerships.models import Ambassador
from tests.partnerships.factories import both, concluded

pytestmark = pytest.mark.usefixtures("seal", "draft_ground")


def first_place(agreement):
    return agreement.signatories.get(party__position=1)


def test_a_pending_signature_holds_back_until_the_agreement_is_over(draft, otto, bruno, paula):
    berta = first_place(draft).user
    assert f"You are named to sign {draft.number}." in [
        each.what for each in accounts.obstacles(berta)
    ]
    concluded(draft, otto, bruno, paula)
    for mandate in Mandate.objects.filter(user=berta):
        mandates.revoke(mandate, by=otto)
    assert accounts.obstacles(berta) == []
    leaving.forget(berta)
    assert first_place(draft).name == "Berta Beispiel", "the sealed text names her"


def test_a_role_to_come_holds_back_as_well(db, bruno, clara):
    assert [each.what for each in accounts.obstacles(bruno)] == [
        "You still have a role: Partner of a city"
    ]
    assert accounts.obstacles(clara) == []


def test_ambassadors_step_down_and_unsigned_places_lose_the_name(draft, sides, clara):
    made = ambassadors.appoint(
        draft.partnership, party=sides[0], role=both("Botschafterin"), person_name="Clara",
        name_is_public=True, user=clara, by=None,
    )  # fmt: skip
    place = first_place(draft)
    leaving.forget(clara)
    leaving.forget(place.user)
    made = Ambassador.objects.get(pk=made.pk)
    assert (made.user, made.person_name, made.ended_on is None) == (None, "", False)
    place.refresh_from_db()
    assert place.name == leaving.UNNAMED
