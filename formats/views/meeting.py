"""One session: its public page, and how the office calls it, moves it and invites to it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from formats import permissions
from formats.forms.div import MeetingForm
from formats.forms.session import ItemForm, MovingForm
from formats.models import AgendaItem, Meeting, Minutes, Paper, Resolution
from formats.sittings import agenda, invitations, letters, meetings, minutes_paper
from formats.views import weighing
from formats.views.places import crumbs_to, own_session, session_of, the_body
from foundation.access import require
from foundation.accounts.people import myself
from foundation.errors import DomainError
from foundation.look import moments
from foundation.posting.once import once
from partnerships.views.answers import act_and_return, answer


@require_safe
def meeting(request: HttpRequest, year: int, ordinal: int) -> HttpResponse:
    """Day, place and agenda with whatever came of each item."""
    found = session_of(request, year, ordinal)
    minutes: Minutes | None = getattr(found, "minutes", None)
    context = _page(request, found) | {
        "visions": list(found.visions.all()),
        "minutes": minutes,
        "minutes_file": minutes and minutes_paper.issued(minutes, internal=False),
        "is_inside": permissions.can_read_inside(request.user, found.body),
        "may_prepare": permissions.can_prepare(request.user, found.body),
    }
    context |= weighing.on_meeting(request.user, found)
    return render(request, "formats/meeting.html", context)


@login_required
@once
def meeting_create(request: HttpRequest) -> HttpResponse:
    """Put a session on the calendar."""
    body = the_body()
    require(permissions.can_prepare(request.user, body))
    form = MeetingForm(body, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = meetings.schedule(body, **form.values(), by=myself(request))
        except meetings.TooManySessions as error:
            form.add_error("over_maximum_reason", error.message)
        except DomainError as error:
            form.add_error("day", error.message)
        else:
            return redirect("meeting_prepare", made.year, made.ordinal)
    return render(request, "formats/meeting_create.html", {"form": form, "body": body})


@login_required
@once
def meeting_prepare(request: HttpRequest, year: int, ordinal: int) -> HttpResponse:
    """Agenda, papers and invitation; the form adds an item."""
    found = own_session(request, year, ordinal)
    now = timezone.now()
    return answer(
        request,
        ItemForm(request.POST or None),
        lambda form: agenda.add_item(found, **form.values(), by=myself(request)),
        to=reverse("meeting_prepare", args=[year, ordinal]),
        template="formats/meeting_prepare.html",
        context=_page(request, found)
        | {
            "short_notice": invitations.notice_is_short(found, now),
            "members": meetings.members_on(found.body, meetings.day_of(found)).count(),
            "held": letters.waiting(found).count(),
            "has_begun": found.starts_at - meetings.SOON <= now,
        },
    )


@login_required
@once
def meeting_move(request: HttpRequest, year: int, ordinal: int) -> HttpResponse:
    """Another time or place; the invited get the new date."""
    found = own_session(request, year, ordinal)
    zone = found.body.time_zone
    starts, ends = moments.local(found.starts_at, zone), moments.local(found.ends_at, zone)
    initial = {"day": starts.date(), "starts": starts.time(), "ends": ends.time()}
    return answer(
        request,
        MovingForm(found.body, request.POST or None, initial=initial | {"place": found.place}),
        lambda form: meetings.move(found, **form.values(), by=myself(request)),
        to=reverse("meeting_prepare", args=[year, ordinal]),
        template="formats/meeting_move.html",
        context={"meeting": found, "trail": crumbs_to(found)},
        done=_("The session is moved. Calendars learn of it."),
    )


@login_required
@once
@require_POST
def meeting_invite(request: HttpRequest, year: int, ordinal: int) -> HttpResponse:
    found = own_session(request, year, ordinal)
    consent = request.POST.get("short_notice_consent", "").strip()[:300]
    try:
        number = invitations.invite(found, short_notice_consent=consent, by=myself(request))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        text = ngettext(
            "%(n)d invitation waits here to be read and sent.",
            "%(n)d invitations wait here to be read and sent.",
            number,
        )
        messages.success(request, text % {"n": number})
        return redirect("meeting_letters", year, ordinal)
    return redirect("meeting_prepare", year, ordinal)


@login_required
@once
@require_POST
def meeting_hold(request: HttpRequest, year: int, ordinal: int) -> HttpResponse:
    found = own_session(request, year, ordinal)
    return act_and_return(
        request,
        lambda: meetings.hold(found, by=myself(request)),
        to=reverse("meeting", args=[year, ordinal]),
        done=_("The session is marked as held."),
    )


@login_required
@once
@require_POST
def meeting_cancel(request: HttpRequest, year: int, ordinal: int) -> HttpResponse:
    found = own_session(request, year, ordinal)
    reason = request.POST.get("reason", "").strip()[:300]
    return act_and_return(
        request,
        lambda: meetings.cancel(found, reason=reason, by=myself(request)),
        to=reverse("meeting", args=[year, ordinal]),
        done=_("The session is cancelled. Its page says so."),
    )


def _page(request: HttpRequest, found: Meeting) -> dict[str, Any]:
    """The session with its items, as far as the reader may see them; four queries."""
    papers = Paper.objects.visible_to(request.user).select_related("file")
    votes = Resolution.objects.visible_to(request.user).prefetch_related("minority")
    items = (
        AgendaItem.objects.visible_to(request.user)
        .filter(meeting=found)
        .prefetch_related(Prefetch("papers", papers), Prefetch("resolutions", votes))
    )
    return {
        "meeting": found,
        "body": found.body,
        "items": list(items),
        "trail": [{"url": reverse("div"), "label": found.body.name}],
    }
