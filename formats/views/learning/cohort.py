"""One cohort: its public page and programme; the office describes it and brings people together."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from formats import permissions, printing
from formats.forms.knowledge import InputForm
from formats.forms.learning import CohortForm, GiverForm, InviteForm, LearningSessionForm
from formats.forms.localized import initial_of
from formats.learning import knowledge, members, networks, sessions, sheets
from formats.learning.cohort_page import page_of
from formats.models import CohortMember, LearningSession
from formats.views.learning.doors import cohort_of, own_cohort
from foundation.accounts.people import myself
from foundation.audit import trail
from foundation.documents import files
from foundation.errors import DomainError
from foundation.look import moments
from foundation.posting.once import once


@require_safe
def cohort(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Members as far as they agree, knowledge givers, sessions, what was learnt."""
    found = cohort_of(request, slug, year)
    context = {
        "cohort": found,
        "network": found.network,
        **page_of(found, request.user),
        "may_run": permissions.can_run_learning(request.user),
        "trail": [
            {"url": reverse("learning_network_list"), "label": _("Learning networks")},
            {"url": reverse("learning_network", args=[slug]), "label": found.network.name},
        ],
    }
    return render(request, "formats/cohort.html", context)


@require_safe
def cohort_programme(request: HttpRequest, slug: str, year: int, language: str) -> HttpResponse:
    """The sheet that says what the programme says today; 404 while it is being made."""
    found = cohort_of(request, slug, year)
    if language not in printing.LANGUAGES:
        raise Http404
    sheet = sheets.current(found, language)
    if sheet is None:
        raise Http404
    answer = HttpResponse(files.read(sheet.file), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{slug}-{year}-{language}.pdf"'
    return answer


@login_required
@once
def cohort_edit(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    found = own_cohort(request, slug, year)
    start: dict[str, object] = {
        "year": found.year, "participants_told": found.participants_told,
    }  # fmt: skip
    kept = {name: getattr(found, name) for name in CohortForm.texts}
    for name, text in kept.items():
        start |= initial_of(name, text)
    form = CohortForm(request.POST or None, initial=start, kept=kept)
    if request.method == "POST" and form.is_valid():
        try:
            networks.describe_cohort(found, **form.values(), by=myself(request))
        except DomainError as error:
            form.add_error("year", error.message)
        else:
            return redirect("cohort", slug, form.cleaned_data["year"])
    return _form(request, form, found, _("Change the cohort"))


@login_required
@once
@require_POST
def cohort_start(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    try:
        networks.start(own_cohort(request, slug, year), by=myself(request))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The cohort runs. Those invited can join."))
    return redirect("cohort", slug, year)


@login_required
@once
@require_POST
def cohort_archive(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    try:
        networks.archive(own_cohort(request, slug, year), by=myself(request))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The cohort is archived. Its page stays."))
    return redirect("cohort", slug, year)


@login_required
@never_cache
@require_safe
def cohort_members(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Who is invited and who takes part; looking is logged."""
    found = own_cohort(request, slug, year)
    rows = list(found.members.select_related("user", "industry").order_by("state", "pk"))
    trail.log_access(myself(request), rows, purpose="cohort-members")
    context = {"cohort": found, "network": found.network, "members": rows}
    return render(request, "formats/cohort_members.html", context)


@login_required
@once
def cohort_invite(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Offer somebody a place, by mail."""
    found = own_cohort(request, slug, year)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            members.invite(found, **form.cleaned_data, by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("The invitation is on its way."))
            return redirect("cohort_members", slug, year)
    return _form(request, form, found, _("Invite somebody"))


@login_required
@once
@require_POST
def cohort_member_end(request: HttpRequest, slug: str, year: int, pk: int) -> HttpResponse:
    rows = own_cohort(request, slug, year).members.exclude(state=CohortMember.State.LEFT)
    members.leave(get_object_or_404(rows, pk=pk), by=myself(request))
    return redirect("cohort_members", slug, year)


@login_required
@once
def cohort_giver_create(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """An expert who stands by the cohort."""
    found = own_cohort(request, slug, year)
    form = GiverForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            members.name_giver(found, **form.values(), by=myself(request))
        except DomainError as error:
            form.add_error("agreed", error.message)
        else:
            return redirect("cohort", slug, year)
    return _form(request, form, found, _("Add a knowledge giver"))


@login_required
@once
@require_POST
def cohort_giver_unname(request: HttpRequest, slug: str, year: int, pk: int) -> HttpResponse:
    """Take a name away, because its bearer does not agree any more."""
    found = own_cohort(request, slug, year)
    giver = get_object_or_404(found.givers.select_related("cohort__network"), pk=pk)
    members.unname_giver(giver, by=myself(request))
    messages.success(request, _("The name is gone, also from the programmes."))
    return redirect("cohort", slug, year)


@login_required
@once
def cohort_input_create(request: HttpRequest, slug: str, year: int, pk: int) -> HttpResponse:
    """A talk or material of a knowledge giver, with the terms that they set."""
    found = own_cohort(request, slug, year)
    giver = get_object_or_404(found.givers.select_related("cohort"), pk=pk)
    form = InputForm(request.POST or None, cohort=found)
    if request.method == "POST" and form.is_valid():
        try:
            knowledge.give_input(giver, **form.cleaned_data, by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("The input is in the room."))
            return redirect("cohort", slug, year)
    return _form(request, form, found, _("Input of a knowledge giver"))


@login_required
@once
def learning_session_create(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    found = own_cohort(request, slug, year)
    form = LearningSessionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sessions.add(found, **form.values(), by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            return redirect("cohort", slug, year)
    return _form(request, form, found, _("Add a session"))


@login_required
@once
def learning_session_edit(request: HttpRequest, slug: str, year: int, pk: int) -> HttpResponse:
    found = own_cohort(request, slug, year)
    session = get_object_or_404(found.sessions.select_related("cohort"), pk=pk)
    kept = {name: getattr(session, name) for name in LearningSessionForm.texts}
    form = LearningSessionForm(request.POST or None, initial=_initial(session), kept=kept)
    if request.method == "POST" and form.is_valid():
        try:
            sessions.change(session, **form.values(), by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            return redirect("cohort", slug, year)
    return _form(request, form, found, _("Change the session"))


def _initial(session: LearningSession) -> dict[str, object]:
    names = ("kind", "mode", "attendance", "recording")
    start: dict[str, object] = {name: getattr(session, name) for name in names}
    start |= {"topic": session.topic_id, "event": session.event_id}
    for name in LearningSessionForm.texts:
        start |= initial_of(name, getattr(session, name))
    if session.starts_at and session.ends_at:
        begins, ends = moments.local(session.starts_at), moments.local(session.ends_at)
        start |= {"day": begins.date(), "starts": begins.time(), "ends": ends.time()}
    return start


def _form(request: HttpRequest, form: object, found: object, heading: str) -> HttpResponse:
    context = {"form": form, "cohort": found, "network": found.network, "heading": heading}  # type: ignore[attr-defined]
    return render(request, "formats/learning_form.html", context)
