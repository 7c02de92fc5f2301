"""The office acts for people who applied by letter or telephone."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

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
    return _end(request, application_of(request, call_id, reference), paper.withdraw)


@login_required
@once
def application_erase(request: HttpRequest, call_id: int, reference: str) -> HttpResponse:
    """Erase an application on paper."""
    return _end(request, application_of(request, call_id, reference), paper.erase)


def _end(
    request: HttpRequest, application: Application, act: Callable[..., paper.Step]
) -> HttpResponse:
    erasing = act is paper.erase
    require(paper.may_end(myself(request), application, is_erasure=erasing))
    noted = paper.open_ending(application, is_erasure=erasing)
    shown = {"reference": noted.reference, "seen": noted.pk} if noted else None
    form = PaperEndForm(request.POST or None, initial=shown)
    if request.method == "POST" and form.is_valid():
        try:
            step = act(application, **form.cleaned_data, by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _said(step, erasing=erasing))
            return redirect("application_list", application.call_id)
    circle = application.call.circle
    context = {"form": form, "application": application, "circle": circle, "noted": noted}
    return render(request, "circles/application_paper_end.html", context | {"erasing": erasing})


def _said(step: paper.Step, *, erasing: bool) -> str:
    if step is paper.Step.NOTED:
        return _(
            "Noted. A second person, of the office or a reviewer, opens the same page and confirms."
        )
    if step is paper.Step.DEPARTS:
        return _(
            "Noted. The place passes on by two people after 48 hours, at the desk of the draw."
        )
    if erasing:
        return _("Everything about the person is deleted; the ticket stays.")
    return _("The application is withdrawn; the letter waits in the outbox.")
