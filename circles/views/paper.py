"""The office acts for people who applied by letter or telephone."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from circles import permissions
from circles.applying import paper
from circles.forms.application import PaperEndForm
from circles.models import Application
from circles.views.review import application_of
from foundation.access import require
from foundation.accounts.people import myself
from foundation.errors import DomainError
from foundation.posting.once import once


@login_required
@once
def application_withdraw(request: HttpRequest, call_id: int, reference: str) -> HttpResponse:
    """Withdraw an application on paper."""
    said = _("The application is withdrawn; the letter waits in the outbox.")
    return _end(request, application_of(request, call_id, reference), paper.withdraw, said)


@login_required
@once
def application_erase(request: HttpRequest, call_id: int, reference: str) -> HttpResponse:
    """Erase an application on paper."""
    said = _("Everything about the person is deleted; the ticket stays.")
    return _end(request, application_of(request, call_id, reference), paper.erase, said)


def _end(
    request: HttpRequest, application: Application, act: Callable[..., None], said: str
) -> HttpResponse:
    require(permissions.can_end_paper(request.user, application))
    form = PaperEndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            act(application, reference=form.cleaned_data["reference"], by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, said)
            return redirect("application_list", application.call_id)
    context = {
        "form": form,
        "application": application,
        "circle": application.call.circle,
        "erasing": act is paper.erase,
    }
    return render(request, "circles/application_paper_end.html", context)
