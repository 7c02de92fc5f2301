"""`/schreibtisch/`: what went wrong, what is due, what waits for me, what comes next.

Each function collects items from one app; `desk_of` is the list of them. Nothing registers itself.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from config.pages import permissions
from foundation.access import require
from foundation.accounts.mandates import rest_without_factor
from foundation.accounts.people import myself
from foundation.audit import trail
from foundation.effects import work
from foundation.effects.models import Effect
from foundation.mail.models import OutgoingMail
from foundation.posting.once import once

AT_MOST = 20  # of one kind; the page behind the item shows all


@dataclasses.dataclass(frozen=True)
class Item:
    """One line: since or until `when`, `what` is to be done and `why`, under `url` by `action`.

    With `revives` the action is a button that puts that piece of background work back.
    """

    what: str
    why: str = ""
    url: str = ""
    action: str = ""
    when: dt.datetime | None = None
    late: bool = False
    revives: int | None = None


@dataclasses.dataclass(frozen=True)
class Desk:
    """The four lists of the page, each sorted by time."""

    wrong: Sequence[Item]
    due: Sequence[Item]
    waiting: Sequence[Item]
    coming: Sequence[Item]

    @property
    def first(self) -> Item | None:
        """The one thing to begin with."""
        return next(iter([*self.wrong, *self.due, *self.waiting]), None)


@login_required
@never_cache
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """My desk; people without a role have a page of their own."""
    user = myself(request)
    if rest_without_factor(user):
        return redirect("enrol_factor")
    if not permissions.can_see_desk(user):
        return redirect("my")
    now = timezone.localtime()
    mine = desk_of(request)
    context = {"desk": mine, "now": now, "greeting": greeting(now), "week": week(now, mine)}
    return render(request, "pages/desk.html", context)


@login_required
@require_POST
@once
def revive_effect(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a dead letter back to work."""
    require(permissions.can_see_dead_letters(request.user))
    effect = get_object_or_404(Effect, pk=pk, state=Effect.State.DEAD)
    work.revive(effect)
    trail.record("effect.revived", effect, by=myself(request), kind=effect.kind)
    messages.success(request, _("It is tried again now."))
    return redirect("desk")


def desk_of(request: HttpRequest) -> Desk:
    """All items of all apps for this reader."""
    user = request.user
    office = permissions.can_see_outbox(user)
    return Desk(
        wrong=_by_time(
            [
                *(failed_mails() if office else []),
                *(dead_letters() if permissions.can_see_dead_letters(user) else []),
            ]
        ),
        due=_by_time([]),
        waiting=_by_time([*(mails_on_hold() if office else []), *(letters() if office else [])]),
        coming=_by_time([]),
    )


def failed_mails() -> list[Item]:
    """Mails that the portal gave up to deliver."""
    dead = Effect.objects.filter(kind="mail.deliver", state=Effect.State.DEAD).order_by("-due_at")
    by_id = {effect.arguments["mail_id"]: effect for effect in dead[:AT_MOST]}
    mails = OutgoingMail.objects.filter(pk__in=by_id, state=OutgoingMail.State.QUEUED)
    return [
        Item(
            what=_("A mail to %(who)s could not be delivered") % {"who": mail.to_name or mail.to},
            why=mail.subject if not mail.secret else "",
            url=reverse("outgoing_mail", args=[mail.pk]),
            action=_("Look and try again"),
            when=by_id[mail.pk].due_at,
            late=True,
        )
        for mail in mails
    ]


def dead_letters() -> list[Item]:
    """Other background work that the portal gave up."""
    dead = Effect.objects.filter(state=Effect.State.DEAD).exclude(kind="mail.deliver")
    return [
        Item(
            what=_("A step in the background failed: %(kind)s") % {"kind": effect.kind},
            why=_("%(times)s tries. Last reason: %(reason)s")
            % {"times": effect.attempts, "reason": effect.last_error or _("unknown")},
            action=_("Try again"),
            when=effect.due_at,
            late=True,
            revives=effect.pk,
        )
        for effect in dead.order_by("-due_at")[:AT_MOST]
    ]


def mails_on_hold() -> list[Item]:
    """One line for all mails that wait for somebody to let them go."""
    held = OutgoingMail.objects.filter(state=OutgoingMail.State.HELD).exclude(to="")
    return _one_line(
        held,
        ngettext("%(n)d mail is on hold", "%(n)d mails are on hold", held.count()),
        _("They leave when somebody has read them and lets them go."),
        _("Read and let go"),
        "?state=held",
    )


def letters() -> list[Item]:
    """One line for all letters to people without an address of mail."""
    unprinted = OutgoingMail.objects.filter(
        state=OutgoingMail.State.HELD, to="", printed_at=None, phoned_at=None
    )
    count = unprinted.count()
    return _one_line(
        unprinted,
        ngettext("%(n)d letter is to be printed", "%(n)d letters are to be printed", count),
        _("These people have no e-mail address."),
        _("Print"),
        "?state=letter",
    )


def _one_line(
    mails: QuerySet[OutgoingMail], what: str, why: str, action: str, query: str
) -> list[Item]:
    count = mails.count()
    oldest = mails.order_by("created_at").first()
    if oldest is None:
        return []
    url = reverse("outbox") + query
    return [Item(what % {"n": count}, why, url, action, when=oldest.created_at)]


def greeting(now: dt.datetime) -> str:
    """Good morning, good day or good evening, by the clock on the wall."""
    if now.hour < 11:
        return _("Good morning")
    return _("Good day") if now.hour < 18 else _("Good evening")


def week(now: dt.datetime, mine: Desk) -> list[tuple[dt.date, int]]:
    """Monday to Friday of this week, on weekends of the next, with the number of items each day."""
    monday = now.date() - dt.timedelta(days=now.weekday())
    if now.weekday() > 4:
        monday += dt.timedelta(days=7)
    days = [monday + dt.timedelta(days=n) for n in range(5)]
    dated = [
        timezone.localtime(item.when).date() for item in [*mine.due, *mine.coming] if item.when
    ]
    return [(day, dated.count(day)) for day in days]


def _by_time(items: Iterable[Item]) -> list[Item]:
    end = dt.datetime.max.replace(tzinfo=dt.UTC)
    return sorted(items, key=lambda item: item.when or end)
