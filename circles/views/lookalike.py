"""Applications that look alike: both beside each other, and a person decides. Looking is logged."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from circles import permissions
from circles.applying import likenesses
from circles.models import Call, Likeness
from circles.reviewing import duplicates
from circles.views.review import call_of
from foundation.access import require
from foundation.accounts.people import myself
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.posting.once import once

PAGE = 10


@login_required
@require_safe
def likeness_list(request: HttpRequest, call_id: int) -> HttpResponse:
    """Pairs that nobody has decided yet."""
    call = call_of(request, call_id)
    require(permissions.can_review_call(request.user, call))
    found = likenesses.open_pairs(call).select_related("first", "second", "proposed_by")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    seen = {each.pk: each for pair in page for each in (pair.first, pair.second)}
    trail.log_access(myself(request), list(seen.values()), purpose="application-likeness")
    context = {"call": call, "circle": call.circle, "page_obj": page}
    context["is_open"] = call.state == Call.State.OPEN
    return render(request, "circles/likeness_list.html", context)


@login_required
@once
@require_POST
def likeness_decide(request: HttpRequest, call_id: int, pk: int) -> HttpResponse:
    """Two people, or one who applied twice."""
    call = call_of(request, call_id)
    require(permissions.can_review_call(request.user, call))
    pairs = likenesses.of_call(call).select_related("first__call__circle", "second__call__circle")
    pair = get_object_or_404(pairs, pk=pk)
    is_same = request.POST.get("is_same") == "yes"
    try:
        pair = duplicates.decide(pair, is_same=is_same, by=myself(request))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _said(pair))
    return redirect("likeness_list", call_id)


def _said(pair: Likeness) -> str:
    if pair.is_same is None:
        return _("Noted. A second person has to confirm it before anything follows.")
    if pair.is_same:
        return _("The later one is not admitted; the mail about it waits to be read.")
    return _("Noted: two people.")
