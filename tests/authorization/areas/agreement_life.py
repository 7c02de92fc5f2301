"""The text and the life of agreements: languages, suggestions, versions, terms, amendments."""

from partnerships import drafts, languages
from partnerships.models import Agreement
from partnerships.translations import texts_of


def places(world):
    """Every agreement of the world has a language; one draft has three."""
    cities = world.cities
    three = cities._draft(cities._partnership("drei"))
    languages.add_third_language(three, by=cities.office)
    cities.places["draft in three languages"] = cities._place(three)
    for place in world.cities.places.values():
        if "number" in place:
            place["language"] = "de"
    return {"draft in three languages": cities.places["draft in three languages"]}


def _found(place):
    return Agreement.objects.filter(number=place["number"]).first()


def _release(world, place):
    found = _found(place)
    digest = drafts.gather(found).language_digest("de") if found else "0" * 64
    return {"digest": digest, "name": "Silva", "function": "Texte"}


def _translate(world, place):
    found = _found(place)
    return {texts_of(drafts.gather(found))[0].key: "Neu"} if found else {"title": "Neu"}


PLAIN = {"agreement_language_add": {}, "agreement_language_drop": {}}
DEPENDENT = {"agreement_release": _release, "agreement_translate": _translate}
