"""A signature is that of the person whom both cities agreed on, whoever brings it."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partnerships.course import phases
from partnerships.models import Evidence, Party, Signatory
from partnerships.signing import reservations, signatories, signatures
from partnerships.signing.signature_fields import field_of
from partnerships.views.agreement import page_of
from partnerships.wording import agreements, drafts
from tests.conftest import login
from tests.foundation.documents.test_external import signed
from tests.partnerships.factories import agree_by_all, digests_of, proof_of, release_all, signer
from tests.partnerships.test_kinds_of_evidence import SCAN, place_of
from tests.partnerships.test_own_certificate import certificate, current, issued, offered

pytestmark = pytest.mark.usefixtures("seal")
__all__ = ["issued", "offered"]


def agreed_again(agreement, party, by):
    """Whether the consent of this one city is enough, the others having consented before."""
    release_all(agreement, by)
    agreements.agree(agreement, party, digest=drafts.gather(agreement).digest(), by=by)
    return agreement.state == "agreed"


@pytest.mark.req("R7")
def test_another_account_under_the_same_name_asks_both_cities_anew(
    draft, sides, otto, bruno, paula
):
    agree_by_all(draft, bruno, paula)
    tuomas = place_of(draft, 2)
    signatories.release_signatory(tuomas, by=otto)
    signatories.name_signatory(
        draft, sides[1], email="somebody.else@example.org", name=tuomas.name,
        function=tuomas.function, language="en", by=otto,
    )  # fmt: skip
    draft.refresh_from_db()
    assert not agreed_again(draft, sides[0], bruno)
    assert agreed_again(draft, sides[1], paula)


def test_another_authority_document_asks_both_cities_anew(draft, sides, otto, bruno, paula):
    signatories.appoint_deputy(place_of(draft, 2), deputy_for="Otta", data=SCAN, by=otto)
    agree_by_all(draft, bruno, paula)
    again = SCAN.replace(b"%%EOF", b"% another\n%%EOF")
    signatories.appoint_deputy(place_of(draft, 2), deputy_for="Otta", data=again, by=otto)
    draft.refresh_from_db()
    assert not agreed_again(draft, sides[0], bruno)


def test_office_and_own_city_find_the_way_to_say_who_signs_in_place_of_another(
    client, draft, otto, bruno, paula, olaf
):
    place = place_of(draft, 1)
    where = [draft.partnership.slug, draft.number]
    way = f'href="{reverse("signatory_deputy", args=[*where, place.pk])}"'
    for reader, finds in ((otto, True), (bruno, True), (paula, False), (olaf, False)):
        login(client, reader, fresh=True)
        assert (way in client.get(reverse("agreement", args=where)).content.decode()) is finds
    signatories.appoint_deputy(place, deputy_for="Otta Oben", data=SCAN, by=otto)
    login(client, otto, fresh=True)
    assert "Otta Oben" in client.get(reverse("agreement", args=where)).content.decode()


@pytest.mark.req("R8")
def test_one_certificate_does_not_sign_for_other_people(issued, otto):
    for position in (1, 2):
        place = place_of(issued, position)
        held = reservations.reserve(issued, place, by=otto)
        uploaded = signed(current(issued), certificate("MUSTER Otto Office"), field_of(place))
        with pytest.raises(reservations.OtherPersonsCertificate, match=place.name):
            reservations.bring_back(held, uploaded, by=otto)
        reservations.give_back(held, by=otto)
    assert not Evidence.objects.exists()


@pytest.mark.req("R8")
def test_titles_accents_and_the_order_of_names_do_not_matter(issued, otto):
    place = place_of(issued, 2)
    assert signer(issued, 2) == place.user
    held = reservations.reserve(issued, place, by=otto)
    right = certificate("MUSTER Dr. BEISPIEL, Túomas")
    reservations.bring_back(held, signed(current(issued), right, field_of(place)), by=otto)
    assert Evidence.objects.get().pdf_sha256 == digests_of(issued)["pdf_sha256"]


def test_what_the_certificate_says_of_a_person_is_not_public(
    issued, sides, otto, bruno, paula, do_work
):
    place, tuomas = place_of(issued, 1), signer(issued, 2)
    held = reservations.reserve(issued, place, by=otto)
    own = certificate("MUSTER Berta Beispiel PNO-4711")
    reservations.bring_back(held, signed(current(issued), own, field_of(place)), by=otto)
    signatures.sign(issued, **digests_of(issued), proof=proof_of(tuomas), by=tuomas)
    do_work()
    for party, user in zip(sides, (bruno, paula), strict=True):
        agreements.agree_to_publication(issued, party, by=user)
    phases.publish_partnership(issued.partnership, by=otto)
    page = page_of(issued)
    stranger, partner = Client().get(page), login(Client(), paula).get(page)
    assert stranger.status_code == 200
    assert "PNO-4711" in partner.content.decode()
    assert "PNO-4711" not in stranger.content.decode()


@pytest.mark.req("R8")
def test_a_missing_signature_cannot_be_made_to_be_missed(offered, bielefeld, otto):
    """Whoever writes to the database drops no place and no city from what has to be complete."""
    silent = place_of(offered, 2)
    places, cities = Signatory.objects.filter(pk=silent.pk), offered.partnership.parties.all()
    for drop in (
        lambda: places.update(released_at=timezone.now()),
        lambda: places.update(user=otto),
        lambda: places.update(name="Otto Office"),
        lambda: Signatory.objects.create(
            agreement=offered, party=silent.party, position=2, user=otto, name="Otto",
            function=silent.function,
        ),
        lambda: places.delete(),
    ):  # fmt: skip
        with pytest.raises(IntegrityError, match="frozen with its"), transaction.atomic():
            drop()
    for change in (
        lambda: cities.filter(position=2).update(position=3),
        lambda: Party.objects.create(
            partnership=offered.partnership, municipality=bielefeld, position=3
        ),
    ):
        with pytest.raises(IntegrityError, match="agreed on a text"), transaction.atomic():
            change()
    assert [each["signed"] for each in signatures.signed_by(offered)] == [False, False]
