"""The majority vote of a decision: moved, secret or not, opened, cast, counted; the minority."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from circles import permissions
from circles.deciding import minority, votes
from circles.forms.acting import ask_seat, seat_in
from circles.forms.decision import ChoiceForm, MotionForm, StatementForm
from circles.models import Decision, SeatTerm
from circles.seating.memberships import terms_of
from circles.views.decision import one_step
from circles.views.decision_room import address, current_vote, decision_of
from foundation.access import require
from foundation.accounts.people import myself
from foundation.posting.once import once
from partnerships.views.answers import act_and_return


@login_required
@once
def vote_move(request: HttpRequest, slug: str, n: int) -> HttpResponse:
    """A member moves a majority vote."""
    found = _of_member(request, slug, n)
    return one_step(
        request,
        found,
        MotionForm(request.POST or None),
        lambda form: votes.move(found, **form.cleaned_data, by=myself(request)),
        heading=_("Move a majority vote"),
        submit=_("Move the vote"),
        lead=_("Only after consent rounds that left a serious objection. Somebody else opens it."),
        done=_("The vote is moved. All members are told by mail."),
    )


@login_required
@once
@require_POST
def vote_secret(request: HttpRequest, slug: str, n: int) -> HttpResponse:
    """A member asks for a secret ballot."""
    found = _of_member(request, slug, n)
    return _step(
        request,
        found,
        votes.ask_secret,
        done=_("The vote will be secret. Nobody is told who asked."),
    )


@login_required
@once
@require_POST
def vote_open(request: HttpRequest, slug: str, n: int) -> HttpResponse:
    """Somebody else than the mover opens it."""
    found = decision_of(request, slug, n)
    return _step(
        request, found, votes.open_vote, done=_("The vote is open. All members are told by mail.")
    )


@login_required
@once
@require_POST
def vote_drop(request: HttpRequest, slug: str, n: int) -> HttpResponse:
    """The mover takes it back."""
    found = _of_member(request, slug, n)
    return _step(
        request, found, votes.drop, done=_("The vote is taken back. The consent rounds go on.")
    )


@login_required
@once
def vote_ballot(request: HttpRequest, slug: str, n: int) -> HttpResponse:
    """One's own ballot, or its correction."""
    found = _of_member(request, slug, n)
    vote = current_vote(found)
    return one_step(
        request,
        found,
        ask_seat(ChoiceForm(request.POST or None), _own_seats(request, found)),
        lambda form: votes.cast(
            vote, form.cleaned_data["choice"], seat=seat_in(form), by=myself(request)
        ),
        heading=_("Your ballot"),
        submit=_("Give my ballot"),
        lead=_("You can change it until the vote is closed; the last one counts."),
        done=_("Your ballot counts."),
    )


@login_required
@once
@require_POST
def vote_close(request: HttpRequest, slug: str, n: int) -> HttpResponse:
    """Count, when all have voted or the time is over."""
    found = decision_of(request, slug, n)
    return _step(request, found, votes.close, done=_("The vote is counted."))


@login_required
@once
def vote_statement(request: HttpRequest, slug: str, n: int) -> HttpResponse:
    """What the outvoted want to be read."""
    found = _of_member(request, slug, n)
    vote = current_vote(found)
    return one_step(
        request,
        found,
        ask_seat(StatementForm(request.POST or None), _own_seats(request, found)),
        lambda form: minority.add(vote, **form.cleaned_data, by=myself(request)),
        heading=_("Minority statement"),
        submit=_("Add the statement"),
        done=_("Your statement stands with the result."),
    )


def _of_member(request: HttpRequest, slug: str, n: int) -> Decision:
    found = decision_of(request, slug, n)
    require(permissions.is_member(request.user, found.circle))
    return found


def _own_seats(request: HttpRequest, found: Decision) -> list[SeatTerm]:
    return list(terms_of(found.circle, myself(request)))


def _step(
    request: HttpRequest, found: Decision, act: Callable[..., object], *, done: str
) -> HttpResponse:
    """A step of the vote that is under way, and back to the decision."""
    return act_and_return(
        request,
        lambda: act(current_vote(found), by=myself(request)),
        to=address(found),
        done=done,
    )
