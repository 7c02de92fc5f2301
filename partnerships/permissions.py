"""Who may do what with partnerships and agreements, one line each.

The office prepares everything; only a partner of a city speaks for it; only a signatory signs.
"""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from foundation.accounts import mandates
from foundation.accounts.models import Role, User
from partnerships.models import (
    Actor,
    Agreement,
    Ambassador,
    Municipality,
    Partnership,
    Party,
    Signatory,
)
from partnerships.models.municipality import MunicipalityQuerySet

Reader = User | AnonymousUser


def is_office(user: Reader) -> bool:
    return mandates.holds(user, Role.OFFICE)


def speaks_for(user: Reader, party: Party) -> bool:
    return mandates.holds(user, Role.PARTNER, party.municipality)


def can_open_partnership(user: Reader) -> bool:
    return is_office(user)


def can_edit_partnership(user: Reader, partnership: Partnership) -> bool:
    office = mandates.holds(user, Role.OFFICE, partnership)
    return office or party_of(user, partnership) is not None


def can_move_partnership(user: Reader, partnership: Partnership) -> bool:
    return can_edit_partnership(user, partnership)


def can_see_plan(user: Reader, partnership: Partnership) -> bool:
    """Names in the action plan, monitoring figures: those who work for the partnership."""
    return Partnership.objects.working_for(user).filter(pk=partnership.pk).exists()


def can_introduce(user: Reader, ambassador: Ambassador) -> bool:
    own = user.is_authenticated and ambassador.user_id == user.pk and ambassador.ended_on is None
    return own or can_edit_partnership(user, ambassador.partnership)


def can_write_picture(user: Reader, partnership: Partnership) -> bool:
    """Whoever edits the partnership, and its project team."""
    team = mandates.holds(user, Role.PROJECT_TEAM, partnership)
    return team or can_edit_partnership(user, partnership)


def can_publish_partnership(user: Reader, partnership: Partnership) -> bool:
    return is_office(user)


def can_reopen_partnership(user: Reader, partnership: Partnership, *, way_back: bool) -> bool:
    """Both cities while the way back is open, afterwards the office alone."""
    return can_edit_partnership(user, partnership) if way_back else is_office(user)


def can_add_party(user: Reader, partnership: Partnership) -> bool:
    return mandates.holds(user, Role.OFFICE, partnership)


def can_see_openings(user: Reader) -> bool:
    return is_office(user)


def can_write_analysis(user: Reader) -> bool:
    return is_office(user)


def can_see_analyses(user: Reader) -> bool:
    """The office, and partners of a city: an analysis of their own city is open to them."""
    return is_office(user) or bool(mandates.subjects_of(user, Role.PARTNER, Municipality))


def can_edit_municipality(user: Reader, municipality: Municipality) -> bool:
    return is_office(user) or mandates.holds(user, Role.PARTNER, municipality)


def can_list_actor(user: Reader) -> bool:
    return is_office(user) or mandates.holds_any(user, Role.PARTNER)


def can_list_challenge(user: Reader) -> bool:
    return can_list_actor(user)


def own_cities(user: Reader) -> MunicipalityQuerySet:
    """Cities for which `user` may write: all for the office, their own for partners."""
    if is_office(user):
        return Municipality.objects.all()
    own = mandates.subjects_of(user, Role.PARTNER, Municipality)
    return Municipality.objects.filter(pk__in=own)


def can_edit_actor(user: Reader, actor: Actor) -> bool:
    """The office, and partners of the city that the entry belongs to."""
    city = actor.municipality
    return is_office(user) or (city is not None and mandates.holds(user, Role.PARTNER, city))


def can_keep_directory(user: Reader) -> bool:
    """Importing, merging, asking contacts and inviting experts."""
    return is_office(user)


def can_read_draft(user: Reader, agreement: Agreement) -> bool:
    return Agreement.objects.filter(pk=agreement.pk, published_at=None).visible_to(user).exists()


def can_list_agreements(user: Reader) -> bool:
    return mandates.holds_any(user, Role.OFFICE, Role.AUDITOR, Role.PARTNER, Role.SIGNATORY)


def can_read_versions(user: Reader, agreement: Agreement) -> bool:
    return Agreement.objects.filter(pk=agreement.pk).known_to(user).exists()


def can_edit_agreement(user: Reader, agreement: Agreement) -> bool:
    return can_edit_partnership(user, agreement.partnership)


def can_reopen_agreement(user: Reader, agreement: Agreement) -> bool:
    """Whoever edits it; the office alone when all have signed and the seal cannot be set."""
    office_only = agreement.state == Agreement.State.SEALING
    return is_office(user) if office_only else can_edit_agreement(user, agreement)


def can_prepare_for(user: Reader, party: Party) -> bool:
    """Naming signatories and councils of a city: its own partners, or the office."""
    return is_office(user) or speaks_for(user, party)


def can_agree(user: Reader, agreement: Agreement) -> bool:
    return party_of(user, agreement.partnership) is not None


def can_freeze(user: Reader, agreement: Agreement) -> bool:
    return can_edit_agreement(user, agreement)


def can_sign(user: Reader, agreement: Agreement) -> bool:
    return signatory_of(user, agreement) is not None


def can_bring(user: Reader, place: Signatory) -> bool:
    """Bringing a scan or a signed file for a place: its own city's partners, the office, itself."""
    return can_prepare_for(user, place.party) or place.user_id == user.pk


def can_compare(user: Reader, agreement: Agreement) -> bool:
    return is_office(user) or party_of(user, agreement.partnership) is not None


def can_see_evidence(user: Reader, agreement: Agreement) -> bool:
    """Scans, authority documents and the full protocol: those of the agreement, and auditors."""
    readers = mandates.holds(user, Role.AUDITOR) or mandates.holds(
        user, Role.AUDITOR, agreement.partnership
    )
    return can_compare(user, agreement) or can_sign(user, agreement) or readers


def can_download(user: Reader, agreement: Agreement) -> bool:
    return Agreement.objects.filter(pk=agreement.pk).visible_to(user).exists()


def party_of(user: Reader, partnership: Partnership) -> Party | None:
    """The party that `user` speaks for as a partner; the first one, should there be two."""
    parties = partnership.parties.select_related("municipality")
    return next((party for party in parties if speaks_for(user, party)), None)


def signatory_of(user: Reader, agreement: Agreement) -> Signatory | None:
    """The place in which `user` signs this agreement, while the mandate has effect."""
    if not user.is_authenticated:
        return None
    places = agreement.signatories.filter(user=user, released_at=None).select_related("party")
    return next(
        (place for place in places if mandates.holds(user, Role.SIGNATORY, place.party)), None
    )
