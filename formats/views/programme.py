"""The office writes the programme of an event: parts, and who takes part in which role."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from formats.events import programmes
from formats.events.event_page import line_of
from formats.forms.programme import (
    ContributorForm,
    MaterialForm,
    SessionForm,
    initial_of_session,
)
from formats.views.event import session_of
from formats.views.event_office import own
from foundation.accounts.people import myself
from foundation.documents import uploads
from foundation.errors import DomainError
from foundation.posting.once import once


@login_required
@require_safe
def event_programme_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The programme as the office works on it."""
    found = own(request, slug)
    context = {
        **line_of(found),
        "sessions": list(found.sessions.prefetch_related("contributors__actor")),
        "people": list(found.contributors.select_related("actor", "session")),
        "materials": list(found.materials.all()),
    }
    return render(request, "formats/event_programme_edit.html", context)


@login_required
@once
def session_create(request: HttpRequest, slug: str) -> HttpResponse:
    found = own(request, slug)
    form = SessionForm(request.POST or None, event=found)
    if request.method == "POST" and form.is_valid():
        try:
            programmes.add_session(found, **form.values(), by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            return redirect("event_programme_edit", slug)
    return render(request, "formats/session_edit.html", {"form": form, "event": found})


@login_required
@once
def session_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = own(request, slug)
    part = session_of(found, pk)
    kept = {name: getattr(part, name) for name in SessionForm.texts}
    form = SessionForm(
        request.POST or None, event=found, initial=initial_of_session(part), kept=kept
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            programmes.reword_session(part, **form.values(), by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            return redirect("event_programme_edit", slug)
    context = {"form": form, "event": found, "part": part}
    return render(request, "formats/session_edit.html", context)


@login_required
@once
@require_POST
def session_up(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = own(request, slug)
    programmes.move_up(session_of(found, pk), by=myself(request))
    return redirect("event_programme_edit", slug)


@login_required
@once
@require_POST
def session_drop(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = own(request, slug)
    programmes.drop_session(session_of(found, pk), by=myself(request))
    return redirect("event_programme_edit", slug)


@login_required
@once
def contributor_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Somebody hosts, initiates, moderates or speaks."""
    found = own(request, slug)
    form = ContributorForm(request.POST or None, event=found, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            programmes.involve(found, **form.values(), by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            return redirect("event_programme_edit", slug)
    return render(request, "formats/contributor_create.html", {"form": form, "event": found})


@login_required
@once
@require_POST
def contributor_release(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = own(request, slug)
    programmes.release(get_object_or_404(found.contributors, pk=pk), by=myself(request))
    return redirect("event_programme_edit", slug)


@login_required
@once
def event_material_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Slides, a report, an invitation."""
    found = own(request, slug)
    form = MaterialForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data["file"].read(uploads.MAX_BYTES + 1)
        try:
            programmes.add_material(found, data, title=form.text("title"), by=myself(request))
        except DomainError as error:
            form.add_error("file", error.message)
        else:
            return redirect("event_programme_edit", slug)
    return render(request, "formats/event_material_add.html", {"form": form, "event": found})


@login_required
@once
@require_POST
def event_material_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = own(request, slug)
    row = get_object_or_404(found.materials.select_related("event", "file"), pk=pk)
    programmes.remove_material(row, by=myself(request))
    return redirect("event_programme_edit", slug)
