"""How a partnership begins and walks through its nine phases.

Before each next phase stands a gate; what it still lacks is said in words, all at once.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Sequence

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText, digest_of
from partnerships.course import target_pictures
from partnerships.course.standing import demand_active, demand_reason, note_turn
from partnerships.models import (
    Agreement,
    Analysis,
    Consent,
    Encounter,
    Focus,
    Municipality,
    Partnership,
    Party,
    TurningPoint,
)
from partnerships.models.analysis import ENOUGH

Phase = Partnership.Phase
REPORT_AGE = dt.timedelta(days=365)


class PartyTwice(DomainError):
    """The same city was named more than once."""


class TooFewParties(DomainError):
    """A partnership needs at least two cities or regions."""


class PartiesFixed(DomainError):
    """The cities have bound themselves; nobody joins by the way."""


class PartnershipExists(DomainError):
    """There is already a partnership under this name."""


class PictureChanged(DomainError):
    """The target picture reads otherwise than what was shown."""


class GateClosed(DomainError):
    """Conditions of the next phase are not met; `reasons` says which."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("gate-closed", " ".join(reasons))
        self.reasons = list(reasons)


@dataclasses.dataclass(frozen=True)
class Gate:
    """What stands before the next phase; `lacking` is empty when the gate is open."""

    to: Partnership.Phase
    lacking: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        return not self.lacking


def open_partnership(
    municipalities: Sequence[Municipality],
    *,
    by: User | None,
    name: str = "",
    slug: str = "",
    relation: Partnership.Relation = Partnership.Relation.INNOVATION,
    is_pilot: bool = False,
    is_fictional: bool = False,
    lead: LocalizedText | None = None,
    choice_reason: LocalizedText | None = None,
    single_reason: LocalizedText | None = None,
) -> Partnership:
    """A new partnership in phase analysis between these cities, in this order.

    `choice_reason` says why these cities, `single_reason` why no others were compared.

    Raises PartyTwice, TooFewParties, PartnershipExists.
    """
    if len({city.pk for city in municipalities}) < len(municipalities):
        raise PartyTwice(
            "party-twice", _("You named the same city twice. Choose two different cities.")
        )
    if len(municipalities) < 2:
        raise TooFewParties("too-few-parties", _("A partnership needs at least two cities."))
    name = name or " × ".join(str(city) for city in municipalities)
    slug = slug or slugify("-".join(city.slug for city in municipalities))
    with transaction.atomic():
        partnership, created = Partnership.objects.get_or_create(
            slug=slug,
            defaults={
                "name": name,
                "relation": relation,
                "is_pilot": is_pilot,
                "is_fictional": is_fictional,
                "lead": lead or LocalizedText(),
                "choice_reason": choice_reason or LocalizedText(),
                "single_reason": single_reason or LocalizedText(),
            },
        )
        if not created:
            raise PartnershipExists(
                "partnership-exists",
                _("There is already a partnership of these cities. Open it in the list."),
            )
        Party.objects.bulk_create(
            Party(partnership=partnership, municipality=city, position=position)
            for position, city in enumerate(municipalities, start=1)
        )
        trail.record("partnership.opened", partnership, by=by)
    return partnership


def add_party(partnership: Partnership, city: Municipality, *, by: User | None) -> Party:
    """A further city or region at the table, as long as no agreement binds the others.

    Raises PartyTwice, PartiesFixed, AtRest.
    """
    with transaction.atomic():
        Partnership.objects.select_for_update().get(pk=partnership.pk)
        demand_active(partnership)
        if partnership.parties.filter(municipality=city).exists():
            raise PartyTwice("party-twice", _("This city takes part already."))
        free = [Agreement.State.DRAFT, Agreement.State.WITHDRAWN]
        if partnership.agreements.exclude(state__in=free).exists():
            raise PartiesFixed(
                "parties-fixed",
                _(
                    "The cities have agreed on a text already. Open it again, or open a new "
                    "partnership that includes the further city."
                ),
            )
        last = partnership.parties.aggregate(last=Max("position"))["last"] or 0
        party = Party.objects.create(partnership=partnership, municipality=city, position=last + 1)
        trail.record("partnership.party_added", partnership, by=by, party=party.pk)
    return party


