"""Results prepared, public and withheld, a circle that adopted its proposal, all their forms."""

from __future__ import annotations

from circles.models import Result
from circles.resulting import answers, results
from formats.models import Vision, WorkOrder
from foundation.accounts.models import User
from tests.browser.places import MAIN_FORM, Place, at, of
from tests.browser.scene import Scene
from tests.circles.factories import circle_at_work, make_work_order, text
from tests.circles.results import (
    add_measure,
    adopt,
    office_order,
    prepared,
    published,
    second_office,
)

NAME, SLUG = "Hell und sicher", "hell-und-sicher"
NO_PAGES = "result_take_up measure_remove result_feed result_year result_document"


def prepare(people: dict[str, User]) -> None:
    otto = people["otto"]
    vision = Vision.objects.filter(state="adopted").first()
    order = make_work_order(otto, vision=vision)
    adopt(circle_at_work(otto, members=8, name=NAME, order=order, is_demo=True), otto)
    draft, withheld = (prepared(otto, order=office_order(otto, vision=vision)) for _ in range(2))
    add_measure(draft, by=second_office())
    results.withhold(withheld, text("Es verletzt Rechte Dritter.", "Rights of others."), by=otto)
    words = {"press_text": text("Für die Presse", "For the press"), "with_paper": False}
    public = published(otto, order=office_order(otto, vision=vision), **words)
    add_measure(
        public, by=otto, state="rejected", title=text("Mehr Bäume", "More trees"),
        note=text("Die Leitungen liegen zu flach.", "The pipes are too near."),
    )  # fmt: skip
    answers.give(
        public,
        text("Sechs Leuchten stehen.", "Six lamps stand."),
        next_due_on=public.answer_due_on.replace(year=public.answer_due_on.year + 1),
        by=otto,
    )
    office_order(otto, vision=vision)


def places() -> list[Place]:
    return [
        at("result_list"),
        at("result_list:overdue", query="?offen=1"),
        of("result", _public),
        of("result:office", _public, who="otto"),
        of("result:prepared", _prepared, who="otto"),
        of("result:withheld", _withheld),
        of("circle_finalise", _circle, who="otto"),
        of("circle_finalise:wrong", _circle, who="otto", sends=MAIN_FORM),
        of("result_prepare", _waiting, who="otto"),
        of("result_prepare:wrong", _waiting, who="otto", sends=MAIN_FORM),
        of("result_publish", _prepared, who="otto"),
        of("result_publish:wrong", _prepared, who="otto", sends=MAIN_FORM),
        of("result_withhold", _prepared, who="otto"),
        of("result_send_back", _prepared, who="otto"),
        of("result_answer", _public, who="otto"),
        of("result_answer:wrong", _public, who="otto", sends=MAIN_FORM),
        of("measure_new", _public, who="otto"),
        of("measure_new:wrong", _public, who="otto", sends=MAIN_FORM),
        of("measure_edit", lambda s: [*_prepared(s), 1], who="otto"),
        of("measure_move", lambda s: [*_public(s), 1], who="otto"),
    ]


def _number(state: str) -> list[str]:
    return [Result.objects.filter(state=state).earliest("pk").work_order.number]


def _public(scene: Scene) -> list[str]:
    return _number("published")


def _prepared(scene: Scene) -> list[str]:
    return _number("prepared")


def _withheld(scene: Scene) -> list[str]:
    return _number("withheld")


def _circle(scene: Scene) -> list[str]:
    return [SLUG]


def _waiting(scene: Scene) -> list[str]:
    return [WorkOrder.objects.filter(state="presented", outcome=None).earliest("pk").number]
