"""One session: its public page, and how the office prepares it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from formats import agenda, bodies, meetings, permissions
from formats.forms.div import AgendaItemForm, MeetingForm
from formats.models import Body, Meeting
from formats.views import weighing
from foundation.access import require
from foundation.accounts.people import myself
from foundation.errors import DomainError
from foundation.posting.once import once


@require_safe
def meeting(request: HttpRequest, year: int, ordinal: int) -> HttpResponse:
    """Day, place and agenda with whatever came of each item."""
    found = _meeting(request, year, ordinal)
    context = _page(found) | {"may_prepare": permissions.can_prepare(request.user, found.body)}
    context |= weighing.on_meeting(request.user, found)
    return render(request, "formats/meeting.html", context)


@login_required
@once
def meeting_create(request: HttpRequest) -> HttpResponse:
    """Put a session on the calendar."""
    body = get_object_or_404(Body, slug=bodies.DIV)
    require(permissions.can_prepare(request.user, body))
    form = MeetingForm(body, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = meetings.schedule(body, **form.values(), by=myself(request))
        except DomainError as error:
            form.add_error("over_maximum_reason", error.message)
        else:
            return redirect("meeting_prepare", made.year, made.ordinal)
    return render(request, "formats/meeting_create.html", {"form": form, "body": body})


@login_required
@once
def meeting_prepare(request: HttpRequest, year: int, ordinal: int) -> HttpResponse:
    """Agenda and invitation."""
    found = _own(request, year, ordinal)
    form = AgendaItemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            agenda.add_item(found, form.text("title"), by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            return redirect("meeting_prepare", year, ordinal)
    context = _page(found) | {
        "form": form,
        "short_notice": meetings.notice_is_short(found, timezone.now()),
        "members": meetings.members_on(found.body, found.starts_at.date()).count(),
    }
    return render(request, "formats/meeting_prepare.html", context)


@login_required
@once
@require_POST
def meeting_invite(request: HttpRequest, year: int, ordinal: int) -> HttpResponse:
    found = _own(request, year, ordinal)
    try:
        number = meetings.invite(found, by=myself(request))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        text = ngettext(
            "%(n)d invitation waits in the outbox to be read and sent.",
            "%(n)d invitations wait in the outbox to be read and sent.",
            number,
        )
        messages.success(request, text % {"n": number})
    return redirect("meeting_prepare", year, ordinal)


@login_required
@once
@require_POST
def meeting_hold(request: HttpRequest, year: int, ordinal: int) -> HttpResponse:
    found = _own(request, year, ordinal)
    try:
        meetings.hold(found, by=myself(request))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The session is marked as held."))
    return redirect("meeting", year, ordinal)


@login_required
@once
@require_POST
def meeting_cancel(request: HttpRequest, year: int, ordinal: int) -> HttpResponse:
    found = _own(request, year, ordinal)
    try:
        meetings.cancel(found, by=myself(request))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The session is cancelled. Its page says so."))
    return redirect("meeting", year, ordinal)


def _meeting(request: HttpRequest, year: int, ordinal: int) -> Meeting:
    return get_object_or_404(
        Meeting.objects.visible_to(request.user).select_related("body"),
        body__slug=bodies.DIV,
        year=year,
        ordinal=ordinal,
    )


def _own(request: HttpRequest, year: int, ordinal: int) -> Meeting:
    found = _meeting(request, year, ordinal)
    require(permissions.can_prepare(request.user, found.body))
    return found


def _page(found: Meeting) -> dict[str, object]:
    return {
        "meeting": found,
        "body": found.body,
        "items": list(found.agenda_items.all()),
        "visions": list(found.visions.all()),
        "trail": [{"url": reverse("div"), "label": found.body.name}],
    }
