"""The citizen sits in a circle, because a body named her."""

from django.utils import timezone

from circles.models import Circle, Nomination
from circles.seating import messages, nominations


def places(world):
    citizen = world.people["citizen"]
    circle = Circle.objects.get(slug=world.circles.places["circle without call"]["slug"])
    made = nominations.nominate(
        circle.seats.get(number=7), name="", email=citizen.email, body="Beirat",
        nominated_on=timezone.localdate(), reason="Kennt sich aus", match="Passt gut",
        by=world.people["office"],
    )  # fmt: skip
    nominations.accept(Nomination.objects.get(pk=made.pk), name_is_public=False, by=citizen)
    messages.write(circle, subject="Treffen", text="Am Montag.", by=world.people["office"])
    return {"own seat": {"pk": made.seat_id}}


PLAIN: dict[str, dict[str, object]] = {
    "my_seat_name": {},
    "my_seat_return": {},
    "circle_message": {"subject": "Treffen", "text": "Am Montag."},
}
DEPENDENT: dict[str, object] = {}
