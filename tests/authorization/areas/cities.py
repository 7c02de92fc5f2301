"""A city with a strength, and a partnership with a contribution to its target picture."""

from partnerships.cities import cities
from partnerships.course import phases, target_pictures
from partnerships.models import Municipality
from tests.partnerships.factories import both


def places(world):
    city = world.cities.bielefeld
    cities.add_strength(city, Municipality.StrengthKind.INDUSTRY, both("Maschinenbau"), by=None)
    key = city.strengths_by_kind("de")[0][1][0]["key"]
    made = phases.open_partnership([city, world.cities.tampere], name="Bild", slug="bild", by=None)
    target_pictures.write(made, both("Offene Daten"), based_on=0, by=None)
    said = target_pictures.contribute(made, contributor="Team", text="Mehr", by=None)
    return {
        "city with a strength": {"slug": city.slug, "key": key},
        "partnership with a contribution": {"slug": "bild", "pk": said.pk},
        "contribution of another partnership": {"slug": "eins", "pk": said.pk},
    }


def _key(world, place):
    return {"key": place["key"]}


PLAIN: dict[str, dict[str, object]] = {
    "municipality_edit": {"profile_de": "Stadt", "profile_en": "City", "region": "Region"},
    "strength_list": {"kind": "research", "text_de": "Forschung", "text_en": "Research"},
    "picture_write": {"text_de": "Neu", "text_en": "New", "based_on": "1"},
    "picture_contribute": {"contributor": "Team", "text": "Noch mehr"},
    "connection_new": {"kind": "topic", "text_de": "Wasser", "text_en": "Water"},
    "picture_answer": {"answer": "not", "reason": "Passt nicht"},
}
DEPENDENT = {"strength_drop": _key}
