"""The public list of partnerships, the page of one, and the steps that move it on."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.access import require
from foundation.accounts.people import myself
from foundation.posting.once import once
from partnerships import permissions, ways
from partnerships.course import course, phases
from partnerships.forms.overview import OverviewForm
from partnerships.forms.partnerships import DescribePartnershipForm, OpenPartnershipForm
from partnerships.models import Partnership
from partnerships.portrait import network, portrait_figures
from partnerships.portrait.portrait import Portrait, portrait_of
from partnerships.views.answers import (
    act_and_return,
    answer,
    fetch_partnership,
    own_party,
)

PER_PAGE = 20


@require_safe
def partnership_list(request: HttpRequest) -> HttpResponse:
    """What a partnership is for, and all that this reader may see, filtered and on a map."""
    seen = Partnership.objects.visible_to(request.user)
    form = OverviewForm(request.GET, seen=seen)
    found = form.narrow(seen).prefetch_related("parties__municipality")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "is_filtered": any(form.cleaned_data.values()),
        "map": portrait_figures.map_of(list(page)),
        "ways": ways.public(),
        "staff_ways": ways.staff(request.user),
        "may_open": permissions.can_open_partnership(request.user),
    }
    return render(request, "partnerships/partnership_list.html", context)


@require_safe
def partnership(request: HttpRequest, slug: str) -> HttpResponse:
    """Two cities face to face: phases, overlap, goals, promises, meetings, agreement, voices."""
    portrait = portrait_of(slug, request.user)
    if portrait is None:
        raise Http404
    found, today = portrait.partnership, timezone.localdate()
    context = {
        "portrait": portrait,
        "partnership": found,
        "page_languages": ["de", "en", "fi"],
        "phase_labels": portrait_figures.phase_labels(),
        "phase_number": portrait_figures.phase_number(found),
        "today": today,
        **_drawings(portrait, request.GET),
        **_work(request, portrait),
    }
    return render(request, "partnerships/partnership.html", context)


def _drawings(portrait: Portrait, asked: QueryDict) -> dict[str, Any]:
    """Figures of the page; `asked` may name a year for the clock and a class of activities."""
    today = timezone.localdate()
    years = portrait_figures.years_of(portrait, today)
    wished = asked.get("jahr", "")
    year = int(wished) if wished in {str(each) for each in years} else today.year
    mode = asked.get("art", "") if asked.get("art") in course.MODES.values else ""
    ties = portrait.ties()
    return {
        "faces": portrait_figures.faces_of(portrait, timezone.now()),
        "overlap": portrait_figures.overlap_of(portrait),
        "goal_lines": portrait_figures.goal_lines(portrait.goals, today),
        "rings": portrait_figures.rings_of(portrait, today, year),
        "fates": portrait_figures.fates_of(portrait, year),
        "year": year,
        "years": years,
        "mode": mode,
        "modes": course.modes_of(portrait),
        "timeline": course.course_of(portrait, mode),
        "ventures": [each for each in portrait.projects if mode in ("", each.project.mode)],
        "ties": ties,
        "tie_lines": network.lines_of(ties),
    }


def _work(request: HttpRequest, portrait: Portrait) -> dict[str, Any]:
    """What office and partners see besides: the next gate and links to change things."""
    user, found = request.user, portrait.partnership
    may_edit = user.is_authenticated and permissions.can_edit_partnership(user, found)
    return {
        "may_edit": may_edit,
        "gate": phases.next_gate(found) if may_edit else None,
        "own_party": permissions.party_of(user, found) if may_edit else None,
        "is_office": permissions.is_office(user),
        "picture_digest": phases.picture_digest(found),
    }


@login_required
@once
def partnership_new(request: HttpRequest) -> HttpResponse:
    require(permissions.can_open_partnership(request.user))

    def act(form: OpenPartnershipForm) -> Partnership:
        typed = form.cleaned_data
        cities = [typed["first"], typed["second"], *typed["further"]]
        return phases.open_partnership(
            cities,
            relation=typed["relation"],
            is_pilot=typed["is_pilot"],
            is_fictional=any(city.is_fictional for city in cities),
            choice_reason=form.words("choice_reason"),
            single_reason=form.words("single_reason"),
            by=myself(request),
        )

    return answer(
        request,
        OpenPartnershipForm(request.POST or None),
        act,
        to=lambda made: reverse("partnership", args=[made.slug]),
        template="partnerships/partnership_new.html",
        context={},
        done=_("The partnership is there, in phase analysis. Only you see it until it is public."),
    )


@login_required
@once
def partnership_edit(request: HttpRequest, slug: str) -> HttpResponse:
    found = fetch_partnership(request, slug)
    require(permissions.can_edit_partnership(request.user, found))
    texts = {name: getattr(found, name) for name in DescribePartnershipForm.WORDS}
    return answer(
        request,
        DescribePartnershipForm(request.POST or None, texts=texts),
        lambda form: phases.describe(
            found,
            lead=form.words("lead"),
            choice_reason=form.words("choice_reason"),
            single_reason=form.words("single_reason"),
            target_picture=found.target_picture,
            by=myself(request),
        ),
        to=reverse("partnership", args=[slug]),
        template="partnerships/partnership_edit.html",
        context={"partnership": found},
        done=_("Saved."),
    )


@login_required
@require_POST
@once
def partnership_move(request: HttpRequest, slug: str) -> HttpResponse:
    found = fetch_partnership(request, slug)
    require(permissions.can_move_partnership(request.user, found))
    return act_and_return(
        request,
        lambda: phases.move_on(found, by=myself(request)),
        to=reverse("partnership", args=[slug]),
        done=_("The partnership has reached the next phase."),
    )


@login_required
@require_POST
@once
def partnership_publish(request: HttpRequest, slug: str) -> HttpResponse:
    found = fetch_partnership(request, slug)
    require(permissions.can_publish_partnership(request.user, found))
    return act_and_return(
        request,
        lambda: phases.publish_partnership(found, by=myself(request)),
        to=reverse("partnership", args=[slug]),
        done=_("Everybody can see this page now."),
    )


@login_required
@require_POST
@once
def picture_approve(request: HttpRequest, slug: str) -> HttpResponse:
    found = fetch_partnership(request, slug)
    party = own_party(request, found)
    return act_and_return(
        request,
        lambda: phases.approve_target_picture(
            found, party, digest=request.POST.get("digest", ""), by=myself(request)
        ),
        to=reverse("partnership", args=[slug]),
        done=_("Your city has approved the target picture."),
    )