def publish_partnership(partnership: Partnership, *, by: User | None) -> None:
    """Show the partnership to everybody; does nothing the second time."""
    with transaction.atomic():
        shown = Partnership.objects.filter(pk=partnership.pk, published_at=None).update(
            published_at=timezone.now()
        )
        if shown:
            trail.record("partnership.published", partnership, by=by)
    partnership.refresh_from_db(fields=["published_at"])


def describe(
    partnership: Partnership,
    *,
    lead: LocalizedText,
    choice_reason: LocalizedText,
    target_picture: LocalizedText,
    by: User | None,
    single_reason: LocalizedText | None = None,
) -> None:
    """Write the opening words, why this partner was chosen, and the shared target picture.

    `single_reason`, why no other city was compared, stays as it is when it is not given.
    """
    values = {"lead": lead, "choice_reason": choice_reason, "target_picture": target_picture}
    if single_reason is not None:
        values["single_reason"] = single_reason
    with transaction.atomic():
        if target_picture and target_picture != partnership.target_picture:
            target_pictures.append(partnership, target_picture, by=by)
        Partnership.objects.filter(pk=partnership.pk).update(**values)
        trail.record("partnership.described", partnership, by=by)
    for name, value in values.items():
        setattr(partnership, name, value)


def picture_digest(partnership: Partnership) -> str:
    """Digest of the target picture in all its languages; consents point at it."""
    picture = partnership.target_picture
    return digest_of("\n".join(f"{each}:{picture.get(each)}" for each in sorted(picture.stored)))


def approve_target_picture(
    partnership: Partnership, party: Party, *, digest: str, by: User
) -> None:
    """One city says yes to the words with this `digest`; raises AtRest, PictureChanged."""
    demand_active(partnership)
    with transaction.atomic():
        locked = Partnership.objects.select_for_update().get(pk=partnership.pk)
        if picture_digest(locked) != digest:
            raise PictureChanged(
                "picture-changed",
                _("The target picture was changed meanwhile. Read it once more, then approve."),
            )
        _consent, created = Consent.objects.get_or_create(
            party=party,
            purpose=Consent.Purpose.TARGET_PICTURE,
            agreement=None,
            digest=digest,
            defaults={"given_by": by},
        )
        if created:
            trail.record("target_picture.approved", partnership, by=by, party=party.pk)


def next_gate(partnership: Partnership) -> Gate | None:
    """The gate before the next phase, or None in the last one."""
    if partnership.phase not in _GATES:
        return None
    to, conditions = _GATES[Phase(partnership.phase)]
    found = [condition(partnership) for condition in conditions]
    return Gate(to, tuple(sentence for sentence in found if sentence))


def move_on(partnership: Partnership, *, by: User | None) -> None:
    """Go to the next phase; raises GateClosed with every reason."""
    demand_active(partnership)
    gate = next_gate(partnership)
    if gate is None:
        raise GateClosed([_("This is the last phase. Renew the partnership or let it end.")])
    if not gate.is_open:
        raise GateClosed(gate.lacking)
    states.advance(partnership, gate.to, by=by, field="phase")


def renew(
    partnership: Partnership, *, with_new_goals: bool, reason: LocalizedText, by: User | None
) -> None:
    """After the evaluation: go on with the same goals, or back to a new agreement.

    Raises AtRest, ReasonMissing, UndeclaredMove.
    """
    kind, to = TurningPoint.Kind.RENEWED, Phase.IMPLEMENTATION
    if with_new_goals:
        kind, to = TurningPoint.Kind.RENEGOTIATED, Phase.AGREEMENT
    demand_reason(reason)
    with transaction.atomic():
        demand_active(partnership)
        states.advance(partnership, to, by=by, field="phase")
        note_turn(partnership, kind, reason=reason, by=by)


