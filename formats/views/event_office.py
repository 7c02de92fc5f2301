"""The office plans an event, describes it, announces it, and says what became of it."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from formats import permissions
from formats.events import events
from formats.forms.event import EventForm, initial_of_event
from formats.forms.programme import CancelForm, HeldForm
from formats.models import Event
from formats.views.event import visible
from foundation.access import require
from foundation.accounts.people import myself
from foundation.errors import DomainError
from foundation.posting.once import once


@login_required
@once
def event_create(request: HttpRequest) -> HttpResponse:
    """Begin an event; it is public only after it is announced."""
    require(permissions.can_run_events(request.user))
    form = EventForm(request.POST or None, initial={"time_zone": settings.TIME_ZONE})
    if request.method == "POST" and form.is_valid():
        try:
            made = events.plan(**form.values(), by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            events.put_places(made, form.places(), by=myself(request))
            return redirect("event_programme_edit", made.slug)
    return render(request, "formats/event_edit.html", {"form": form, "event": None})


@login_required
@once
def event_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what is known about an event; who registered is told of a new time."""
    found = own(request, slug)
    kept = {name: getattr(found, name) for name in EventForm.texts}
    form = EventForm(
        request.POST or None, event=found, initial=initial_of_event(found), kept=kept
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            events.describe(found, **form.values(), by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            _move(found, form, request)
            return redirect("event", found.slug)
    return render(request, "formats/event_edit.html", {"form": form, "event": found})


@login_required
@once
@require_POST
def event_publish(request: HttpRequest, slug: str) -> HttpResponse:
    found = own(request, slug)
    try:
        events.publish(found, by=myself(request))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The event is announced. Everybody sees it now."))
    return redirect("event", slug)


@login_required
@once
def event_hold(request: HttpRequest, slug: str) -> HttpResponse:
    """It took place: how many came."""
    found = own(request, slug)
    form = HeldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            events.hold(found, **form.cleaned_data, by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            return redirect("event", slug)
    return render(request, "formats/event_hold.html", {"form": form, "event": found})


@login_required
@once
def event_cancel(request: HttpRequest, slug: str) -> HttpResponse:
    """It does not take place as planned: why, and whether a digital form takes its place."""
    found = own(request, slug)
    form = CancelForm(request.POST or None, event=found)
    if request.method == "POST" and form.is_valid():
        try:
            events.cancel(
                found,
                form.text("reason"),
                replaced=form.cleaned_data["replaced"],
                replaced_by=form.cleaned_data["replaced_by"],
                by=myself(request),
            )
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("The page says so, and everybody who registered is told."))
            return redirect("event", slug)
    return render(request, "formats/event_cancel.html", {"form": form, "event": found})


def own(request: HttpRequest, slug: str) -> Event:
    """The event, for those who run events."""
    found = visible(request, slug)
    require(permissions.can_run_events(request.user))
    return found


def _move(found: Event, form: EventForm, request: HttpRequest) -> None:
    """Write the places anew only where they differ: each time calendars are told."""
    old = [(each.name, each.municipality, each.address) for each in found.places.all()]
    if old != form.places():
        events.put_places(found, form.places(), by=myself(request))
