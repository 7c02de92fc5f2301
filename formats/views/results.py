"""After an event: topics become something, participants and contacts are noted with next steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from formats.events import outcomes
from formats.events.event_page import line_of, made_of
from formats.forms.forum import ContactForm, DropForm, MakeForm, ParticipantForm, RaiseForm
from formats.models import Event, Outcome
from formats.views.event_office import own
from foundation.accounts.people import myself
from foundation.errors import DomainError
from foundation.posting.once import once


@login_required
@require_safe
def event_results(request: HttpRequest, slug: str) -> HttpResponse:
    """The delegation sheet and the way from topics to results."""
    found = own(request, slug)
    context = {
        **line_of(found),
        "raised": list(found.outcomes.filter(state=Outcome.State.RAISED).select_related("topic")),
        "dropped": list(found.outcomes.filter(state=Outcome.State.DROPPED)),
        "made": made_of(found),
        "people": list(found.participants.select_related("actor")),
        "met": list(found.contacts.select_related("actor", "city")),
    }
    return render(request, "formats/event_results.html", context)


@login_required
@once
def outcome_raise(request: HttpRequest, slug: str) -> HttpResponse:
    """Tick a topic while people talk."""
    found = own(request, slug)
    form = RaiseForm(request.POST or None)
    return _answer(
        request, found, form, _("Tick a topic"),
        lambda: outcomes.raise_topic(
            found, form.title, topic=form.cleaned_data["topic"], by=myself(request)
        ),
    )  # fmt: skip


@login_required
@once
def outcome_make(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The topic becomes a project, a lab, an idea, a meeting or a recommendation."""
    found = own(request, slug)
    outcome = _outcome(found, pk)
    form = MakeForm(request.POST or None)
    return _answer(
        request, found, form, str(outcome.title),
        lambda: outcomes.make(
            outcome, form.cleaned_data["kind"], event=found, text=form.text("text"),
            handed_to=form.cleaned_data["handed_to"], by=myself(request),
        ),
    )  # fmt: skip


@login_required
@once
def outcome_drop(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = own(request, slug)
    outcome = _outcome(found, pk)
    form = DropForm(request.POST or None)
    return _answer(
        request, found, form, _("Not pursued: %(title)s") % {"title": outcome.title},
        lambda: outcomes.drop(outcome, form.text("reason"), by=myself(request)),
    )  # fmt: skip


@login_required
@once
@require_POST
def outcome_take_up(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = own(request, slug)
    outcome = _outcome(found, pk, state=Outcome.State.DROPPED)
    outcomes.take_up(outcome, by=myself(request))
    return redirect("event_results", slug)


@login_required
@once
def participant_create(request: HttpRequest, slug: str) -> HttpResponse:
    """An organisation or function in its delegation."""
    found = own(request, slug)
    form = ParticipantForm(request.POST or None, user=request.user)
    return _answer(
        request, found, form, _("Add to the delegation sheet"),
        lambda: outcomes.bring(found, **form.values(), by=myself(request)),
    )  # fmt: skip


@login_required
@once
def event_contact_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Whom somebody met, and the next step."""
    found = own(request, slug)
    form = ContactForm(request.POST or None, user=request.user)
    return _answer(
        request, found, form, _("Whom did you meet?"),
        lambda: outcomes.meet(found, **form.values(), by=myself(request)),
    )  # fmt: skip


@login_required
@once
@require_POST
def event_contact_done(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = own(request, slug)
    contact = get_object_or_404(found.contacts.select_related("event"), pk=pk)
    outcomes.finish_step(contact, by=myself(request))
    return redirect("event_results", slug)


def _outcome(found: Event, pk: int, *, state: str = Outcome.State.RAISED) -> Outcome:
    return get_object_or_404(found.outcomes, pk=pk, state=state)


def _answer(
    request: HttpRequest, found: Event, form: forms.Form, heading: str, act: Callable[[], Any]
) -> HttpResponse:
    """One form of the sheet: back to it when it worked."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            return redirect("event_results", found.slug)
    context = {"form": form, "event": found, "heading": heading}
    return render(request, "formats/result_edit.html", context)
