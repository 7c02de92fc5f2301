"""The proposal of a circle in its room: begin it, its title, and everything at a glance."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from circles.forms.proposal import TitleForm
from circles.proposing import feedback_rounds, proposals, remarks, sections
from circles.seating import acting
from circles.views.proposal_doors import address_of, enter, proposal_in
from formats.forms.localized import initial_of
from foundation.accounts.people import myself
from foundation.posting.once import once
from partnerships.views.answers import answer


@login_required
@require_safe
def proposal(request: HttpRequest, slug: str) -> HttpResponse:
    """Sections, open points, sources, versions and rounds of feedback; the same few questions."""
    room = enter(request, slug)
    if getattr(room.circle, "proposal", None) is None:
        return redirect("proposal_begin", slug)
    found = proposal_in(room)
    standing, removed = sections.outline_of(found)
    context = room.context(
        proposal=found,
        trail=room.crumbs,
        parts=standing,
        removed=removed,
        points=[(each, acting.seat_and_name(each.member)) for each in remarks.points_of(found)],
        sources=found.sources.filter(removed_at=None),
        versions=list(found.versions.defer("content").order_by("-n")[:3]),
        rounds=feedback_rounds.listed(found),
    )
    return render(request, "circles/proposal.html", context)


@login_required
@once
def proposal_begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin it with a title."""
    room = enter(request, slug)
    if getattr(room.circle, "proposal", None) is not None:
        return redirect("proposal", slug)
    return answer(
        request,
        TitleForm(request.POST or None),
        lambda form: proposals.begin(room.circle, form.text("title"), by=myself(request)),
        to=address_of(room),
        template="circles/proposal_form.html",
        context=room.context(
            heading=_("Begin the proposed solution"),
            lead=_("Fifteen people write one text. Begin with a title; it may still change."),
            submit=_("Begin"),
            trail=room.crumbs,
        ),
    )


@login_required
@once
def proposal_title(request: HttpRequest, slug: str) -> HttpResponse:
    """Another title."""
    room = enter(request, slug)
    found = proposal_in(room)
    form = TitleForm(
        request.POST or None,
        initial=initial_of("title", found.title),
        kept={"title": found.title},
    )
    return answer(
        request,
        form,
        lambda form: proposals.retitle(found, form.text("title"), by=myself(request)),
        to=address_of(room),
        template="circles/proposal_form.html",
        context=room.context(heading=_("Change the title"), submit=_("Save")),
        done=_("Saved."),
    )
