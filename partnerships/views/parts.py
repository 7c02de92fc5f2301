"""Adding what a partnership is made of: topics, formats, actors, meetings."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.access import require
from foundation.accounts.people import myself
from foundation.posting.once import once
from partnerships.course import encounters, exchange_formats, focuses, participation
from partnerships.forms import partnerships as forms
from partnerships.models import Encounter, Focus
from partnerships.views.adding import add, editable
from partnerships.views.answers import act_and_return


@login_required
@once
def focus_new(request: HttpRequest, slug: str) -> HttpResponse:
    found = editable(request, slug)

    def act(form: forms.FocusForm) -> None:
        typed = form.cleaned_data
        focus = focuses.propose(
            found,
            typed["topic"],
            offered_by=typed["offered_by"],
            sought_by=typed["sought_by"],
            by=myself(request),
        )
        if typed["status"] != focus.status:
            focuses.put(focus, Focus.Status(typed["status"]), by=myself(request))

    form = forms.FocusForm(request.POST or None, partnership=found)
    return add(request, found, form, act, heading=_("Propose a topic"))


@login_required
@require_POST
@once
def focus_put(request: HttpRequest, slug: str, topic: str) -> HttpResponse:
    found = editable(request, slug)
    focus = get_object_or_404(found.foci, topic__slug=topic)
    form = forms.FocusStatusForm(request.POST)
    require(form.is_valid())
    return act_and_return(
        request,
        lambda: focuses.put(focus, Focus.Status(form.cleaned_data["status"]), by=myself(request)),
        to=reverse("partnership", args=[slug]),
        done=_("Saved."),
    )


@login_required
@once
def exchange_format_new(request: HttpRequest, slug: str) -> HttpResponse:
    found = editable(request, slug)
    return add(
        request,
        found,
        forms.ExchangeFormatForm(request.POST or None),
        lambda form: exchange_formats.promise(
            found,
            name=form.words("name"),
            mode=form.cleaned_data["mode"],
            per_year=form.cleaned_data["per_year"],
            by=myself(request),
        ),
        heading=_("Add a format"),
    )


@login_required
@once
def participation_new(request: HttpRequest, slug: str) -> HttpResponse:
    found = editable(request, slug)
    return add(
        request,
        found,
        forms.ParticipationForm(request.POST or None, partnership=found),
        lambda form: participation.take_part(
            found,
            form.cleaned_data["actor"],
            party=form.cleaned_data["party"],
            role=form.words("role"),
            by=myself(request),
        ),
        heading=_("Add an actor"),
    )


@login_required
@once
def encounter_new(request: HttpRequest, slug: str) -> HttpResponse:
    found = editable(request, slug)

    def act(form: forms.EncounterForm) -> None:
        typed = form.cleaned_data
        encounters.note(
            found,
            title=form.words("title"),
            reason=form.words("reason"),
            on=typed["on"],
            precision=typed["precision"],
            state=typed["state"],
            exchange_format=typed["exchange_format"],
            both_sides=typed["both_sides"],
            mode=typed["mode"],
            setting=typed["setting"],
            host=typed["host"],
            by=myself(request),
        )

    form = forms.EncounterForm(request.POST or None, partnership=found)
    return add(request, found, form, act, heading=_("Write a meeting down"))


@login_required
@once
def encounter_settle(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Held, cancelled, or replaced by another meeting: with the reason."""
    found = editable(request, slug)
    encounter = get_object_or_404(found.encounters, pk=pk)
    return add(
        request,
        found,
        forms.SettleForm(request.POST or None, encounter=encounter),
        lambda form: encounters.settle(
            encounter,
            Encounter.State(form.cleaned_data["state"]),
            reason=form.words("reason"),
            replaced_by=form.cleaned_data["replaced_by"],
            by=myself(request),
        ),
        heading=_("What became of it: %(meeting)s") % {"meeting": encounter},
    )
