"""A challenge of the catalogue; the body of its form speaks for Bielefeld."""

from partnerships.cities import challenges
from tests.partnerships.factories import both


def places(world):
    made = challenges.list_challenge(
        title=both("Wie bleibt die Luft gut?"), topic=world.cities.topic, by=None
    )
    return {"challenge": {"slug": made.slug}}


def _words(world, place):
    typed = {"title_de": "Wohin mit dem Regen?", "title_en": "Where does the rain go?"}
    return {**typed, "topic": world.cities.topic.pk}


def _stance(world, place):
    return {"municipality": world.cities.bielefeld.pk, "stance": "seeks"}


PLAIN: dict[str, dict[str, object]] = {}
DEPENDENT = {"challenge_new": _words, "challenge_edit": _words, "challenge_city": _stance}
