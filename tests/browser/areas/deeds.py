"""Pages of what comes of a partnership: flyer, goals, steps, projects, labs, voices, news."""

from __future__ import annotations

from django.utils import timezone

from partnerships.course import encounters
from partnerships.deeds import projects
from partnerships.models import Partnership
from partnerships.portrait import flyers
from tests.browser.places import MAIN_FORM, Place, at, of
from tests.browser.scene import Scene
from tests.partnerships.factories import both

NO_PAGES = """
partnerships_feed partnership_feed flyer_order flyer_pdf project_publish lab_publish
ambassador_release news_publish monitoring_csv
"""
PAIR, YOUNG = "lindenau-jaervikoski", "zweites-abkommen"


def prepare(people) -> None:
    """A project that is only an idea, a meeting to come, a flyer in the making."""
    otto, pair = people["otto"], Partnership.objects.get(slug=PAIR)
    projects.catch_idea(pair, title=both("Uferweg (Demo)", "Shore path (demo)"), by=otto)
    encounters.note(
        pair, title=both("Besuch (Demo)", "Visit (demo)"), on=timezone.localdate(), by=otto
    )
    flyers.order(pair, "fi")


def places() -> list[Place]:
    return [*_read(), *_written(), *_of_projects(), *_of_labs()]


def _read() -> list[Place]:
    return [
        at("flyer", PAIR),
        at("goal_history", PAIR, 1),
        at("goal_history:empty", YOUNG, 1, who="otto"),
        at("action_list", PAIR, who="otto"),
        at("action_list:empty", YOUNG, who="otto"),
        at("focus_list", PAIR, who="otto"),
        at("monitoring", PAIR, who="otto"),
        at("monitoring:empty", YOUNG, who="otto"),
        at("news_list"),
        of("news_item", lambda s: [_first("news").slug], who="otto"),
    ]


def _written() -> list[Place]:
    """Forms around a partnership; one of each kind is also sent empty."""
    return [
        of("goal_correct", lambda s: [PAIR, 1, _measured().pk], who="otto"),
        of("focus_edit", lambda s: [PAIR, _first("foci").topic.slug], who="otto"),
        at("connection_new", PAIR, who="otto"),
        at("connection_new:wrong", PAIR, who="otto", sends=MAIN_FORM),
        _part("contact_edit", "contact_roles"),
        of("contact_write", _contact),
        of("contact_write:wrong", _contact, sends=MAIN_FORM),
        of("encounter_settle", _meeting, who="otto"),
        at("ambassador_new", PAIR, who="otto"),
        _part("introduction_new", "ambassadors"),
        at("statement_new", PAIR, who="otto"),
        at("statement_new:wrong", PAIR, who="otto", sends=MAIN_FORM),
        at("news_new", PAIR, who="otto"),
        at("news_new:wrong", PAIR, who="otto", sends=MAIN_FORM),
        of("news_edit", lambda s: [PAIR, _first("news").slug], who="otto"),
        at("action_new", PAIR, who="otto"),
        at("action_new:wrong", PAIR, who="otto", sends=MAIN_FORM),
        _part("action_edit", "actions"),
        _part("action_put", "actions"),
        at("milestone_new", PAIR, who="otto"),
        _part("milestone_edit", "milestones"),
    ]


def _of_projects() -> list[Place]:
    return [
        at("project_new", PAIR, who="otto"),
        of("project", _project),
        of("project:idea", _idea, who="otto"),
        *(of(f"project_{do}", _project, who="otto") for do in ("edit", "put", "join")),
        of("project_join:wrong", _project, who="otto", sends=MAIN_FORM),
    ]


def _of_labs() -> list[Place]:
    bare = "bielefeld-tampere"
    return [
        at("lab_new", PAIR, who="otto"),
        at("lab_new:wrong", PAIR, who="otto", sends=MAIN_FORM),
        of("lab", _lab),
        of("lab:idea", lambda s: [bare, _first("labs", bare).slug], who="otto"),
        *(of(f"lab_{do}", _lab, who="otto") for do in ("edit", "site", "put")),
    ]


def _first(parts: str, slug: str = PAIR):
    return getattr(Partnership.objects.get(slug=slug), parts).order_by("pk").first()


def _part(name: str, parts: str) -> Place:
    return of(name, lambda s: [PAIR, _first(parts).pk], who="otto")


def _measured():
    return Partnership.objects.get(slug=PAIR).goals.get(position=1).measurements.latest("pk")


def _contact(scene: Scene) -> list:
    return [PAIR, Partnership.objects.get(slug=PAIR).contact_roles.exclude(email="").first().pk]


def _meeting(scene: Scene) -> list:
    return [PAIR, Partnership.objects.get(slug=PAIR).encounters.latest("pk").pk]


def _project(scene: Scene) -> list:
    return [PAIR, _first("projects").slug]


def _idea(scene: Scene) -> list:
    return [PAIR, Partnership.objects.get(slug=PAIR).projects.latest("pk").slug]


def _lab(scene: Scene) -> list:
    return [PAIR, _first("labs").slug]
