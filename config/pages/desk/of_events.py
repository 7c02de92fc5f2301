"""Events on the desk of the office: what is over and not settled, next steps that are due."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from config.pages.desk.items import AT_MOST, Item, end_of
from formats.models import Contact, Event, Outcome
from formats.permissions import can_run_events
from foundation.accounts.models import User

State = Event.State


def items(user: User) -> list[Item]:
    """For those who run events."""
    if not can_run_events(user):
        return []
    return [*_unsettled(), *_steps(), *_open_topics()]


def _unsettled() -> list[Item]:
    """Announced events that lie behind us; a tentative one may never have been fixed."""
    today = timezone.localdate()
    over = Event.objects.filter(state=State.PUBLISHED, until__lt=today, is_tentative=False)
    return [
        Item(
            _("“%(title)s” is over") % {"title": event.title},
            _("Say whether it was held."),
            reverse("event_hold", args=[event.slug]),
            _("Close the event"),
            since=end_of(event.until) if event.until else None,
        )
        for event in over.order_by("until")[:AT_MOST]
    ]


def _steps() -> list[Item]:
    """Next steps with the people whom somebody met, by their day."""
    due = Contact.objects.filter(done_at=None, due_on__isnull=False)
    return [
        Item(
            _("Next step with %(who)s: %(step)s") % {"who": each, "step": each.follow_up},
            f"{each.owner}, {each.event.title}",
            reverse("event_results", args=[each.event.slug]) + "#kontakte",
            _("Look"),
            until=end_of(each.due_on) if each.due_on else None,
            whole_day=True,
        )
        for each in due.select_related("event", "actor").order_by("due_on")[:AT_MOST]
    ]


def _open_topics() -> list[Item]:
    """Topics of held events that nobody has made anything of yet."""
    held = Event.objects.filter(outcomes__state=Outcome.State.RAISED, state=State.HELD)
    return [
        Item(
            _("Topics of “%(title)s” wait for what becomes of them") % {"title": event.title},
            "",
            reverse("event_results", args=[event.slug]) + "#offen",
            _("Look"),
            since=end_of(event.until) if event.until else None,
        )
        for event in held.distinct().order_by("until")[:AT_MOST]
    ]
