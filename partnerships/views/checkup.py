"""The yearly question: the contact answers by the link, the office decides on corrections."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from foundation.access import require
from foundation.accounts.people import myself
from foundation.errors import DomainError
from foundation.posting.once import once
from partnerships import permissions
from partnerships.directory import checkups
from partnerships.forms.actor_care import CorrectionForm
from partnerships.models import ActorCheckup
from partnerships.views.answers import act_and_return

SESSION_KEY = "checkup_token"


@require_safe
def checkup_enter(request: HttpRequest, token: str) -> HttpResponse:
    """Take the token into the session and drop it from the address."""
    if checkups.find_by_token(token) is None:
        raise Http404
    request.session[SESSION_KEY] = token
    return redirect("checkup")


@never_cache
@require_safe
def checkup(request: HttpRequest) -> HttpResponse:
    """The entry, and the three answers."""
    found = _checkup(request)
    return _page(request, found, CorrectionForm(initial=CorrectionForm.initial_of(found.actor)))


@once
@require_POST
def checkup_confirm(request: HttpRequest) -> HttpResponse:
    found = _checkup(request)
    done = _("Thank you. The entry is confirmed for this year.")
    return _answer(request, lambda: checkups.confirm(found), done)


@once
@require_POST
def checkup_correct(request: HttpRequest) -> HttpResponse:
    found = _checkup(request)
    form = CorrectionForm(request.POST)
    if form.is_valid():
        try:
            checkups.propose(found, form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. The office looks at your correction."))
            return redirect("checkup")
    return _page(request, found, form)


@once
@require_POST
def checkup_remove(request: HttpRequest) -> HttpResponse:
    found = _checkup(request)
    done = _("The office has your wish. You get a mail when the entry is gone.")
    return _answer(request, lambda: checkups.ask_for_removal(found), done)


@login_required
@require_safe
def checkup_list(request: HttpRequest) -> HttpResponse:
    """Corrections and wishes that wait for the office."""
    require(permissions.can_keep_directory(request.user))
    waiting = [(each, _differences(each)) for each in checkups.waiting()]
    return render(request, "partnerships/checkup_list.html", {"waiting": waiting})


@login_required
@require_POST
@once
def checkup_accept(request: HttpRequest, pk: int) -> HttpResponse:
    found = _waiting(request, pk)
    return _decide(request, lambda: checkups.accept(found, by=myself(request)))


@login_required
@require_POST
@once
def checkup_decline(request: HttpRequest, pk: int) -> HttpResponse:
    found = _waiting(request, pk)
    return _decide(request, lambda: checkups.decline(found, by=myself(request)))


def _checkup(request: HttpRequest) -> ActorCheckup:
    found = checkups.find_by_token(request.session.get(SESSION_KEY, ""))
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, found: ActorCheckup, form: CorrectionForm) -> HttpResponse:
    is_open = found.state == ActorCheckup.State.ASKED
    context = {"checkup": found, "actor": found.actor, "form": form, "is_open": is_open}
    return render(request, "partnerships/checkup.html", context)


def _answer(request: HttpRequest, act: Callable[[], None], done: str) -> HttpResponse:
    return act_and_return(request, act, to=reverse("checkup"), done=done)


def _waiting(request: HttpRequest, pk: int) -> ActorCheckup:
    require(permissions.can_keep_directory(request.user))
    return get_object_or_404(ActorCheckup.objects.select_related("actor__municipality"), pk=pk)


def _decide(request: HttpRequest, act: Callable[[], None]) -> HttpResponse:
    return act_and_return(request, act, to=reverse("checkup_list"), done=_("Done."))


def _differences(found: ActorCheckup) -> list[tuple[str, str, str]]:
    """(title, as it is, as it would be) of each field of a correction."""
    labels = {name: str(field.label) for name, field in CorrectionForm.base_fields.items()}
    now = CorrectionForm.initial_of(found.actor)
    return [(labels[name], now.get(name, ""), new) for name, new in found.proposal.items()]
