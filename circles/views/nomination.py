"""The named person answers by the link from the mail: who named me, why, what it takes, yes or no.

The door is `/einladung/<token>/`; the session keeps the token's digest, never the token.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from circles.forms.seat import NominationAnswerForm
from circles.models import Nomination
from circles.seating import naming, nominations
from circles.views.lines import facts_of
from foundation.errors import DomainError
from foundation.posting.once import once

SESSION_KEY = "nomination_digest"


@require_safe
def nomination(request: HttpRequest) -> HttpResponse:
    """Who named me and why, what it takes, who is there already, and two buttons."""
    return _page(request, _nomination(request), NominationAnswerForm())


@once
@require_POST
def nomination_accept(request: HttpRequest) -> HttpResponse:
    found = _nomination(request)
    form = NominationAnswerForm(request.POST)
    if form.is_valid():
        try:
            nominations.accept(
                found,
                name_is_public=form.cleaned_data["name_is_public"],
                conflict=form.cleaned_data["conflict"],
                by=found.person,
            )
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("Thank you, the seat is yours."))
            return redirect("nomination")
    return _page(request, found, form)


@once
@require_POST
def nomination_decline(request: HttpRequest) -> HttpResponse:
    found = _nomination(request)
    try:
        naming.decline_seat(found, by=found.person)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("You have declined; the seat is free again."))
    return redirect("nomination")


def _nomination(request: HttpRequest) -> Nomination:
    found = nominations.find_by_digest(request.session.get(SESSION_KEY, ""))
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, found: Nomination, form: NominationAnswerForm) -> HttpResponse:
    context = facts_of(found.seat) | {
        "nomination": found,
        "form": form,
        "is_open": nominations.is_open(found),
    }
    return render(request, "circles/nomination.html", context)
