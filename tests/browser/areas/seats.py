"""A member's own page of a seat: Clara was named for the ninth."""

from django.utils import timezone

from circles.models import Nomination, Seat
from circles.seating import messages, nominations
from tests.browser.places import MAIN_FORM, of

NO_PAGES = "my_seat_name my_seat_return circle_letters_cancel"


def prepare(people):
    seat = Seat.objects.get(circle__calls__draw_id="demo-offene-sensordaten", number=9)
    made = nominations.nominate(
        seat, name="Clara", email=people["clara"].email, body="Seniorenrat (Demo)",
        nominated_on=timezone.localdate(), reason="Kennt die Wege.", match="Plant Wege.",
        by=people["otto"],
    )  # fmt: skip
    nominations.accept(Nomination.objects.get(pk=made.pk), name_is_public=False, by=people["clara"])
    messages.write(
        seat.circle, subject="Treffen", text="Wir beginnen am Montag.", by=people["otto"]
    )


def places():
    return [of("circle_message", _circle, who="otto"),
            of("circle_message:wrong", _circle, who="otto", sends=MAIN_FORM),
            of("circle_letters", _circle, who="otto"),
            of("circle_needs", lambda s: [s.drawn.circle.slug], who="otto"),
            of("my_seat", lambda s: [Seat.objects.get(circle=s.drawn.circle, number=9).pk],
               who="clara")]  # fmt: skip


def _circle(scene):
    return [
        Seat.objects.get(circle__calls__draw_id="demo-offene-sensordaten", number=9).circle.slug
    ]
