"""Drafting together in a session: the wall, the page to write on, and sorting by the chair."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from formats import permissions
from formats.forms.drafting import DraftingForm, HideForm, SnippetForm, SortForm, sorted_in
from formats.models import Drafting, Meeting
from formats.sittings import bodies
from formats.weighing import draftings
from foundation.access import require
from foundation.accounts.drawing import qr
from foundation.accounts.people import myself
from foundation.errors import DomainError
from foundation.posting.once import once

SESSION_KEY = "drafting_device"
PAGE_SIZE = 50


@login_required
@once
def drafting_create(request: HttpRequest, year: int, ordinal: int) -> HttpResponse:
    """Put a question on the wall of a session."""
    meeting = get_object_or_404(
        Meeting.objects.visible_to(request.user).select_related("body"),
        body__slug=bodies.DIV,
        year=year,
        ordinal=ordinal,
    )
    require(permissions.can_prepare(request.user, meeting.body))
    form = DraftingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = draftings.begin(meeting, form.text("question"), by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            return redirect("drafting_sort", made.code)
    return render(request, "formats/drafting_create.html", {"form": form, "meeting": meeting})


@once
def drafting(request: HttpRequest, code: str) -> HttpResponse:
    """Write a short text; for whoever has the code from the wall."""
    found = _drafting(code)
    form = SnippetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            draftings.write(found, form.cleaned_data["text"], device=_device(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("It stands on the wall."))
            return redirect("drafting", code)
    context = {
        "drafting": found,
        "form": form,
        "own": draftings.written_by(found, request.session.get(SESSION_KEY, "")),
        "is_open": found.state == Drafting.State.OPEN,
    }
    return render(request, "formats/drafting.html", context)


@once
@require_POST
def snippet_take_back(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take an own text from the wall."""
    found = _drafting(code)
    try:
        draftings.take_back(found, pk, device=request.session.get(SESSION_KEY, ""))
    except DomainError as error:
        messages.error(request, error.message)
    return redirect("drafting", code)


@require_safe
def drafting_wall(request: HttpRequest, code: str) -> HttpResponse:
    """What the projector shows: question, code, groups; it reloads itself."""
    found = _drafting(code)
    groups, loose = draftings.wall_of(found)
    address = f"{settings.PUBLIC_URL}{reverse('drafting', args=[code])}"
    context = {
        "drafting": found,
        "groups": groups,
        "loose": loose,
        "now": timezone.now(),
        "address": address,
        "qr": qr(address),
        "is_open": found.state == Drafting.State.OPEN,
    }
    return render(request, "formats/drafting_wall.html", context)


@login_required
@once
def drafting_sort(request: HttpRequest, code: str) -> HttpResponse:
    """Give texts headings, a page of them at a time; what shares one stands together."""
    found = _own(request, code)
    rows = found.snippets.select_related("group", "drafting")
    hidden = request.GET.get("zeigen") == "verborgen"
    page = Paginator(rows.filter(is_hidden=hidden), PAGE_SIZE).get_page(request.GET.get("page"))
    # Others write meanwhile: what was sent says which texts it is about, not the page.
    sent = request.method == "POST"
    form = SortForm(
        rows.filter(pk__in=sorted_in(request.POST)) if sent else page, request.POST or None
    )
    if sent and form.is_valid():
        draftings.sort(form.headings(), hidden=form.hidden(), by=myself(request))
        messages.success(request, _("The wall is sorted."))
        return redirect(request.get_full_path())
    context = {
        "drafting": found,
        "form": form,
        "page_obj": page,
        "hidden": hidden,
        "number_hidden": rows.filter(is_hidden=True).count(),
        "many": HideForm(),
        "groups": list(found.groups.all()),
        "is_open": found.state == Drafting.State.OPEN,
        "may_write": permissions.can_write_visions(request.user),
    }
    return render(request, "formats/drafting_sort.html", context)


@login_required
@once
@require_POST
def drafting_hide(request: HttpRequest, code: str) -> HttpResponse:
    """Take many texts without a heading off the wall at once, or put them back."""
    found = _own(request, code)
    form = HideForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please choose one of the two."))
        return redirect("drafting_sort", code)
    again = form.values()["again"]
    number = draftings.hide(found, **form.values(), by=myself(request))
    if again:
        told = ngettext("%(n)d text is back.", "%(n)d texts are back.", number)
    else:
        told = ngettext("%(n)d text is off the wall.", "%(n)d texts are off the wall.", number)
    messages.success(request, told % {"n": number})
    return redirect("drafting_sort", code)


@login_required
@once
@require_POST
def drafting_close(request: HttpRequest, code: str) -> HttpResponse:
    """Close the wall, or open a closed one again."""
    found = _own(request, code)
    act = draftings.close if found.state == Drafting.State.OPEN else draftings.reopen
    try:
        act(found, by=myself(request))
    except DomainError as error:
        messages.error(request, error.message)
    return redirect("drafting_sort", code)


def _drafting(code: str) -> Drafting:
    return get_object_or_404(Drafting.objects.select_related("meeting__body"), code=code)


def _own(request: HttpRequest, code: str) -> Drafting:
    found = _drafting(code)
    require(permissions.can_prepare(request.user, found.meeting.body))
    return found


def _device(request: HttpRequest) -> str:
    """A random name of this browser, kept in its session: it says which texts are its own."""
    name = request.session.get(SESSION_KEY)
    if not name:
        name = request.session[SESSION_KEY] = secrets.token_hex(16)
    return str(name)
