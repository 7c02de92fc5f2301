"""Who learns in a cohort: invited by the office, joined by accepting the rules, shown by consent.

Anybody can be invited; nothing about an organisation decides on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from formats.learning import origins, sheets
from formats.models import Cohort, CohortMember, KnowledgeGiver, KnowledgeItem, Openness
from foundation import states
from foundation.accounts import people
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from foundation.mail import outbox
from partnerships.models import Actor, Topic

State = CohortMember.State


class AlreadyInvited(DomainError):
    """The person has a place in this cohort."""


class CohortClosed(DomainError):
    """The cohort is archived."""


class NotBegun(DomainError):
    """The cohort is still being prepared."""


class RulesNotAccepted(DomainError):
    """Whoever joins accepts the rules."""


class NameNotAgreed(DomainError):
    """A name is shown only of somebody who agreed to it."""


def invite(
    cohort: Cohort,
    *,
    email: str,
    organisation: str,
    by: User | None,
    name: str = "",
    language: str = "de",
    industry: Topic | None = None,
    function: str = "",
    is_guest: bool = False,
) -> CohortMember:
    """Offer somebody a place, by mail. Raises AlreadyInvited, CohortClosed."""
    demand_open(cohort)
    with transaction.atomic():
        Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
        person = people.person_with(email, name=name, language=language)
        if CohortMember.objects.of(person).filter(cohort=cohort).exists():
            raise AlreadyInvited("already-invited", _("This person has a place in the cohort."))
        made = CohortMember.objects.create(
            cohort=cohort, user=person, organisation=organisation, industry=industry,
            function=function, is_guest=is_guest,
        )  # fmt: skip
        trail.record("cohort.invited", made, by=by)
        outbox.queue(
            "learning_invitation",
            key=f"learning-invitation-{made.pk}",
            to=person.email,
            to_name=person.name,
            language=person.language,
            subject=made,
            context={"cohort": cohort, "network": cohort.network},
            by=by,
        )
    return made


def join(member: CohortMember, *, accepts_rules: bool, by: User, **profile: Any) -> None:
    """Take the place, with the rules accepted. Raises RulesNotAccepted, NotBegun."""
    demand_open(member.cohort)
    if member.cohort.state == Cohort.State.PLANNED:
        raise NotBegun(
            "not-begun", _("The cohort has not begun yet. You can join as soon as it does.")
        )
    if not accepts_rules:
        raise RulesNotAccepted(
            "rules-not-accepted", _("Please accept the rules: they protect everybody in the room.")
        )
    with transaction.atomic():
        states.advance(member, State.JOINED, by=by, rules_accepted_at=timezone.now())
        describe(member, by=by, **profile)


def describe(
    member: CohortMember,
    *,
    by: User,
    organisation: str,
    industry: Topic | None = None,
    function: str = "",
    is_listed: bool = False,
    needs: Iterable[Topic] = (),
    brings: Iterable[Topic] = (),
) -> None:
    """What a member says about themselves; the day of consent stays while it holds."""
    since = (member.listed_since or timezone.now()) if is_listed else None
    with transaction.atomic():
        CohortMember.objects.filter(pk=member.pk).update(
            organisation=organisation, industry=industry, function=function, listed_since=since
        )
        member.needs.set(needs)
        member.brings.set(brings)
        trail.record("cohort.profile", member, by=by, listed=is_listed)
    member.refresh_from_db()


def leave(member: CohortMember, *, by: User | None) -> None:
    """The place is given back; what is only theirs goes, what they shared stays without a name."""
    with transaction.atomic():
        states.advance(member, State.LEFT, by=by, listed_since=None, group=None)
        _drop_private(member, by=by)


def forget(user: User) -> None:
    """Leave every cohort and keep no word about oneself."""
    for member in CohortMember.objects.filter(user=user):
        if member.state != State.LEFT:
            leave(member, by=user)
        _drop_private(member, by=user)
    CohortMember.objects.filter(user=user).update(function="")


def name_giver(
    cohort: Cohort,
    actor: Actor,
    kind: KnowledgeGiver.Kind | str,
    *,
    by: User | None,
    function: LocalizedText | None = None,
    name: str = "",
    agreed: bool = False,
) -> KnowledgeGiver:
    """Somebody stands by the cohort with knowledge. Raises NameNotAgreed."""
    if name and not agreed:
        raise NameNotAgreed(
            "not-agreed", _("The name is shown publicly. Tick that the person has agreed to it.")
        )
    with transaction.atomic():
        made = KnowledgeGiver.objects.create(
            cohort=cohort, actor=actor, kind=kind, function=function or LocalizedText(), name=name,
            named_since=timezone.localdate() if name else None,
        )  # fmt: skip
        trail.record("cohort.giver", made, by=by)
        sheets.order(cohort)
    return made


def unname_giver(giver: KnowledgeGiver, *, by: User | None) -> None:
    """Somebody is not named any more, on the page nor in any programme; their house stays."""
    with transaction.atomic():
        KnowledgeGiver.objects.filter(pk=giver.pk).update(name="", named_since=None)
        trail.record("cohort.giver-unnamed", giver, by=by)
        giver.refresh_from_db()
        sheets.order(giver.cohort)
        sheets.purge_superseded(giver.cohort, by=by)


def _drop_private(member: CohortMember, *, by: User | None) -> None:
    """Erase what only this member could read: contributions, and cases with their advice."""
    for case in member.cases.filter(openness=Openness.OWNER):
        trail.record("consultation.erased", case, by=by)
        case.delete()
    # The latest first, so that nothing goes on from what is deleted but the words of others.
    for item in member.items.filter(openness=Openness.OWNER).order_by("-pk"):
        if not item.derived.exists():
            item.delete()
            continue
        KnowledgeItem.objects.filter(pk=item.pk).update(
            title="", text="", link="", withdrawn_at=item.withdrawn_at or timezone.now()
        )
        trail.record("knowledge.withdrawn", item, by=by)
        origins.hold_back(item, by=by, gone=item.text)


def demand_open(cohort: Cohort) -> None:
    """Raises CohortClosed when the year is over."""
    if cohort.state == Cohort.State.ARCHIVED:
        raise CohortClosed(
            "cohort-closed", _("This cohort is archived. Its room can only be read.")
        )
