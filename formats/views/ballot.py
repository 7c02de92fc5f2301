"""Giving a ballot: after login, by a printed card, or by the link from a mail."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from formats.forms.ballot import BallotForm, CodeForm
from formats.models import PriorityRound, Voter
from formats.weighing import ballots, passes, priorities
from foundation import database
from foundation.accounts.people import myself
from foundation.errors import DomainError
from foundation.posting.once import once

# The digest of a card or link that was opened in this browser; never the code itself.
SESSION_KEY = "voting_pass"


@require_safe
def vote_enter(request: HttpRequest, token: str) -> HttpResponse:
    """Take the code into the session, as a digest, and drop it from the address."""
    request.session[SESSION_KEY] = passes.digest_of(token)
    return redirect("vote")


@once
def vote_code(request: HttpRequest) -> HttpResponse:
    """Type the code from a card."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        digest = passes.digest_of(form.cleaned_data["code"])
        try:
            passes.voter_behind(digest)
        except DomainError as error:
            form.add_error("code", error.message)
        else:
            request.session[SESSION_KEY] = digest
            return redirect("vote")
    return render(request, "formats/vote_code.html", {"form": form})


@once
def vote(request: HttpRequest) -> HttpResponse:
    """The ballot behind a card or link."""
    digest = request.session.get(SESSION_KEY)
    if digest is None:
        return redirect("vote_code")
    try:
        voter = passes.voter_behind(digest)
    except DomainError as error:
        del request.session[SESSION_KEY]
        messages.error(request, error.message)
        return redirect("vote_code")
    found = PriorityRound.objects.filter(poll=voter.poll_id)
    priority_round = get_object_or_404(found.select_related("meeting__body", "poll"))
    return _ballot(request, priority_round, voter, here=reverse("vote"), by_pass=True)


@once
@require_POST
def vote_leave(request: HttpRequest) -> HttpResponse:
    """Forget the card on this device, so that the next person can use theirs."""
    request.session.pop(SESSION_KEY, None)
    return redirect("vote_code")


@login_required
@once
def priority_vote(request: HttpRequest, pk: int) -> HttpResponse:
    """A member's own ballot after login."""
    priority_round = get_object_or_404(
        PriorityRound.objects.visible_to(request.user).select_related("meeting__body", "poll"),
        pk=pk,
    )
    voter = priorities.voter_of(priority_round, myself(request))
    if voter is None:
        raise Http404
    return _ballot(request, priority_round, voter, here=request.path, by_pass=False)


def _ballot(
    request: HttpRequest, priority_round: PriorityRound, voter: Voter, *, here: str, by_pass: bool
) -> HttpResponse:
    poll = voter.poll
    form = BallotForm(poll, request.POST or None, given=ballots.ballot_of(voter))
    if request.method == "POST" and form.is_valid():
        try:
            is_first = ballots.cast(voter, form.marks())
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            said = _("Your ballot counts.") if is_first else _("Your ballot is changed.")
            messages.success(request, said)
            return redirect(here)
    context = {
        "round": priority_round,
        "poll": poll,
        "form": form,
        "voter": voter,
        "by_pass": by_pass,
        "is_open": ballots.takes_ballots(poll, database.clock()),
    }
    return render(request, "formats/vote.html", context)
