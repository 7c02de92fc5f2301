"""A signature is that of the person whom both cities agreed on, whoever brings it."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from partnerships.models import Party, Signatory
from partnerships.signing import signatories, signatures
from partnerships.wording import agreements, drafts
from tests.conftest import login
from tests.partnerships.factories import agree_by_all, collecting, release_all
from tests.partnerships.test_kinds_of_evidence import SCAN, place_of

pytestmark = pytest.mark.usefixtures("seal", "draft_ground")


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
def test_a_missing_signature_cannot_be_made_to_be_missed(draft, bielefeld, otto, bruno, paula):
    """Whoever writes to the database drops no place and no city from what has to be complete."""
    collecting(draft, otto, bruno, paula)
    silent = place_of(draft, 2)
    places, cities = Signatory.objects.filter(pk=silent.pk), draft.partnership.parties.all()
    for drop in (
        lambda: places.update(released_at=timezone.now()),
        lambda: places.update(user=otto),
        lambda: places.update(name="Otto Office"),
        lambda: Signatory.objects.create(
            agreement=draft, party=silent.party, position=2, user=otto, name="Otto",
            function=silent.function,
        ),
        lambda: places.delete(),
    ):  # fmt: skip
        with pytest.raises(IntegrityError, match="frozen with its"), transaction.atomic():
            drop()
    for change in (
        lambda: cities.filter(position=2).update(position=3),
        lambda: Party.objects.create(
            partnership=draft.partnership, municipality=bielefeld, position=3
        ),
    ):
        with pytest.raises(IntegrityError, match="agreed on a text"), transaction.atomic():
            change()
    assert [each["signed"] for each in signatures.signed_by(draft)] == [False, False]
