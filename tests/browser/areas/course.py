"""Pages of a partnership's course: first contact, target picture, topics, standing, challenges.

Three further pairs of the invented cities: one writes its picture, one rests, one has ended.
"""

from __future__ import annotations

from foundation.accounts.models import User
from partnerships.course import openings, phases, standing, target_pictures
from partnerships.models import Challenge, Municipality, Opening, Partnership, PictureContribution
from tests.browser.places import MAIN_FORM, Place, at, of
from tests.browser.scene import Scene
from tests.partnerships.factories import both

NO_PAGES = "opening_take_up strength_drop"
PAIR, WRITING, RESTING, ENDED = "lindenau-jaervikoski", "schreibend", "ruhend", "beendet"
WHY = both("Beide Haushalte sind gesperrt.", "Both budgets are frozen.")


def prepare(people: dict[str, User]) -> None:
    office = people["otto"]
    cities = [Municipality.objects.get(slug=slug) for slug in ("lindenau-am-see", "jaervikoski")]
    writing, resting, ended = (
        phases.open_partnership(cities, slug=slug, is_fictional=True, by=office)
        for slug in (WRITING, RESTING, ENDED)
    )
    _write(writing, people)
    standing.suspend(resting, reason=WHY, by=office)
    standing.end(ended, reason=WHY, running=both("Die Karte bleibt.", "The map stays."), by=office)
    openings.note_opening(*cities, origin="Konferenz am Wasser", note="Rief an.", by=office)


def _write(pair: Partnership, people: dict[str, User]) -> None:
    office = people["otto"]
    for n, text in enumerate(
        (
            both("Niemand wird überrascht.", "Nobody is taken by surprise."),
            both("Niemand am Wasser wird überrascht.", "Nobody by the water is surprised."),
        )
    ):
        target_pictures.write(pair, text, based_on=n, note="Nach dem Treffen", by=office)
    for who, text in (("Wasserverband", "Und die Schulen?"), ("Feuerwehr", "Sagt, bis wann.")):
        said = target_pictures.contribute(pair, contributor=who, text=text, by=office)
    target_pictures.answer(said, PictureContribution.Answer.TAKEN_UP, by=office)


def places() -> list[Place]:
    return [*_pictures(), *_standing(), *_topics(), *_cities()]


def _pictures() -> list[Place]:
    return [
        at("picture", PAIR),
        at("picture:written", WRITING, who="otto"),
        at("picture:nothing", RESTING, who="otto"),
        at("picture_write", WRITING, who="berta"),
        at("picture_contribute", WRITING, who="otto"),
        at("picture_contribute:wrong", WRITING, who="otto", sends=MAIN_FORM),
        of("picture_answer", _contribution, who="otto"),
    ]


def _standing() -> list[Place]:
    steps = ("suspend", "end", "renew")
    return [
        at("partnership_standing", PAIR, who="otto"),
        at("partnership_standing:resting", RESTING, who="berta"),
        at("partnership_standing:ended", ENDED, who="otto"),
        *(at(f"partnership_{step}", PAIR, who="otto") for step in steps),
        at("partnership_end:wrong", PAIR, who="otto", sends=MAIN_FORM),
        at("partnership_resume", RESTING, who="otto"),
        at("partnership_reopen", ENDED, who="otto"),
        at("formality_note", PAIR, who="otto"),
        at("formality_note:wrong", PAIR, who="otto", sends=MAIN_FORM),
        at("lesson_new", PAIR, who="otto"),
        at("party_new", PAIR, who="otto"),
        at("opening_list", who="otto"),
        at("opening_new", who="otto"),
        at("opening_new:wrong", who="otto", sends=MAIN_FORM),
        of("opening_let_go", lambda s: [Opening.objects.latest("pk").pk], who="otto"),
    ]


def _topics() -> list[Place]:
    return [
        at("topic_list"),
        at("focus_list", PAIR),
        at("focus_list:nothing", RESTING, who="otto"),
        at("focus_edit", PAIR, "demo-hochwasser", who="otto"),
        at("connection_new", PAIR, who="otto"),
        at("challenge_list"),
        at("challenge_list:topic", query="?thema=demo-hochwasser"),
        of("challenge", _challenge),
        at("challenge_new", who="otto"),
        at("challenge_new:wrong", who="otto", sends=MAIN_FORM),
        of("challenge_edit", _challenge, who="otto"),
        of("challenge_city", _challenge, who="berta"),
    ]


def _cities() -> list[Place]:
    return [
        at("municipality_list"),
        at("municipality_edit", "lindenau-am-see", who="otto"),
        at("strength_list", "lindenau-am-see", who="otto"),
        at("strength_list:nothing", "fjordbygda", who="otto"),
        at("strength_list:wrong", "fjordbygda", who="otto", sends=MAIN_FORM),
    ]


def _contribution(scene: Scene) -> list:
    said = PictureContribution.objects.filter(version__partnership__slug=WRITING)
    return [WRITING, said.filter(answer=PictureContribution.Answer.OPEN).latest("pk").pk]


def _challenge(scene: Scene) -> list[str]:
    return [Challenge.objects.get(topic__slug="demo-hochwasser").slug]
