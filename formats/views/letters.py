"""The mails of a session, before they leave: one is read, then all of its kind are let go."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext

from formats.forms.session import LettersForm
from formats.sittings import letters
from formats.views.places import crumbs_to, own_session
from foundation.accounts.people import myself
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.mail import outbox
from foundation.mail.models import OutgoingMail
from foundation.posting.once import once


@login_required
@once
def meeting_letters(request: HttpRequest, year: int, ordinal: int) -> HttpResponse:
    """Held mails of this session by kind; exactly those that were shown leave."""
    found = own_session(request, year, ordinal)
    waiting = letters.waiting(found)
    return show_letters(
        request,
        waiting,
        letters.bundles(waiting),
        to=reverse("meeting_letters", args=[year, ordinal]),
        template="formats/meeting_letters.html",
        purpose="session-mails",
        context={"meeting": found, "body": found.body, "trail": crumbs_to(found)},
    )


def show_letters(
    request: HttpRequest,
    waiting: QuerySet[OutgoingMail],
    bundles: list[letters.Bundle],
    *,
    to: str,
    template: str,
    purpose: str,
    context: dict[str, Any],
) -> HttpResponse:
    """The page of mails that wait: log the look, or let go what was posted and come back `to`."""
    form = LettersForm(waiting, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            n = outbox.release_all(form.cleaned_data["mails"], by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            told = ngettext("%(n)d mail leaves now.", "%(n)d mails leave now.", n) % {"n": n}
            messages.success(request, told)
            return redirect(to)
    trail.log_access(myself(request), waiting, purpose=purpose)
    return render(request, template, {**context, "form": form, "bundles": bundles})
