"""Somebody who applied on paper; the office gives the file reference of their letter."""

from circles.applying import applications
from tests.circles.factories import answers_yes


def places(world):
    call = world.circles.call
    made = applications.enter_on_paper(
        call, name="Paula Papier", phone="1", answers=answers_yes(call), by=world.people["office"]
    )
    return {"application on paper": {"call_id": call.pk, "reference": made.reference}}


PLAIN: dict[str, dict[str, object]] = {
    "application_withdraw": {"reference": "AZ 12/2026-7"},
    "application_erase": {"reference": "AZ 12/2026-8"},
}
DEPENDENT: dict[str, object] = {}
