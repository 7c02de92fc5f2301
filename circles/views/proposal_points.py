"""Open points of a proposal, raised, settled and reopened; and its sources."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from circles.forms.proposal import OpenPointForm, PointSettlementForm, ProposalSourceForm
from circles.models import OpenPoint
from circles.proposing import remarks, sections
from circles.seating import acting
from circles.views.proposal_doors import Room, address_of, enter, proposal_in
from foundation.accounts.people import myself
from foundation.posting.once import once
from partnerships.views.answers import act_and_return, answer


@login_required
@once
def point_raise(request: HttpRequest, slug: str) -> HttpResponse:
    """What is not settled yet."""
    room = enter(request, slug)
    found = proposal_in(room)
    parts = sections.parts_of(found)
    by_slug = {part.slug: part.section for part in parts}
    return answer(
        request,
        OpenPointForm(request.POST or None, parts=parts),
        lambda form: remarks.raise_point(
            found,
            form.cleaned_data["question"],
            section=by_slug.get(form.cleaned_data["section"]),
            by=myself(request),
        ),
        to=address_of(room) + "#punkte",
        template="circles/proposal_form.html",
        context=room.context(heading=_("Raise an open point"), submit=_("Raise it")),
        done=_("The point is raised."),
    )


@login_required
@once
def point(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A point with all that was said to settle it; settle it here."""
    room = enter(request, slug)
    found = _point(room, pk)
    words = [(each, acting.seat_and_name(each.member)) for each in remarks.settlements_of(found)]
    return answer(
        request,
        PointSettlementForm(request.POST or None),
        lambda form: remarks.settle(found, form.cleaned_data["word"], by=myself(request)),
        to=address_of(room) + "#punkte",
        template="circles/point.html",
        context=room.context(
            point=found,
            raised_by=acting.seat_and_name(found.member),
            settlements=words,
            is_open=all(each.reopened_at for each, _who in words),
        ),
        done=_("The point is settled."),
    )


@login_required
@require_POST
@once
def point_reopen(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """It is open again; what was said stays beside it."""
    room = enter(request, slug)
    found = _point(room, pk)
    return act_and_return(
        request,
        lambda: remarks.reopen(found, by=myself(request)),
        to=address_of(room, "point", pk),
        done=_("The point is open again."),
    )


@login_required
@once
def source_add(request: HttpRequest, slug: str) -> HttpResponse:
    """What the proposal stands on."""
    room = enter(request, slug)
    found = proposal_in(room)
    return answer(
        request,
        ProposalSourceForm(request.POST or None),
        lambda form: remarks.add_source(found, **form.cleaned_data, by=myself(request)),
        to=address_of(room) + "#quellen",
        template="circles/proposal_form.html",
        context=room.context(heading=_("Add a source"), submit=_("Add")),
    )


@login_required
@require_POST
@once
def source_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Versions that were kept still name it."""
    room = enter(request, slug)
    found = get_object_or_404(proposal_in(room).sources.filter(removed_at=None), pk=pk)
    found.proposal = proposal_in(room)
    return act_and_return(
        request,
        lambda: remarks.remove_source(found, by=myself(request)),
        to=address_of(room) + "#quellen",
        done=_("The source is taken out."),
    )


def _point(room: Room, pk: int) -> OpenPoint:
    rows = OpenPoint.objects.select_related(
        "member__seat", "member__person", "section__paragraph", "proposal__circle"
    )
    return get_object_or_404(rows, pk=pk, proposal=proposal_in(room))
