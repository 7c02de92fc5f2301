"""City Labs: where both cities research together, on what, and what has come of it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from partnerships.addresses import free_slug
from partnerships.course.participation import demand_own_party
from partnerships.course.standing import demand_active
from partnerships.models import CityLab, LabSite, Partnership, Party, Topic

State = CityLab.State


class LabWithoutSite(DomainError):
    """An active lab has a place in at least one of the cities."""


def describe(
    partnership: Partnership,
    *,
    name: LocalizedText,
    by: User | None,
    lab: CityLab | None = None,
    purpose: LocalizedText | None = None,
    results: LocalizedText | None = None,
    topics: Iterable[Topic] = (),
    slug: str = "",
) -> CityLab:
    """A new lab as an idea, or new words for `lab`; raises AtRest."""
    if lab is None:
        demand_active(partnership)
    values = {
        "name": name,
        "purpose": purpose or LocalizedText(),
        "results": results or LocalizedText(),
    }
    with transaction.atomic():
        if lab is None:
            slug = slug or free_slug(CityLab, f"{partnership.slug}-{name}")
            lab = CityLab.objects.create(partnership=partnership, slug=slug, **values)
        else:
            CityLab.objects.filter(pk=lab.pk).update(**values)
            lab.refresh_from_db()
        lab.topics.set(topics)
        trail.record("lab.described", lab, by=by, partnership=partnership.pk)
    return lab


def open_site(lab: CityLab, party: Party, place: str, *, by: User | None) -> LabSite:
    """A place of the lab in one city; the same place twice is one. Raises ForeignParty."""
    demand_own_party(lab.partnership, party)
    with transaction.atomic():
        site, created = LabSite.objects.get_or_create(lab=lab, party=party, place=place.strip())
        if created:
            trail.record("lab.site", site, by=by, lab=lab.pk)
    return site


def put(lab: CityLab, state: CityLab.State, *, by: User | None) -> None:
    """Bring a lab to its next state; raises LabWithoutSite, UndeclaredMove."""
    if state == State.ACTIVE and not lab.sites.exists():
        raise LabWithoutSite("lab-without-site", _("Say first where the lab is."))
    states.advance(lab, state, by=by)


def publish(lab: CityLab, *, by: User | None) -> None:
    """Show the lab to everybody who sees the partnership; nothing the second time."""
    with transaction.atomic():
        shown = CityLab.objects.filter(pk=lab.pk, published_at=None).update(
            published_at=timezone.now()
        )
        if shown:
            trail.record("lab.published", lab, by=by)
    lab.refresh_from_db(fields=["published_at"])
