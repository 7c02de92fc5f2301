"""A prioritisation: its public page, and how the chair prepares and runs it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from formats import permissions
from formats.forms.ballot import CardsForm, HandsForm
from formats.forms.priority import PriorityForm
from formats.models import Meeting, Poll, PriorityRound
from formats.sittings import bodies
from formats.views import weighing
from formats.weighing import ballots, hands, passes, priorities, voting_cards
from foundation.access import require
from foundation.accounts.people import myself
from foundation.errors import DomainError
from foundation.posting.once import once


@require_safe
def priority(request: HttpRequest, pk: int) -> HttpResponse:
    """What was weighed, how it came out and why, and what the office makes of it."""
    found = _round(request, pk)
    user = request.user
    voter = priorities.voter_of(found, user) if user.is_authenticated else None
    weighed = priorities.result_of(found)
    context = _page(found) | {
        "weighed": weighed,
        "figure": weighing.figure_of(found, weighed),
        "topics": list(found.topics.select_related("option", "vision")),
        "voter": voter,
        "may_run": permissions.can_prepare(user, found.meeting.body),
        "may_dissent": found.poll.is_closed and permissions.can_dissent(user, found),
        "may_answer": found.poll.is_closed and permissions.can_answer_advice(user),
    }
    return render(request, "formats/priority.html", context)


@login_required
@once
def priority_create(request: HttpRequest, year: int, ordinal: int) -> HttpResponse:
    """Choose topics and rules for a session."""
    meeting = get_object_or_404(
        Meeting.objects.visible_to(request.user).select_related("body"),
        body__slug=bodies.DIV,
        year=year,
        ordinal=ordinal,
    )
    require(permissions.can_prepare(request.user, meeting.body))
    form = PriorityForm(meeting.body, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = priorities.set_up(meeting, **form.values(), by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            return redirect("priority_run", made.pk)
    return render(request, "formats/priority_create.html", {"form": form, "meeting": meeting})


@login_required
@require_safe
def priority_run(request: HttpRequest, pk: int) -> HttpResponse:
    """Roll, cards, links, turnout and the two buttons: open, close."""
    found = _own(request, pk)
    poll = found.poll
    voted, voters = ballots.turnout(poll)
    context = _page(found) | {
        "voted": voted,
        "voters": voters,
        "roll": list(poll.voters.filter(number=None)),
        "cards": passes.cards_in_force(poll),
        "cards_form": CardsForm(),
        "counts": poll.hand_counts.count(),
        "agreed": hasattr(poll, "agreed_count"),
        "is_room": found.electorate == PriorityRound.Electorate.ROOM,
    }
    return render(request, "formats/priority_run.html", context)


@login_required
@once
@require_POST
def priority_open(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own(request, pk)
    try:
        priorities.open_round(found, by=myself(request))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The vote is open."))
    return redirect("priority_run", pk)


@login_required
@once
@require_POST
def priority_close(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own(request, pk)
    try:
        ballots.close(found.poll, by=myself(request))
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("priority_run", pk)
    messages.success(request, _("The vote is closed and counted."))
    return redirect("priority", pk)


@login_required
@once
@require_POST
def priority_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own(request, pk)
    try:
        ballots.withdraw(found.poll, by=myself(request))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The vote is withdrawn. Nothing was counted."))
    return redirect("priority_run", pk)


@login_required
@once
@require_POST
def priority_links(request: HttpRequest, pk: int) -> HttpResponse:
    """Mail everybody who has not voted a personal link."""
    found = _own(request, pk)
    try:
        number = passes.mail_links(found.poll, title=found.title, by=myself(request))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        text = ngettext("%(n)d link is on its way.", "%(n)d links are on their way.", number)
        messages.success(request, text % {"n": number})
    return redirect("priority_run", pk)


@login_required
@once
@require_POST
def priority_cards(request: HttpRequest, pk: int) -> HttpResponse:
    """New cards as a PDF; the codes are on this paper and nowhere else."""
    found = _own(request, pk)
    form = CardsForm(request.POST)
    is_room = found.electorate == PriorityRound.Electorate.ROOM
    if is_room and not form.is_valid():
        messages.error(request, _("Please say how many cards you need: 1 to 400."))
        return redirect("priority_run", pk)
    guests = form.cleaned_data["guests"] if is_room else 0
    try:
        pdf = voting_cards.sheet(found, guests=guests, by=myself(request))
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("priority_run", pk)
    name = f'attachment; filename="stimmkarten-{found.pk}.pdf"'
    headers = {"Content-Disposition": name, "Cache-Control": "no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@login_required
@once
def priority_hands(request: HttpRequest, pk: int) -> HttpResponse:
    """One person's count of hands; nobody sees the other's."""
    found = _round(request, pk)
    require(permissions.can_count_hands(request.user, found.meeting.body))
    form = HandsForm(found.poll, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            agreed = hands.enter(
                found.poll,
                form.hands(),
                present=form.cleaned_data["present"],
                by=myself(request),
            )
        except hands.CountsDiffer as error:
            messages.error(request, error.message)
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _counted(agreed is not None))
        if not form.errors:
            return redirect("priority_hands", pk)
    context = _page(found) | {"form": form, "agreed": hasattr(found.poll, "agreed_count")}
    return render(request, "formats/priority_hands.html", context)


def _counted(both: bool) -> str:
    if both:
        return _("Both counts agree. The chair can close the vote.")
    return _("Your count is noted. Now a second person enters theirs, without seeing yours.")


def _round(request: HttpRequest, pk: int) -> PriorityRound:
    rounds = PriorityRound.objects.visible_to(request.user)
    return get_object_or_404(rounds.select_related("meeting__body", "poll"), pk=pk)


def _own(request: HttpRequest, pk: int) -> PriorityRound:
    found = _round(request, pk)
    require(permissions.can_prepare(request.user, found.meeting.body))
    return found


def _page(found: PriorityRound) -> dict[str, Any]:
    meeting = found.meeting
    path = [meeting.year, meeting.ordinal]
    return {
        "round": found,
        "poll": found.poll,
        "is_hands": found.poll.way == Poll.Way.HANDS,
        "trail": [
            {"url": reverse("div"), "label": meeting.body.name},
            {"url": reverse("meeting", args=path), "label": meeting.number},
        ],
    }
