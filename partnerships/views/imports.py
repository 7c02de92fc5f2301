"""Importing tables into the directory: upload, what would happen, how far it is, taking it back."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.access import require
from foundation.accounts.people import myself
from foundation.errors import DomainError
from foundation.posting.once import once
from partnerships import permissions
from partnerships.directory import imports
from partnerships.forms.imports import ImportForm
from partnerships.models import DirectoryImport, ImportRow
from partnerships.views.answers import act_and_return

PAGE_SIZE = 50


@login_required
@once
def directory_import(request: HttpRequest) -> HttpResponse:
    """Upload a table; earlier imports below."""
    require(permissions.can_keep_directory(request.user))
    posted = request.method == "POST"
    form = ImportForm(request.POST, request.FILES) if posted else ImportForm()
    if posted and form.is_valid():
        file = form.cleaned_data["table"]
        try:
            batch = imports.upload(file.read(), name=file.name, by=myself(request))
        except DomainError as refusal:
            form.add_error("table", str(refusal))
        else:
            return redirect("directory_import_preview", batch.pk)
    earlier = DirectoryImport.objects.select_related("file", "uploaded_by")[:20]
    context = {"form": form, "earlier": earlier, "back": reverse("actor_list")}
    return render(request, "partnerships/import.html", context)


@login_required
@require_safe
def directory_import_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Every row and what would become of it; later what became of it."""
    batch = _batch(request, pk)
    shown = request.GET.get("show", "")
    rows = batch.rows.select_related("actor")
    if shown in ImportRow.Verdict.values:
        rows = rows.filter(verdict=shown)
    tally = imports.tally(batch)
    verdicts = [(value, label, tally[value]) for value, label in ImportRow.Verdict.choices]
    context = {
        "batch": batch,
        "tally": tally,
        "verdicts": verdicts,
        "shown": shown,
        "page_obj": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
    }
    return render(request, "partnerships/import_preview.html", context)


@login_required
@require_POST
@once
def directory_import_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Carry it out."""
    batch = _batch(request, pk)
    return _act(request, batch, lambda: imports.confirm(batch, by=myself(request)), "")


@login_required
@require_POST
@once
def directory_import_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Do nothing with it."""
    batch = _batch(request, pk)
    done = _("Discarded. Nothing was imported.")
    return _act(request, batch, lambda: imports.discard(batch, by=myself(request)), done)


@login_required
@once
def directory_import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be taken back; then take it back."""
    batch = _batch(request, pk)
    if request.method == "POST":
        return _act(request, batch, lambda: imports.take_back(batch, by=myself(request)), "")
    if not batch.can_be_undone:
        messages.error(request, _("This import cannot be taken back any more."))
        return redirect("directory_import_preview", batch.pk)
    done = batch.rows.filter(is_done=True)
    made, changed = done.filter(verdict="new"), done.filter(verdict="changed")
    context = {"batch": batch, "made": made.count(), "changed": changed.count(), "form": None}
    return render(request, "partnerships/import_undo.html", context)


def _batch(request: HttpRequest, pk: int) -> DirectoryImport:
    require(permissions.can_keep_directory(request.user))
    return get_object_or_404(DirectoryImport.objects.select_related("file"), pk=pk)


def _act(
    request: HttpRequest, batch: DirectoryImport, act: Callable[[], None], done: str
) -> HttpResponse:
    to = reverse("directory_import_preview", args=[batch.pk])
    return act_and_return(request, act, to=to, done=done)
