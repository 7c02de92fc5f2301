"""The foci of a partnership: who offers and seeks what, who leads, what connects the cities."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.access import require
from foundation.accounts.people import myself
from foundation.posting.once import once
from partnerships import permissions
from partnerships.cities import comparisons
from partnerships.course import focuses
from partnerships.forms.analyses import PointForm
from partnerships.forms.partnerships import FocusLeadForm
from partnerships.models import ConnectionPoint, Focus
from partnerships.views.answers import answer, fetch_partnership

Kind = ConnectionPoint.Kind


@require_safe
def focus_list(request: HttpRequest, slug: str) -> HttpResponse:
    found = fetch_partnership(request, slug)
    parties = list(found.parties.select_related("municipality"))
    foci = found.foci.exclude(status=Focus.Status.DROPPED).select_related(
        "topic", "lead__municipality"
    )
    points = list(found.connection_points.all())
    context = {
        "partnership": found,
        "parties": parties,
        "rows": [
            (focus, [focuses.stance_of(focus, party) for party in parties])
            for focus in foci.prefetch_related("offered_by", "sought_by")
        ],
        "similar": [each for each in points if each.kind == Kind.SIMILARITY],
        "complementary": [each for each in points if each.kind == Kind.COMPLEMENT],
        "connections": [
            each for each in points if each.kind not in (Kind.SIMILARITY, Kind.COMPLEMENT)
        ],
        "may_edit": permissions.can_edit_partnership(request.user, found),
    }
    return render(request, "partnerships/focus_list.html", context)


@login_required
@once
def focus_edit(request: HttpRequest, slug: str, topic: str) -> HttpResponse:
    found = fetch_partnership(request, slug)
    require(permissions.can_edit_partnership(request.user, found))
    focus = get_object_or_404(found.foci.select_related("topic"), topic__slug=topic)
    form = FocusLeadForm(
        request.POST if request.method == "POST" else None, partnership=found, focus=focus
    )
    return answer(
        request,
        form,
        lambda form: focuses.arrange(
            focus,
            lead=form.cleaned_data["lead"],
            offered_by=form.cleaned_data["offered_by"],
            sought_by=form.cleaned_data["sought_by"],
            by=myself(request),
        ),
        to=reverse("focus_list", args=[slug]),
        template="partnerships/part.html",
        context={
            "partnership": found,
            "heading": _("Who leads, offers and seeks: %(topic)s") % {"topic": focus},
        },
        done=_("Saved."),
    )


@login_required
@once
def connection_new(request: HttpRequest, slug: str) -> HttpResponse:
    found = fetch_partnership(request, slug)
    require(permissions.can_edit_partnership(request.user, found))
    return answer(
        request,
        PointForm(request.POST or None),
        lambda form: comparisons.note_point(
            found, Kind(form.cleaned_data["kind"]), form.words("text"), by=myself(request)
        ),
        to=reverse("focus_list", args=[slug]),
        template="partnerships/part.html",
        context={"partnership": found, "heading": _("Note what connects both cities")},
        done=_("Saved."),
    )
