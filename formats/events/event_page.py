"""What the page of an event tells a reader: the event, its people, its programme, what followed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, Q

from formats.events import clocks, invitations, programme_sheets, registrations, when
from formats.models import Contributor, Event, Outcome, Participant
from foundation.accounts.mandates import Actor
from partnerships.models import Partnership

# The people of each part with their houses, in one question.
PEOPLE = Prefetch("contributors", Contributor.objects.select_related("actor"))


def line_of(event: Event) -> dict[str, Any]:
    """What lists and pages say about one event."""
    text = when.when_text(
        event.starts_on, event.ends_on, event.precision, is_tentative=event.is_tentative
    )
    return {
        "event": event,
        "when": text,
        "places": list(event.places.all()),
        "missed": event.state in {Event.State.CANCELLED, Event.State.REPLACED},
        "attendance": when.attendance_text(event.attendance, event.attendance_is_about),
    }


def page_of(event: Event, user: Actor) -> dict[str, Any]:
    """The whole page as `user` may read it."""
    return {
        **line_of(event),
        **_family_of(event, user),
        "clocks": clocks.clocks_of(event),
        "topics": list(event.topics.all()),
        "sessions": list(event.sessions.prefetch_related(PEOPLE)),
        "roles": roles_of(event.contributors.filter(session=None).select_related("actor")),
        "delegations": _delegations_of(event),
        "contacts": list(event.contacts.select_related("actor", "city")),
        "outcomes": made_of(event),
        "contributions": list(event.contributions.select_related("actor")),
        "materials": list(event.materials.select_related("file")),
        "sheets": programme_sheets.languages(event),
        "places_left": registrations.places_left(event),
        "takes_registrations": registrations.is_open(event),
        "takes_answers": invitations.takes_answers(event),
    }


def roles_of(rows: Iterable[Contributor]) -> list[tuple[str, list[Contributor]]]:
    """Contributors by role, in the order of the roles."""
    by_role: dict[str, list[Contributor]] = {}
    for each in rows:
        by_role.setdefault(each.role, []).append(each)
    return [(str(role.label), by_role[role]) for role in Contributor.Role if role in by_role]


def made_of(event: Event) -> list[Outcome]:
    """What came of it, with where each leads."""
    return list(
        event.outcomes.settled().select_related(
            "topic", "project__partnership", "lab__partnership", "next_event", "forum"
        )
    )


def _delegations_of(event: Event) -> list[tuple[str, list[Participant]]]:
    groups: dict[str, list[Participant]] = {}
    for each in event.participants.select_related("actor"):
        groups.setdefault(each.delegation, []).append(each)
    return list(groups.items())


def _family_of(event: Event, user: Actor) -> dict[str, Any]:
    """Partnership, events before and after, and what replaced it: what this reader may see."""
    near = Q(predecessor=event) | Q(pk__in=[event.predecessor_id or 0, event.replaced_by_id or 0])
    seen = list(Event.objects.visible_to(user).filter(near).order_by("starts_on", "pk"))
    by_pk = {each.pk: each for each in seen}
    pairs = Partnership.objects.visible_to(user).filter(pk=event.partnership_id or 0)
    return {
        "pair": event.partnership if event.partnership_id and pairs.exists() else None,
        "predecessor": by_pk.get(event.predecessor_id or 0),
        "replaced_by": by_pk.get(event.replaced_by_id or 0),
        "follow_ups": [each for each in seen if each.predecessor_id == event.pk],
    }
