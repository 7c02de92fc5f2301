"""Who takes part on which side, and whom to ask there."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from partnerships.models import Actor, ContactRole, ParticipatingActor, Partnership, Party


class ActorTwice(DomainError):
    """The actor takes part in this partnership already."""


class ForeignParty(DomainError):
    """The city is not one of this partnership."""


def take_part(
    partnership: Partnership,
    actor: Actor,
    *,
    party: Party,
    by: User | None,
    role: LocalizedText | None = None,
) -> ParticipatingActor:
    """Put an actor on the side of one city; raises ActorTwice, ForeignParty."""
    demand_own_party(partnership, party)
    with transaction.atomic():
        place, created = ParticipatingActor.objects.get_or_create(
            partnership=partnership,
            actor=actor,
            defaults={"party": party, "role": role or LocalizedText()},
        )
        if not created:
            raise ActorTwice("actor-twice", _("This actor takes part already."))
        trail.record("actor.takes_part", place, by=by, partnership=partnership.pk)
    return place


def name_contact(
    partnership: Partnership,
    *,
    party: Party,
    function: LocalizedText,
    by: User | None,
    email: str = "",
    office: str = "",
    person_name: str = "",
    phone: str = "",
    shows_email: bool = False,
    name_is_public: bool = False,
) -> ContactRole:
    """A contact function of one city, with the mailbox of the function; raises ForeignParty.

    Strangers see the address only with `shows_email`; the form reaches it in any case.
    """
    demand_own_party(partnership, party)
    with transaction.atomic():
        contact = ContactRole.objects.create(
            partnership=partnership,
            party=party,
            position=partnership.contact_roles.filter(party=party).count() + 1,
            function=function,
            email=email,
            office=office,
            person_name=person_name,
            phone=phone,
            shows_email=shows_email,
            name_is_public=name_is_public,
        )
        trail.record("contact.named", contact, by=by, partnership=partnership.pk)
    return contact


def change_contact(
    contact: ContactRole,
    *,
    function: LocalizedText,
    office: str,
    email: str,
    person_name: str,
    phone: str,
    shows_email: bool,
    name_is_public: bool,
    is_public: bool,
    by: User | None,
) -> None:
    """New words for a contact point; the person may be replaced, the function stays."""
    values = {
        "function": function,
        "office": office,
        "email": email,
        "person_name": person_name,
        "phone": phone,
        "shows_email": shows_email,
        "name_is_public": name_is_public,
        "is_public": is_public,
    }
    with transaction.atomic():
        ContactRole.objects.filter(pk=contact.pk).update(**values)
        trail.record("contact.changed", contact, by=by, partnership=contact.partnership_id)
    contact.refresh_from_db()


def demand_own_party(partnership: Partnership, party: Party) -> None:
    """Raise ForeignParty unless `party` belongs to `partnership`."""
    if party.partnership_id != partnership.pk:
        raise ForeignParty("foreign-party", _("This city does not belong to the partnership."))
