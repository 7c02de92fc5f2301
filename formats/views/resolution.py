"""Votes: put to the body, counted or cast, closed with figures that everybody can read."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from formats import permissions
from formats.forms.session import (
    BallotForm,
    CircularForm,
    CountForm,
    MinorityForm,
    ReasonForm,
    VoteForm,
)
from formats.models import Minutes, Resolution
from formats.sittings import circulars, resolutions, sessions
from formats.views.places import (
    Crumbs,
    crumbs_to,
    own_item,
    own_resolution,
    resolution_of,
    the_body,
)
from foundation.access import require
from foundation.accounts.models import User
from foundation.accounts.people import myself
from foundation.errors import DomainError
from foundation.posting.once import once
from partnerships.views.answers import act_and_return, answer


@login_required
@once
def resolution_open(request: HttpRequest, year: int, ordinal: int, position: int) -> HttpResponse:
    """Put a wording to the vote."""
    item = own_item(request, year, ordinal, position)
    form = VoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = resolutions.open_vote(item, **form.cleaned_data, by=myself(request))
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("resolution", made.year, made.ordinal, made.n)
    context = {
        "form": form,
        "item": item,
        "meeting": item.meeting,
        "quorum": sessions.quorum_of(item.meeting),
        "trail": crumbs_to(item.meeting),
    }
    return render(request, "formats/resolution_open.html", context)


@require_safe
def resolution(request: HttpRequest, year: int, ordinal: int, n: int) -> HttpResponse:
    """Wording, figures, minority opinions; while the vote is open, what the reader can do."""
    found = resolution_of(request, year, ordinal, n)
    leads = permissions.can_prepare(request.user, found.body)
    context = _page(found) | {
        "opinions": found.minority.all(),
        "leads": leads,
        "may_add": leads and _still_written(found),
        "cast": found.voices.count(),
        "awaits": resolutions.awaits_answers(found),
        "is_counted": found.procedure in Resolution.COUNTED,
    }
    if found.state == Resolution.State.OPEN:
        context["count_form"] = CountForm()
        context |= _own_vote(request, found)
    return render(request, "formats/resolution.html", context)


@login_required
@once
def resolution_count(request: HttpRequest, year: int, ordinal: int, n: int) -> HttpResponse:
    """The figures that were counted in the room."""
    found = own_resolution(request, year, ordinal, n)
    return answer(
        request,
        CountForm(request.POST or None),
        lambda form: resolutions.count(found, **form.cleaned_data, by=myself(request)),
        to=reverse("resolution", args=[year, ordinal, n]),
        template="formats/resolution_count.html",
        context=_page(found),
        done=_("The vote is counted."),
    )


@login_required
@once
def resolution_vote(request: HttpRequest, year: int, ordinal: int, n: int) -> HttpResponse:
    """One's own vote, once."""
    found = resolution_of(request, year, ordinal, n)
    require(permissions.can_follow(request.user, found))
    return answer(
        request,
        BallotForm(request.POST or None, circular=found.is_circular),
        lambda form: resolutions.cast(found, form.cleaned_data["choice"], by=myself(request)),
        to=reverse("resolution", args=[year, ordinal, n]),
        template="formats/resolution_vote.html",
        context=_page(found),
        done=_("Your vote is counted."),
    )


@login_required
@once
@require_POST
def resolution_close(request: HttpRequest, year: int, ordinal: int, n: int) -> HttpResponse:
    found = own_resolution(request, year, ordinal, n)
    return act_and_return(
        request,
        lambda: resolutions.close_vote(found, by=myself(request)),
        to=reverse("resolution", args=[year, ordinal, n]),
        done=_("The vote is closed."),
    )


@login_required
@once
def resolution_stop(request: HttpRequest, year: int, ordinal: int, n: int) -> HttpResponse:
    """End a vote without a decision, with the reason."""
    found = own_resolution(request, year, ordinal, n)
    return answer(
        request,
        ReasonForm(request.POST or None),
        lambda form: resolutions.stop(
            found, reason=form.cleaned_data["reason"], by=myself(request)
        ),
        to=reverse("resolution", args=[year, ordinal, n]),
        template="formats/resolution_stop.html",
        context=_page(found),
        done=_("The vote is stopped. Its number stays, with the reason."),
    )


@login_required
@once
def minority_new(request: HttpRequest, year: int, ordinal: int, n: int) -> HttpResponse:
    """What the outvoted want to be read, word for word."""
    found = own_resolution(request, year, ordinal, n)
    return answer(
        request,
        MinorityForm(request.POST or None),
        lambda form: resolutions.add_minority_opinion(
            found, **form.cleaned_data, by=myself(request)
        ),
        to=reverse("resolution", args=[year, ordinal, n]),
        template="formats/minority_new.html",
        context=_page(found),
        done=_("The minority opinion is kept."),
    )


@login_required
@once
def circular_create(request: HttpRequest) -> HttpResponse:
    """Ask the members in writing, between sessions."""
    body = the_body()
    require(permissions.can_prepare(request.user, body))
    form = CircularForm(body, request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = {name: form.cleaned_data[name] for name in ("wording", "closes_at", "is_public")}
        try:
            made = circulars.start(body, **typed, by=myself(request))
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("resolution", made.year, made.ordinal, made.n)
    return render(request, "formats/circular_create.html", {"form": form, "body": body})


def _own_vote(request: HttpRequest, found: Resolution) -> dict[str, object]:
    """The reader's own ballot, or the form for it."""
    if not isinstance(request.user, User):
        return {}
    seat = resolutions.seat_in(found, request.user)
    mine = seat and found.voices.filter(seat_id=seat.seat_id).first()
    form = BallotForm(circular=found.is_circular) if seat and not mine else None
    return {"seat": seat, "mine": mine, "ballot_form": form}


def _page(found: Resolution) -> dict[str, object]:
    trail: Crumbs = [{"url": reverse("div"), "label": found.body.name}]
    return {
        "resolution": found,
        "body": found.body,
        "meeting": found.meeting,
        "trail": crumbs_to(found.meeting) if found.meeting else trail,
    }


def _still_written(found: Resolution) -> bool:
    approved = Minutes.State.APPROVED
    closed = Minutes.objects.filter(meeting=found.meeting_id, state=approved)
    return found.is_decided and not closed.exists()
