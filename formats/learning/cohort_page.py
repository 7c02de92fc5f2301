"""What the public page of a cohort shows: who agreed to be shown, sessions, mix of industries."""

from __future__ import annotations

import dataclasses
from collections import Counter
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from formats.learning import sheets
from formats.models import (
    Cohort,
    CohortMember,
    Consultation,
    Event,
    KnowledgeItem,
    LearningSession,
    Openness,
    Recommendation,
)
from foundation.accounts.mandates import Actor
from foundation.languages import sort_key
from foundation.look.figures import bars


@dataclasses.dataclass(frozen=True)
class Line:
    """A session, and the public event behind it when this reader may see that."""

    session: LearningSession
    event: Event | None


def page_of(cohort: Cohort, user: Actor) -> dict[str, Any]:
    """Context of the sections about one cohort, for this reader."""
    joined = cohort.members.joined().filter(is_guest=False)
    people = joined.count()
    shown = list(cohort.members.shown().select_related("user", "industry"))
    language = (get_language() or "de").split("-")[0]
    return {
        "people": people or cohort.participants_told,
        "mix": _mix(cohort),
        "shown": sorted(shown, key=lambda each: sort_key(each.user.name, language)),
        "hidden": max(0, people - len([each for each in shown if not each.is_guest])),
        "givers": list(cohort.givers.select_related("actor")),
        "lines": lines_of(cohort, user),
        "sheets": sheets.languages(cohort),
        "recommendations": list(
            Recommendation.objects.visible_to(user).filter(cohort=cohort)
            .prefetch_related("sessions")
        ),
        "items": list(
            KnowledgeItem.objects.visible_to(user)
            .filter(cohort=cohort, openness=Openness.PUBLIC, withdrawn_at=None)
            .select_related("member", "giver__actor", "topic")
        ),
        "results": list(
            Consultation.objects.visible_to(user)
            .filter(cohort=cohort, openness=Openness.PUBLIC)
            .select_related("case_giver")
        ),
        "place": CohortMember.objects.of(user).filter(cohort=cohort).first(),
    }  # fmt: skip


def lines_of(cohort: Cohort, user: Actor) -> list[Line]:
    """Sessions in the order of the programme."""
    sessions = list(cohort.sessions.in_order().select_related("topic", "event"))
    public = set(
        Event.objects.visible_to(user)
        .filter(learning_sessions__cohort=cohort)
        .values_list("pk", flat=True)
    )
    return [
        Line(each, each.event if each.event_id in public else None) for each in sessions
    ]  # fmt: skip


def _mix(cohort: Cohort) -> dict[str, Any] | None:
    """The industries of those who take part, as bars and words; None while nobody named one."""
    rows = cohort.members.joined().filter(is_guest=False).select_related("industry")
    names = [str(each.industry) if each.industry else _("not named") for each in rows]
    if not any(each.industry for each in rows):
        return None
    counted = sorted(Counter(names).items(), key=lambda pair: (-pair[1], pair[0]))
    group = bars.Group(
        _("Industries"),
        [bars.Bar(name, number, str(number)) for name, number in counted],
        top=max(number for _name, number in counted),
    )
    words = ", ".join(f"{name}: {number}" for name, number in counted)
    return {"group": group, "words": _("Industries of the participants: %(mix)s") % {"mix": words}}
