"""Somebody who applied on paper; the office gives the file reference of their letter."""

from circles.applying import applications, paper
from circles.models import Application
from tests.circles.factories import answers_yes

NOTED = "AZ 12/2026-7"


def places(world):
    call = world.circles.call
    made = applications.enter_on_paper(
        call, name="Paula Papier", phone="1", answers=answers_yes(call), by=world.people["office"]
    )
    noted = applications.enter_on_paper(
        call, name="Nils Notiert", phone="2", answers=answers_yes(call), by=world.people["office"]
    )
    paper.withdraw(noted, reference=NOTED, by=world.people["office"])
    return {
        "application on paper": {"call_id": call.pk, "reference": made.reference},
        "application with a wish": {"call_id": call.pk, "reference": noted.reference},
    }


def shown_wish(place) -> dict[str, object]:
    """What the page shows to whoever confirms."""
    found = Application.objects.filter(reference=place["reference"], call=place["call_id"]).first()
    ending = paper.open_ending(found, is_erasure=False) if found else None
    return {"reference": ending.reference, "seen": ending.pk} if ending else {"reference": NOTED}


PLAIN: dict[str, dict[str, object]] = {
    "application_erase": {"reference": "AZ 12/2026-8"},
}
DEPENDENT: dict[str, object] = {
    "application_withdraw": lambda world, place: shown_wish(place),
}
