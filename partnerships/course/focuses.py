"""From the long list to adopted topics: what both cities exchange about, and who offers what."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from partnerships.course.standing import demand_active
from partnerships.models import Focus, Partnership, Party, Topic

Status = Focus.Status


class TopicTwice(DomainError):
    """The topic is on the list of this partnership already."""


# The way to each status from wherever a topic stands; every step is recorded.
_STEPS: dict[Focus.Status, dict[Focus.Status, tuple[Focus.Status, ...]]] = {
    Status.EXPLORING: {Status.LONGLIST: (), Status.DROPPED: ()},
    Status.SHORTLISTED: {
        Status.LONGLIST: (),
        Status.EXPLORING: (),
        Status.DROPPED: (Status.EXPLORING,),
    },
    Status.ADOPTED: {
        Status.SHORTLISTED: (),
        Status.LONGLIST: (Status.SHORTLISTED,),
        Status.EXPLORING: (Status.SHORTLISTED,),
        Status.DROPPED: (Status.EXPLORING, Status.SHORTLISTED),
    },
}


def propose(
    partnership: Partnership,
    topic: Topic,
    *,
    by: User | None,
    offered_by: Iterable[Party] = (),
    sought_by: Iterable[Party] = (),
    note: LocalizedText | None = None,
    lead: Party | None = None,
) -> Focus:
    """Put a topic on the long list; raises TopicTwice."""
    demand_active(partnership)
    with transaction.atomic():
        Partnership.objects.select_for_update().get(pk=partnership.pk)
        last = partnership.foci.aggregate(last=Max("position"))["last"] or 0
        focus, created = Focus.objects.get_or_create(
            partnership=partnership,
            topic=topic,
            defaults={"position": last + 1, "lead": lead, "note": note or LocalizedText()},
        )
        if not created:
            raise TopicTwice("topic-twice", _("This topic is on the list already."))
        focus.offered_by.set(offered_by)
        focus.sought_by.set(sought_by)
        trail.record("focus.proposed", focus, by=by, partnership=partnership.pk)
    return focus


def put(focus: Focus, status: Focus.Status, *, by: User | None) -> None:
    """Move a topic to `status`, through the steps between; raises UndeclaredMove."""
    with transaction.atomic():
        for step in _STEPS.get(status, {}).get(Status(focus.status), ()):
            states.advance(focus, step, by=by, field="status")
        states.advance(focus, status, by=by, field="status")


def arrange(
    focus: Focus,
    *,
    lead: Party | None,
    offered_by: Iterable[Party],
    sought_by: Iterable[Party],
    by: User | None,
) -> None:
    """Say anew who leads, who offers and who seeks; raises AtRest."""
    demand_active(focus.partnership)
    with transaction.atomic():
        Focus.objects.filter(pk=focus.pk).update(lead=lead)
        focus.offered_by.set(offered_by)
        focus.sought_by.set(sought_by)
        trail.record("focus.arranged", focus, by=by, partnership=focus.partnership_id)
    focus.lead = lead


def stance_of(focus: Focus, party: Party) -> list[str]:
    """In words what one side does in a topic: leads, offers, seeks."""
    words = []
    if focus.lead_id == party.pk:
        words.append(_("leads"))
    if party in focus.offered_by.all():
        words.append(_("offers"))
    if party in focus.sought_by.all():
        words.append(_("seeks"))
    return words
