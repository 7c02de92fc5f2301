"""What can be found of formats: events, forums, learning networks, the D.I.V. and its work."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, OuterRef, Q, TextField, When
from django.db.models.functions import Cast, TruncDate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from config.pages.search.sources import Source
from formats.models import (
    AgendaItem,
    Cohort,
    Event,
    EventPlace,
    Forum,
    Idea,
    LearningNetwork,
    Meeting,
    Recommendation,
    Resolution,
    Vision,
    WorkOrder,
)
from formats.sittings import bodies

NOT_PUBLISHED = Q(published_at=None)
NOT_RELEASED = Q(released_at=None)
PLACES = ArraySubquery(EventPlace.objects.filter(event=OuterRef("pk")).values("name"))
# A month or a season is no day to be shown.
EXACT_DAY = Case(When(precision="day", then=F("starts_on")))


def as_text(column: str) -> Cast:
    return Cast(column, TextField())


def session_heading(names: Sequence[str]) -> str:
    return gettext("Session %(number)s") % {"number": f"{names[0]}/{names[1]}"}


def item_heading(names: Sequence[str]) -> str:
    return gettext("%(title)s (session %(number)s)") % {
        "title": names[0],
        "number": f"{names[1]}/{names[2]}",
    }


def resolution_heading(names: Sequence[str]) -> str:
    return gettext("Resolution %(number)s") % {"number": names[0]}


def cohort_heading(names: Sequence[str]) -> str:
    title, network, year = names
    return f"{network}: {title or year}"


SOURCES = [
    Source(
        "event", "event", lambda reader: Event.objects.visible_to(reader),
        ("title",),
        ("summary", "description", "learns", "shows", "note", "reason", PLACES), "event",
        day=EXACT_DAY, invented="is_demo", waits=NOT_PUBLISHED,
    ),
    Source(
        "forum", "forum", lambda reader: Forum.objects.visible_to(reader),
        ("title", "alternative_title"), ("claim", "purpose", "programme"), "forum",
        waits=NOT_PUBLISHED,
    ),
    Source(
        "network", "learning", lambda reader: LearningNetwork.objects.visible_to(reader),
        ("name",), ("claim", "purpose", "goals", "rules"), "learning_network",
        label=_("Learning network"), invented="is_demo", waits=NOT_PUBLISHED,
    ),
    Source(
        "cohort", "learning", lambda reader: Cohort.objects.visible_to(reader),
        ("title", "network__name", as_text("year")), ("summary",), "cohort",
        at=("network__slug", "year"), label=_("Cohort"), heading=cohort_heading, invented="is_demo",
        waits=Q(state="planned") | Q(network__published_at=None),
    ),
    Source(
        "recommendation", "learning", lambda reader: Recommendation.objects.visible_to(reader),
        ("title",), ("first", "second", "third", "demand", "condition", "addressee", "answer"),
        "recommendation", at=("network__slug", "number"), label=_("Recommendation"),
        invented="cohort__is_demo", waits=Q(state="draft") | Q(network__published_at=None),
    ),
    # Of the D.I.V. only: its sessions have these pages. Those of a circle belong into its room.
    Source(
        "session", "session",
        lambda reader: Meeting.objects.visible_to(reader).filter(body__slug=bodies.DIV),
        (as_text("ordinal"), as_text("year"), "body__name", "body__short_name"),
        ("place", "cancel_reason"), "meeting",
        at=("year", "ordinal"), day=TruncDate("starts_at"), label=_("Session"),
        heading=session_heading, waits=Q(is_public=False),
    ),
    Source(
        "item", "session",
        lambda reader: AgendaItem.objects.visible_to(reader).filter(meeting__body__slug=bodies.DIV),
        ("title", as_text("meeting__ordinal"), as_text("meeting__year")),
        ("explanation", "result"), "meeting",
        at=("meeting__year", "meeting__ordinal"), anchor="tagesordnung",
        day=TruncDate("meeting__starts_at"), label=_("Agenda item"), heading=item_heading,
        waits=Q(is_public=False) | Q(meeting__is_public=False),
    ),
    Source(
        "resolution", "session",
        lambda reader: Resolution.objects.visible_to(reader).filter(body__slug=bodies.DIV),
        ("number",), ("wording",), "resolution", at=("year", "ordinal", "n"),
        day=TruncDate("decided_at"), label=_("Resolution"), heading=resolution_heading,
        waits=~Q(state__in=["adopted", "rejected"])
        | Q(item__is_public=False) | Q(meeting__is_public=False) | Q(meeting=None, is_public=False),
    ),
    Source(
        "vision", "vision", lambda reader: Vision.objects.visible_to(reader),
        ("title", "action_field__name"),
        ("text", "everyday_need", "global_trend", "set_aside_reason"), "thread", at=("thread",),
        waits=Q(adopted_in=None) | Q(state="draft"),
    ),
    # What everybody may read of an idea is what the office wrote; the sender's words are not.
    Source(
        "idea", "idea", lambda reader: Idea.objects.visible_to(reader).released(),
        ("public_title", "number"), ("public_text", "answer"), "idea", at=("number",),
        day=TruncDate("settled_at"),
    ),
    Source(
        "inbox", "idea", lambda reader: Idea.objects.visible_to(reader).filter(released_at=None),
        ("title", "number"), ("text",), "idea_answer", at=("pk",), label=_("Inbox"),
        waits=NOT_RELEASED,
    ),
    # An order has no private state: its page is everybody's. The result stands on the result's.
    Source(
        "order", "order", lambda _reader: WorkOrder.objects.all(),
        ("question", "number"), ("expected_result", "limits", "closing_note"), "work_order",
        at=("number",), day="given_on",
    ),
]  # fmt: skip
