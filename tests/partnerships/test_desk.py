"""Agreements and target pictures on the desk of those who have to act."""

import pytest

from config.pages.desk import of_partnerships
from foundation import states
from foundation.languages import LocalizedText
from partnerships.course import phases
from partnerships.models import Agreement
from partnerships.signing import signatures
from tests.partnerships.factories import both, collecting, digests_of, fresh, proof_of, signer


@pytest.fixture
def offered(draft, otto, bruno, paula):
    collecting(draft, otto, bruno, paula)
    return draft


def lines(user) -> list[str]:
    return [item.what for item in of_partnerships.items(fresh(user))]


def test_who_is_to_sign_finds_it_until_it_is_signed(offered, dora):
    berta, line = signer(offered, 1), f"Sign {offered.number}"
    (item,) = [each for each in of_partnerships.items(berta) if each.what == line]
    assert (item.until, item.url) == (
        offered.sign_by,
        f"/partnerschaften/{offered.partnership.slug}/abkommen/{offered.number}/unterschreiben/",
    )
    signatures.sign(offered, **digests_of(offered), proof=proof_of(berta), by=berta)
    assert line not in lines(berta)
    assert line in lines(signer(offered, 2))
    assert lines(dora) == []


def test_a_city_is_asked_for_its_target_picture_until_it_has_approved(partnership, bruno, paula):
    phases.describe(
        partnership,
        lead=LocalizedText(),
        choice_reason=LocalizedText(),
        target_picture=both("Ein Bild"),
        by=None,
    )
    assert lines(bruno) == lines(paula) == []
    for phase in ("contact", "topics", "target_picture"):
        states.advance(partnership, phase, by=None, field="phase")
    assert lines(bruno) == ["Approve the target picture for Bielefeld"]
    phases.approve_target_picture(
        partnership,
        partnership.parties.get(position=1),
        digest=phases.picture_digest(partnership),
        by=bruno,
    )
    assert lines(bruno) == []
    assert lines(paula) == ["Approve the target picture for Tampere"]


def test_the_office_sees_what_stopped(offered, otto, dora):
    signatures.decline(offered, reason="Der Rat will nicht.", by=signer(offered, 1))
    assert Agreement.objects.get(pk=offered.pk).state == "declined"
    assert f"{offered.number} was declined" in lines(otto)
    assert lines(dora) == []