# Conditions: an empty answer means met, else the sentence that says what is missing.


def _choice_is_explained(partnership: Partnership) -> str:
    return "" if partnership.choice_reason else _("Note why this partner city was chosen.")


def _candidates_are_compared(partnership: Partnership) -> str:
    """At least two candidates scored with reasons and a noted decision, or why only one."""
    if partnership.single_reason:
        return ""
    analysis = Analysis.objects.filter(partnership=partnership).exclude(decided_on=None).first()
    if analysis is not None and analysis.fully_scored() >= ENOUGH:
        return ""
    return _("Compare at least two candidate cities, or say why only this one was looked at.")


def _both_have_met(partnership: Partnership) -> str:
    met = partnership.encounters.filter(state=Encounter.State.HELD, both_sides=True).exists()
    return "" if met else _("Hold at least one meeting with both sides.")


def _topic_is_shortlisted(partnership: Partnership) -> str:
    wanted = [Focus.Status.SHORTLISTED, Focus.Status.ADOPTED]
    found = partnership.foci.filter(status__in=wanted).exists()
    return "" if found else _("Put at least one shared topic on the short list.")


def _topic_is_adopted(partnership: Partnership) -> str:
    found = partnership.foci.filter(status=Focus.Status.ADOPTED).exists()
    return "" if found else _("Adopt at least one shared topic.")


def _picture_is_approved(partnership: Partnership) -> str:
    if not partnership.target_picture:
        return _("Write down the target picture.")
    approved = set(
        Consent.objects.filter(
            purpose=Consent.Purpose.TARGET_PICTURE,
            party__partnership=partnership,
            digest=picture_digest(partnership),
        ).values_list("party_id", flat=True)
    )
    open_ = [
        str(party)
        for party in partnership.parties.select_related("municipality")
        if party.pk not in approved
    ]
    if not open_:
        return ""
    return _("These cities have not approved the target picture yet: %(cities)s.") % {
        "cities": ", ".join(open_)
    }


def _agreement_is_concluded(partnership: Partnership) -> str:
    found = partnership.agreements.filter(state=Agreement.State.CONCLUDED).exists()
    return "" if found else _("Conclude an agreement that all cities have signed.")


def _action_is_concrete(partnership: Partnership) -> str:
    if partnership.actions.concrete().exists():
        return ""
    return _("Put at least one action on the plan, with an owner, a date and an indicator.")


def _something_was_measured(partnership: Partnership) -> str:
    since = timezone.localdate() - REPORT_AGE
    found = partnership.goals.filter(latest_on__gte=since).exists()
    return "" if found else _("Enter at least one measured value of the past year.")


Condition = Callable[[Partnership], str]
_GATES: dict[Partnership.Phase, tuple[Partnership.Phase, tuple[Condition, ...]]] = {
    Phase.ANALYSIS: (Phase.CONTACT, (_choice_is_explained, _candidates_are_compared)),
    Phase.CONTACT: (Phase.TOPICS, (_both_have_met,)),
    Phase.TOPICS: (Phase.TARGET_PICTURE, (_topic_is_shortlisted,)),
    Phase.TARGET_PICTURE: (Phase.AGREEMENT, (_topic_is_adopted, _picture_is_approved)),
    Phase.AGREEMENT: (Phase.ACTION_PLAN, (_agreement_is_concluded,)),
    Phase.ACTION_PLAN: (Phase.IMPLEMENTATION, (_action_is_concrete,)),
    Phase.IMPLEMENTATION: (Phase.MONITORING, ()),
    Phase.MONITORING: (Phase.EVALUATION, (_something_was_measured,)),
}
