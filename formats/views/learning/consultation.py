"""A page that leads through a peer consultation: whose turn it is, how long, what to write down."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from formats import permissions
from formats.forms import consultation as asked
from formats.learning import consultations, grouping
from formats.models import Consultation, ConsultationSeat
from formats.views.learning.doors import inside
from foundation.access import require
from foundation.accounts.mandates import Actor
from foundation.accounts.people import myself
from foundation.errors import DomainError
from foundation.posting.once import once

Phase = Consultation.Phase
Role = ConsultationSeat.Role


@require_safe
@never_cache
def consultation(request: HttpRequest, slug: str, year: int, pk: int) -> HttpResponse:
    """Phase, time left, roles, and the one form that is this reader's turn."""
    found = _consultation(request, slug, year, pk)
    user = request.user
    ends_at = consultations.ends_at(found)
    seconds = int((ends_at - timezone.now()).total_seconds()) if ends_at else 0
    order = [str(role) for role in Role]
    seats = sorted(found.helpers, key=lambda row: order.index(row.role))
    size = len(seats) + 1
    is_giver = permissions.can_bring(user, found)
    in_it = is_giver or permissions.can_help_in(user, found)
    context = {
        "consultation": found,
        "cohort": found.cohort,
        "network": found.cohort.network,
        "phases": _phases(found),
        "ends_at": ends_at,
        "seconds": seconds,
        "minutes": -(-seconds // 60),
        "seats": seats,
        "size": size,
        "fits": grouping.LEAST <= size <= grouping.MOST,
        "in_it": in_it,
        "is_giver": is_giver,
        "may_lead": permissions.can_lead(user, found) and found.phase != Phase.DONE,
        "may_cast": permissions.can_cast(user, found),
        "advice": _advice(found, user),
        "form": _form_of(found, user),
    }
    return render(request, "formats/consultation.html", context)


@login_required
@once
def consultation_create(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Bring a case of one's own organisation."""
    member = inside(request, slug, year)
    form = asked.CaseForm(request.POST or None, cohort=member.cohort)
    if request.method == "POST" and form.is_valid():
        try:
            made = consultations.bring_case(member, **form.cleaned_data, by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            return redirect("consultation", slug, year, made.pk)
    context = {
        "form": form, "cohort": member.cohort, "network": member.cohort.network,
        "heading": _("Bring a case"), "back": "cohort_room",
        "lead": _("Only the people in your consultation read it, until you release the result."),
    }  # fmt: skip
    return render(request, "formats/learning_form.html", context)


@login_required
@once
def consultation_cast(request: HttpRequest, slug: str, year: int, pk: int) -> HttpResponse:
    """Who moderates, takes notes, advises."""
    found = _mine(request, slug, year, pk)
    form = asked.CastForm(request.POST or None, consultation=found)
    if request.method == "POST" and form.is_valid():
        try:
            consultations.cast(found, **form.values(), by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            return redirect("consultation", slug, year, pk)
    context = {
        "form": form, "cohort": found.cohort, "network": found.cohort.network,
        "heading": _("Casting"), "back": "cohort_room",
    }  # fmt: skip
    return render(request, "formats/learning_form.html", context)


@login_required
@once
@require_POST
def consultation_next(request: HttpRequest, slug: str, year: int, pk: int) -> HttpResponse:
    found = _mine(request, slug, year, pk)
    require(permissions.can_lead(request.user, found))
    try:
        if request.POST.get("from") == found.phase:
            consultations.go_on(found, by=myself(request))
    except DomainError as error:
        messages.error(request, error.message)
    return redirect("consultation", slug, year, pk)


@login_required
@once
@require_POST
def consultation_write(request: HttpRequest, slug: str, year: int, pk: int) -> HttpResponse:
    """What this phase asks of this person: question, method, advice, takeaway, looking back."""
    found = _mine(request, slug, year, pk)
    form = _form_of(found, request.user, request.POST)
    require(form is not None)
    if form is not None and form.is_valid():
        try:
            _write(found, form, request)
        except DomainError as error:
            messages.error(request, error.message)
    else:
        messages.error(request, _("Nothing was written down. Please fill in the field."))
    return redirect("consultation", slug, year, pk)


@login_required
@once
def consultation_release(request: HttpRequest, slug: str, year: int, pk: int) -> HttpResponse:
    """How far the result may go; the case giver alone decides."""
    found = _mine(request, slug, year, pk)
    require(permissions.can_bring(request.user, found))
    form = asked.ReleaseForm(request.POST or None, initial={"openness": found.openness})
    if request.method == "POST" and form.is_valid():
        try:
            consultations.release(found, form.cleaned_data["openness"], by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            return redirect("consultation", slug, year, pk)
    context = {
        "form": form, "cohort": found.cohort, "network": found.cohort.network,
        "heading": _("Release the result"), "back": "cohort_room",
    }  # fmt: skip
    return render(request, "formats/learning_form.html", context)


def _consultation(request: HttpRequest, slug: str, year: int, pk: int) -> Consultation:
    rows = Consultation.objects.visible_to(request.user).select_related(
        "cohort__network", "case_giver__user", "topic", "session"
    )
    rows = rows.prefetch_related("seats__member__user")
    return get_object_or_404(rows, pk=pk, cohort__network__slug=slug, cohort__year=year)


def _mine(request: HttpRequest, slug: str, year: int, pk: int) -> Consultation:
    """For those who are in it."""
    found = _consultation(request, slug, year, pk)
    user = request.user
    require(permissions.can_bring(user, found) or permissions.can_help_in(user, found))
    return found


def _phases(found: Consultation) -> list[dict[str, Any]]:
    reached = consultations.ORDER.index(Phase(found.phase))
    return [
        {
            "label": phase.label,
            "minutes": minutes,
            "is_now": phase == found.phase,
            "is_over": consultations.ORDER.index(phase) < reached,
        }
        for phase, minutes in consultations.MINUTES.items()
    ]


def _advice(found: Consultation, user: Actor) -> list[Any]:
    """All notes for the case giver and the note taker; others read what helped, once released."""
    if permissions.can_bring(user, found) or permissions.can_help_in(user, found, Role.NOTE_TAKER):
        return list(found.advice.all())
    if found.openness != "owner":
        return list(found.advice.filter(helps=True))
    return []


def _form_of(found: Consultation, user: Actor, data: Any = None) -> forms.Form | None:
    """The one form that this phase has for this person."""
    phase = found.phase
    if permissions.can_bring(user, found):
        if phase in (Phase.STORY, Phase.KEY_QUESTION):
            return asked.QuestionForm(data, initial={"key_question": found.key_question})
        if phase == Phase.CLOSING or (phase == Phase.DONE and not found.takeaway):
            return asked.TakeawayForm(data, consultation=found)
        if phase == Phase.DONE and found.checked_back_at is None:
            return asked.LookBackForm(data)
    if phase == Phase.METHOD and permissions.can_help_in(user, found, Role.MODERATOR):
        return asked.MethodForm(data, initial={"method": found.method})
    if phase == Phase.ADVICE and permissions.can_help_in(user, found, Role.NOTE_TAKER):
        return asked.AdviceForm(data)
    return None


def _write(found: Consultation, form: forms.Form, request: HttpRequest) -> None:
    by, typed = myself(request), form.cleaned_data
    if isinstance(form, asked.QuestionForm):
        consultations.ask(found, typed["key_question"], by=by)
    elif isinstance(form, asked.MethodForm):
        consultations.choose_method(found, typed["method"], by=by)
    elif isinstance(form, asked.AdviceForm):
        consultations.note(found, typed["text"], by=by)
    elif isinstance(form, asked.TakeawayForm):
        helpful = {each.pk for each in typed["helpful"]}
        consultations.take_along(found, typed["takeaway"], helpful=helpful, by=by)
    elif isinstance(form, asked.LookBackForm):
        consultations.look_back(found, typed["words"], by=by)
