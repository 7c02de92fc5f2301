"""The team of the office: a function whose name and address nobody outside may see."""

from partnerships.directory import office_contacts
from partnerships.directory.office_contacts import Details
from tests.authorization import canaries
from tests.partnerships.factories import both


def places(world):
    details = Details(
        function=both("Leitung", "Head"),
        helps_with=both("Alles", "Everything"),
        person_name=canaries.OFFICE_PERSON,
        email=canaries.OFFICE_ADDRESS,
    )
    _first, second = (office_contacts.add(details, by=None) for _ in range(2))
    return {"function of the office": {"pk": second.pk}}


PLAIN: dict[str, dict[str, object]] = {
    "office_write": {"name": "Neu", "email": "fragt@example.org", "message": "Wann?"},
    "office_contact_new": {"function_de": "Neu", "function_en": "New", "is_public": "on"},
    "office_contact_edit": {"function_de": "Neu", "function_en": "New", "is_public": "on"},
}
DEPENDENT: dict[str, object] = {}
