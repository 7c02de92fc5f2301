"""Feedback of the networks, as the room sees it: rounds, links, all contributions, answers."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from circles.forms.feedback import (
    CloseRoundForm,
    ContributionAnswerForm,
    FeedbackRoundForm,
    ReviewLinkForm,
)
from circles.models import Contribution, FeedbackRound
from circles.proposing import answers, balance, feedback_rounds, review_links
from circles.seating import memberships
from circles.views.proposal_doors import Room, address_of, enter, round_in, version_in
from foundation.access import require
from foundation.accounts.people import myself
from foundation.posting.once import once
from partnerships.views.answers import act_and_return, answer


@login_required
@once
def round_open(request: HttpRequest, slug: str, n: int) -> HttpResponse:
    """Ask the networks about one version."""
    room = enter(request, slug)
    version = version_in(room, n)
    return answer(
        request,
        FeedbackRoundForm(request.POST or None),
        lambda form: feedback_rounds.open_round(
            version,
            question=form.cleaned_data["question"],
            closes_at=form.cleaned_data["closes_at"],
            by=myself(request),
        ),
        to=lambda made: address_of(room, "feedback_round", made.pk),
        template="circles/proposal_form.html",
        context=room.context(
            heading=_("Ask your networks about version %(n)d") % {"n": n},
            lead=_("Then every member makes links for people and groups they know."),
            submit=_("Open the round"),
        ),
    )


@login_required
@require_safe
def feedback_round(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Everything that came, section by section, with its answers and the balance of sectors."""
    room = enter(request, slug)
    found = round_in(room, pk)
    rows = balance.rows_of(found)
    context = room.context(
        round=found,
        passages=balance.by_section(found, rows),
        balance=balance.of_rows(rows),
        waiting=sum(row.is_waiting for row in rows),
        total=len(rows),
        runs=feedback_rounds.takes_contributions(found),
    )
    return render(request, "circles/feedback_round.html", context)


@login_required
@once
def feedback_links(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A member's own links, to be copied, and a form for another one."""
    room = enter(request, slug)
    require(room.is_member)
    found = round_in(room, pk)
    return answer(
        request,
        ReviewLinkForm(request.POST or None),
        lambda form: review_links.make(
            found,
            **form.cleaned_data,
            language=(get_language() or "de").split("-")[0],
            by=myself(request),
        ),
        to=address_of(room, "feedback_links", pk),
        template="circles/feedback_links.html",
        context=room.context(
            round=found,
            links=_own_links(request, room, found),
            runs=feedback_rounds.takes_contributions(found),
            most=review_links.MOST,
        ),
        done=_("The link is made. Copy it below, if the portal does not mail it."),
    )


@login_required
@require_POST
@once
def link_revoke(request: HttpRequest, slug: str, pk: int, link: int) -> HttpResponse:
    """Whoever opens it from now on reads that it was taken back."""
    room = enter(request, slug)
    require(room.is_member)
    found = round_in(room, pk)
    own = found.links.select_related("round__version__proposal__circle")
    term = memberships.term_of(room.circle, request.user)
    wanted = get_object_or_404(own, pk=link, member=term, revoked_at=None)
    return act_and_return(
        request,
        lambda: review_links.revoke(wanted, by=myself(request)),
        to=address_of(room, "feedback_links", pk),
        done=_("The link is taken back."),
    )


@login_required
@once
def contribution_answer(request: HttpRequest, slug: str, pk: int, said: int) -> HttpResponse:
    """Accept it, in part, or decline it with a reason; a comment gets an answer in words."""
    room = enter(request, slug)
    require(room.is_member)
    found = round_in(room, pk)
    wanted = get_object_or_404(
        feedback_rounds.contributions_of(found).select_related(
            "section__paragraph", "link__round__version__proposal__circle"
        ),
        pk=said,
        answer=None,
    )
    return answer(
        request,
        ContributionAnswerForm(request.POST or None, is_suggestion=wanted.is_suggestion),
        lambda form: answers.answer(wanted, **form.values(), by=myself(request)),
        to=lambda made: _after(room, found, wanted, made.outcome),
        template="circles/contribution_answer.html",
        context=room.context(round=found, said=wanted, pieces=balance.pieces_of(found, wanted)),
        done=_("Answered."),
    )


@login_required
@once
def round_close(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say what came of it; figures and words are public then, and reviewers are told."""
    room = enter(request, slug)
    found = round_in(room, pk)
    return answer(
        request,
        CloseRoundForm(request.POST or None),
        lambda form: feedback_rounds.close_round(
            found, summary=form.cleaned_data["summary"], by=myself(request)
        ),
        to=address_of(room, "feedback_round", pk),
        template="circles/proposal_form.html",
        context=room.context(
            heading=_("Close the round"),
            lead=_("Reviewers with an address are told once. Nothing can be answered afterwards."),
            submit=_("Close the round"),
        ),
        done=_("The round is closed. Its summary stands on the page of the circle."),
    )


def _own_links(request: HttpRequest, room: Room, found: FeedbackRound) -> list[dict[str, object]]:
    term = memberships.term_of(room.circle, request.user)
    if term is None:
        return []
    return [
        {
            "link": each,
            "url": settings.PUBLIC_URL
            + reverse("feedback_enter", args=[review_links.token_of(each)]),
        }
        for each in review_links.live_of(found, term)
    ]


def _after(room: Room, found: FeedbackRound, said: Contribution, outcome: str) -> str:
    """On to the editor where words were taken up, else back to the round."""
    if said.is_suggestion and outcome in answers.TAKEN_UP and said.section.removed_at is None:
        section = address_of(room, "section_write", said.section.paragraph.slug)
        return f"{section}?wegen={said.pk}"
    return address_of(room, "feedback_round", found.pk) + f"#beitrag-{said.pk}"
