"""What somebody needs to take part well is read once the person has a seat, and never before."""

import pytest
from django.urls import reverse

from circles.applying import erasure
from circles.models import Application, Offer, Seat
from circles.seating import memberships, offers
from foundation.accounts.models import Role
from foundation.audit.models import Sighting
from tests.conftest import login, make_user

pytestmark = pytest.mark.usefixtures("drawn_ground")

WORDS = "Rampe und Gebärdensprache"
STAFF = (Role.OFFICE, Role.REVIEWER, Role.LOTTERY_OFFICER, Role.CHAIR, Role.AUDITOR)


@pytest.fixture
def offer(drawn):
    Application.objects.filter(call=drawn.draw.call).update(support_needs=WORDS)
    return drawn.draw.offers.select_related("application", "seat__circle").first()


def needs_path(offer) -> str:
    return reverse("circle_needs", args=[offer.seat.circle.slug])


def pages_about(offer) -> list[str]:
    """Every page on which staff meet this person or this seat."""
    call, circle = offer.draw.call, offer.seat.circle
    return [
        needs_path(offer),
        reverse("circle", args=[circle.slug]),
        reverse("application_list", args=[call.pk]),
        reverse("application_review", args=[call.pk, offer.application.reference]),
        reverse("application_notices", args=[call.pk]),
        reverse("draw_desk", args=[call.pk]),
        reverse("desk"),
        reverse("outbox"),
    ]


@pytest.mark.parametrize("role", STAFF)
def test_nobody_reads_it_before_the_seat_is_taken(client, offer, role):
    reader = login(client, make_user("Leserin", role, factor=True))

    for path in pages_about(offer):
        assert WORDS not in reader.get(path).content.decode(), path


@pytest.mark.parametrize("role", STAFF[1:])
def test_only_the_office_reads_it_afterwards(client, offer, role):
    offers.answer(offer, accept=True, by=offer.application.user)
    reader = login(client, make_user("Leserin", role, factor=True))

    assert reader.get(needs_path(offer)).status_code == 403
    for path in pages_about(offer):
        assert WORDS not in reader.get(path).content.decode(), path


def test_the_office_reads_it_of_whoever_accepted_and_the_look_is_logged(client, offer, otto):
    office = login(client, otto)
    assert WORDS not in office.get(needs_path(offer)).content.decode()
    assert not Sighting.objects.filter(purpose="support-needs").exists()

    offers.answer(offer, accept=True, by=offer.application.user)
    page = office.get(needs_path(offer)).content.decode()

    assert page.count(WORDS) == 1
    seen = Sighting.objects.filter(purpose="support-needs")
    assert list(seen.values_list("viewer_id", "subject_id")) == [
        (otto.pk, str(offer.application_id))
    ]
    way = office.get(reverse("circle", args=[offer.seat.circle.slug])).content.decode()
    assert needs_path(offer) in way


def test_it_is_gone_with_the_seat_and_erased_with_the_person(client, offer, otto):
    person = offer.application.user
    offers.answer(offer, accept=True, by=person)
    memberships.give_back(Seat.objects.get(pk=offer.seat_id), by=person)

    assert WORDS not in login(client, otto).get(needs_path(offer)).content.decode()

    erasure.erase(Application.objects.get(pk=offer.application_id), by=person)
    assert Application.objects.get(pk=offer.application_id).support_needs == ""


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_asks_seven_questions_at_any_size(
    client, offer, otto, many, django_assert_max_num_queries
):
    for each in Offer.objects.filter(draw=offer.draw)[:many]:
        offers.answer(each, accept=True, by=each.application.user)
    office = login(client, otto)

    with django_assert_max_num_queries(7):
        office.get(needs_path(offer))
