"""Questions, ideas and inputs of a cohort: written, discussed, released, withdrawn by their owner.

`formats.models.knowledge` says who may read; here only the owner moves how far something goes.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from formats.learning import origins
from formats.learning.members import demand_open
from formats.models import (
    CohortMember,
    KnowledgeGiver,
    KnowledgeItem,
    KnowledgeReply,
    Openness,
)
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError


class NothingWritten(DomainError):
    """An item or a reply without words."""


class StaysInside(DomainError):
    """What is restricted never becomes public."""


class GoesTooFar(DomainError):
    """What goes on from somebody else's words goes no further than those."""


class NotForPassingOn(DomainError):
    """Nobody builds on what its giver restricted."""


def share(
    member: CohortMember, kind: KnowledgeItem.Kind | str, *, title: str, by: User, **fields: Any
) -> KnowledgeItem:
    """Write something; one's own approach stays with oneself unless released. Raises CohortClosed,
    StaysInside."""
    demand_open(member.cohort)
    _demand_inside(fields.get("openness", Openness.OWNER), bool(fields.get("is_restricted")))
    with transaction.atomic():
        made = KnowledgeItem.objects.create(
            cohort=member.cohort, member=member, kind=kind, title=title, **fields
        )
        trail.record("knowledge.shared", made, by=by, openness=str(made.openness))
    return made


def give_input(
    giver: KnowledgeGiver, *, title: str, openness: str, by: User | None, **fields: Any
) -> KnowledgeItem:
    """A knowledge giver's talk or material, with attribution and terms. Raises StaysInside."""
    _demand_inside(openness, bool(fields.get("is_restricted")))
    with transaction.atomic():
        made = KnowledgeItem.objects.create(
            cohort=giver.cohort, giver=giver, kind=KnowledgeItem.Kind.INPUT, title=title,
            openness=openness, **fields,
        )  # fmt: skip
        trail.record("knowledge.shared", made, by=by, openness=openness)
    return made


def change(item: KnowledgeItem, *, by: User, **fields: Any) -> None:
    """New words, another reach, another trial; what others went on with goes no further.

    Raises StaysInside, GoesTooFar.
    """
    restricted = bool(fields.get("is_restricted", item.is_restricted))
    openness = str(fields.get("openness", item.openness))
    _demand_inside(openness, restricted)
    with transaction.atomic():
        _demand_no_further(_locked(item), openness)
        KnowledgeItem.objects.filter(pk=item.pk, withdrawn_at=None).update(**fields)
        item.refresh_from_db()
        trail.record("knowledge.changed", item, by=by, openness=str(item.openness))
        origins.hold_back(item, by=by)


def withdraw(item: KnowledgeItem, *, by: User | None) -> None:
    """Take it back: the words and the answers go at once, everywhere, with every copy of others."""
    with transaction.atomic():
        words = _locked(item).text
        item.replies.all().delete()
        KnowledgeItem.objects.filter(pk=item.pk, withdrawn_at=None).update(
            text="", link="", withdrawn_at=timezone.now()
        )
        trail.record("knowledge.withdrawn", item, by=by)
        item.refresh_from_db()
        origins.hold_back(item, by=by, gone=words)


def reply(item: KnowledgeItem, member: CohortMember, text: str, *, by: User) -> KnowledgeReply:
    """Answer or supplement. Raises NothingWritten, CohortClosed."""
    demand_open(member.cohort)
    if not text.strip():
        raise NothingWritten("nothing-written", _("Write your answer."))
    with transaction.atomic():
        made = KnowledgeReply.objects.create(item=item, member=member, text=text.strip())
        trail.record("knowledge.replied", item, by=by, reply=made.pk)
    return made


def derive(item: KnowledgeItem, member: CohortMember, *, by: User) -> KnowledgeItem:
    """An idea of one's own that goes on from this one; it begins with oneself alone.

    Raises NotForPassingOn, CohortClosed.
    """
    if not origins.is_for_passing_on(item):
        raise NotForPassingOn(
            "not-for-passing-on",
            _("Whoever gave this has restricted it. Ask them before you build on it."),
        )
    return share(
        member, KnowledgeItem.Kind.IDEA, title=item.title, text=item.text, topic=item.topic,
        derived_from=item, trial=KnowledgeItem.Trial.PROPOSED, by=by,
    )  # fmt: skip


def _demand_inside(openness: str, is_restricted: bool) -> None:
    if is_restricted and openness == Openness.PUBLIC:
        raise StaysInside(
            "stays-inside",
            _("What may not be passed on cannot be open to everybody. Choose one of the two."),
        )


def _demand_no_further(item: KnowledgeItem, openness: str) -> None:
    limit = origins.furthest(item)
    if origins.REACH.index(Openness(openness)) > origins.REACH.index(limit):
        raise GoesTooFar(
            "goes-too-far",
            _("This goes on from the words of somebody else, who has not released them so far."),
        )


def _locked(item: KnowledgeItem) -> KnowledgeItem:
    """The item, held until commit: nobody goes on from it while its reach moves."""
    return KnowledgeItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
