"""The last three beats of every page with a form: validate, let the domain act, go on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render

from foundation.errors import DomainError
from partnerships.models import Agreement, Partnership, Party
from partnerships.permissions import party_of

F = TypeVar("F", bound=Form)


def answer(
    request: HttpRequest,
    form: F,
    act: Callable[[F], Any],
    *,
    to: str | Callable[[Any], str],
    template: str,
    context: dict[str, Any],
    done: str = "",
) -> HttpResponse:
    """Show `form`, or act on what was posted and go `to`; a refusal stands on the form.

    `to` may be a function of what `act` has made.
    """
    if request.method == "POST" and form.is_valid():
        try:
            made = act(form)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            if done:
                messages.success(request, done)
            return redirect(to(made) if callable(to) else to)
    return render(request, template, {**context, "form": form})


def act_and_return(
    request: HttpRequest, act: Callable[[], object], *, to: str, done: str = ""
) -> HttpResponseRedirect:
    """For forms of one button: act, say what happened or was refused, go back."""
    try:
        act()
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        if done:
            messages.success(request, done)
    return redirect(to)


def fetch_partnership(request: HttpRequest, slug: str) -> Partnership:
    """The partnership that this person may see, else 404."""
    return get_object_or_404(Partnership.objects.visible_to(request.user), slug=slug)


def fetch_agreement(request: HttpRequest, slug: str, number: str) -> Agreement:
    """The agreement that this person may see, else 404."""
    visible = Agreement.objects.visible_to(request.user).select_related("partnership")
    return get_object_or_404(visible, number=number, partnership__slug=slug)


def own_party(request: HttpRequest, partnership: Partnership) -> Party:
    """The city that this person speaks for in `partnership`, else 403."""
    party = party_of(request.user, partnership)
    if party is None:
        raise PermissionDenied
    return party
