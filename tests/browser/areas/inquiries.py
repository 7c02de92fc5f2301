"""Pages of questions to applicants, and of leaving an application to others."""

from __future__ import annotations

from circles.models import Application
from circles.reviewing import inquiries
from tests.browser.places import MAIN_FORM, Place, of
from tests.browser.scene import Scene

NO_PAGES = "application_answer"


def prepare(people) -> None:
    application = Application.objects.get(user=people["clara"], state="submitted")
    inquiries.ask(application, "Arbeiten Sie noch in Bielefeld?", by=people["rita"])


def places() -> list[Place]:
    return [
        of("application_ask", _reviewed, who="otto"),
        of("application_ask:wrong", _reviewed, who="otto", sends=MAIN_FORM),
        of("application_recuse", _reviewed, who="otto"),
        of("application_review:asked", _asked, who="otto"),
        of("my_answer", lambda scene: _asked(scene)[1:], who="clara"),
        of("my_answer:wrong", lambda scene: _asked(scene)[1:], who="clara", sends=MAIN_FORM),
    ]


def _reviewed(scene: Scene) -> list:
    return [scene.open_call.pk, scene.reviewed.reference]


def _asked(_scene: Scene) -> list:
    asked = Application.objects.filter(inquiries__isnull=False).latest("pk")
    return [asked.call_id, asked.reference]
