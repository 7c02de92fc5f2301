"""A member's own page of a seat: Clara was named for the ninth."""

from django.utils import timezone

from circles.models import Nomination, Seat
from circles.seating import nominations
from tests.browser.places import of

NO_PAGES = "my_seat_name my_seat_return"


def prepare(people):
    seat = Seat.objects.get(circle__calls__draw_id="demo-offene-sensordaten", number=9)
    made = nominations.nominate(
        seat, name="Clara", email=people["clara"].email, body="Seniorenrat (Demo)",
        nominated_on=timezone.localdate(), reason="Kennt die Wege.", match="Plant Wege.",
        by=people["otto"],
    )  # fmt: skip
    nominations.accept(Nomination.objects.get(pk=made.pk), name_is_public=False, by=people["clara"])


def places():
    return [of("circle_needs", lambda s: [s.drawn.circle.slug], who="otto"),
            of("my_seat", lambda s: [Seat.objects.get(circle=s.drawn.circle, number=9).pk],
               who="clara")]  # fmt: skip
