"""A body names somebody by the link from its mail, without an account, or says that it does not.

The token leaves the address at once; the session keeps its digest.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from circles.forms.seat import NamingDeclineForm, NamingForm
from circles.models import NamingRequest
from circles.seating import naming as requests
from circles.seating.links import digest_of
from circles.views.lines import facts_of
from foundation.errors import DomainError
from foundation.posting.once import once

SESSION_KEY = "naming_digest"


@require_safe
def naming_enter(request: HttpRequest, token: str) -> HttpResponse:
    """Keep the token's digest in the session and drop the token from the address."""
    if requests.find_by_token(token) is None:
        raise Http404
    request.session[SESSION_KEY] = digest_of(token)
    return redirect("naming")


@once
def naming(request: HttpRequest) -> HttpResponse:
    """What is asked and why, what the seat takes, and the form for the name."""
    found = _request(request)
    form = NamingForm(found.seat, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            requests.name_person(found, **form.values())
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("Thank you. The person is asked now."))
            return redirect("naming")
    return _page(request, found, form, NamingDeclineForm())


@once
@require_POST
def naming_decline(request: HttpRequest) -> HttpResponse:
    """The body names nobody."""
    found = _request(request)
    form = NamingDeclineForm(request.POST)
    if form.is_valid():
        try:
            requests.decline(found, answer=form.cleaned_data["answer"])
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("Noted. The office asks somebody else."))
            return redirect("naming")
    return _page(request, found, NamingForm(found.seat), form)


def _request(request: HttpRequest) -> NamingRequest:
    found = requests.find_by_digest(request.session.get(SESSION_KEY, ""))
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest, found: NamingRequest, form: NamingForm, decline_form: NamingDeclineForm
) -> HttpResponse:
    context = facts_of(found.seat) | {
        "naming": found,
        "form": form,
        "decline_form": decline_form,
        "is_open": requests.is_open(found),
    }
    return render(request, "circles/naming.html", context)
