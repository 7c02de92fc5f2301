"""Amendments: beginning one, taking clauses up, building on the newest text; reading it all."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.accounts.people import myself
from foundation.documents import files
from foundation.errors import DomainError
from foundation.posting.once import once
from partnerships.models import Agreement
from partnerships.signing import reading
from partnerships.views.agreement import page_of
from partnerships.views.agreement_text import editable
from partnerships.views.answers import act_and_return, fetch_agreement
from partnerships.wording import amendments


@login_required
@require_POST
@once
def agreement_amend(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    """A new amendment of this agreement; goes on to its page."""
    found = editable(request, slug, number)
    try:
        made = amendments.draft_amendment(found, by=myself(request))
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect(page_of(found))
    messages.success(request, _("The amendment is there. Choose the clauses that change."))
    return redirect(page_of(made))


@login_required
@require_POST
@once
def amendment_take_up(request: HttpRequest, slug: str, number: str, clause: str) -> HttpResponse:
    found = _amendment(request, slug, number)
    return act_and_return(
        request,
        lambda: amendments.take_up(found, clause, by=myself(request)),
        to=page_of(found) + "#aenderungen",
        done=_("The clause can be changed now. It is carried once it reads differently."),
    )


@login_required
@require_POST
@once
def amendment_build_on(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    found = _amendment(request, slug, number)
    return act_and_return(
        request,
        lambda: amendments.build_on_newest(found, by=myself(request)),
        to=page_of(found) + "#aenderungen",
        done=_("Your amendment builds on the newest text. Check the differences."),
    )


@require_safe
def agreement_consolidated(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    """The text with all amendments that this reader may see, their numbers in the margin."""
    found, text = _reading(request, slug, number)
    context = {
        "agreement": found,
        "partnership": found.partnership,
        "page": page_of(found),
        "rows": text.rows,
        "amendments": text.amendments,
        "withheld": text.withheld,
        "copy": reading.copy_of(text),
        "is_ordered": reading.is_ordered(text),
    }
    return render(request, "partnerships/agreement_consolidated.html", context)


@require_POST
@once
def agreement_reading_order(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    """Ask for the print; the same words are made once, so that nobody can flood the worker."""
    _found, text = _reading(request, slug, number)
    return act_and_return(
        request,
        lambda: reading.order(text),
        to=reverse("agreement_consolidated", args=[slug, number]),
        done=_("The PDF is being made. It will be ready in a moment."),
    )


@require_safe
def agreement_reading_pdf(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    """The print of exactly the words that this reader may read."""
    _found, text = _reading(request, slug, number)
    kept = reading.copy_of(text)
    if kept is None:
        raise Http404
    answer = HttpResponse(files.read(kept.file), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{kept.file.name}"'
    return answer


def _reading(request: HttpRequest, slug: str, number: str) -> tuple[Agreement, reading.Reading]:
    """A concluded agreement, no amendment, as this person may read it; else 404."""
    found = fetch_agreement(request, slug, number)
    if found.is_amendment or not found.concluded_at:
        raise Http404
    return found, reading.reading_for(found, request.user)


def _amendment(request: HttpRequest, slug: str, number: str) -> Agreement:
    found = editable(request, slug, number)
    if not found.is_amendment:
        raise Http404
    return found
