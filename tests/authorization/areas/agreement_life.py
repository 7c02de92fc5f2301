"""The text and the life of agreements: languages, suggestions, versions, terms, amendments."""

from partnerships import drafts
from partnerships.models import Agreement


def places(world):
    """Every agreement of the world has a language."""
    for place in world.cities.places.values():
        if "number" in place:
            place["language"] = "de"
    return {}


def _found(place):
    return Agreement.objects.filter(number=place["number"]).first()


def _release(world, place):
    found = _found(place)
    digest = drafts.gather(found).language_digest("de") if found else "0" * 64
    return {"digest": digest, "name": "Silva", "function": "Texte"}


PLAIN = {"agreement_language_add": {}, "agreement_language_drop": {}}
DEPENDENT = {"agreement_release": _release, "agreement_translate": lambda world, place: {}}
