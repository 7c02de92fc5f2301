"""Canaries in a result that is being prepared, and in one that is withheld."""

from __future__ import annotations

from circles.resulting import results
from tests.circles.factories import make_work_order, text
from tests.circles.results import add_measure, office_order, prepared, second_office
from tests.leaks.fields import word


def plant(world) -> None:
    vision = world.order.vision
    draft = prepared(
        world.office,
        order=office_order(world.office, vision=vision),
        **{
            name: text(word(f"Result.{name}"))
            for name in ("title", "summary", "text", "press_text")
        },
    )
    for state, note in (("planned", ""), ("rejected", word("Measure.reason"))):
        add_measure(
            draft, by=second_office(), state=state, note=text(note) if note else None,
            title=text(word("Measure.title")), description=text(word("Measure.description")),
            responsible=word("Measure.responsible"),
        )  # fmt: skip
    results.send_back(draft, word("Result.sent_back"), by=world.office)
    withheld = prepared(
        world.office, order=office_order(world.office, vision=vision),
        title=text(word("Result.title of a withheld one")),
    )  # fmt: skip
    results.withhold(withheld, text("Rechte Dritter"), by=world.office)
    open_order = make_work_order(world.office, vision=vision, addressee="office")
    world.places["order"] = [
        world.order.number, draft.work_order.number, withheld.work_order.number, open_order.number,
    ]  # fmt: skip
