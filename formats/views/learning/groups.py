"""Peer groups: the suggestion with its reason, taken over by the office, changed by hand."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from formats.forms.learning import MoveForm
from formats.learning import groups
from formats.models import Cohort, CohortMember
from formats.views.learning.doors import own_cohort
from foundation.accounts.people import myself
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.posting.once import once


@login_required
@never_cache
@once
def cohort_groups(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Today's groups, today's suggestion; a POST moves somebody by hand."""
    found = own_cohort(request, slug, year)
    form = MoveForm(request.POST or None, cohort=found)
    if request.method == "POST" and form.is_valid():
        try:
            groups.move(**form.cleaned_data, by=myself(request))
        except DomainError as error:
            form.add_error("group", error.message)
        else:
            return redirect("cohort_groups", slug, year)
    suggested, fits = groups.suggest(found)
    members = [member for group in suggested for member in group]
    trail.log_access(myself(request), members, purpose="cohort-groups")
    context = {
        "cohort": found, "network": found.network, "form": form, "suggested": suggested,
        "fits": fits, "groups": _groups(found), "people": len(members),
    }  # fmt: skip
    return render(request, "formats/cohort_groups.html", context)


@login_required
@once
@require_POST
def cohort_groups_make(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    try:
        groups.take_over(own_cohort(request, slug, year), by=myself(request))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The groups are made."))
    return redirect("cohort_groups", slug, year)


def _groups(found: Cohort) -> list[tuple[int, list[CohortMember]]]:
    rows = CohortMember.objects.joined().filter(cohort=found, group__isnull=False)
    placed: dict[int, list[CohortMember]] = {}
    for member in rows.select_related("user", "group").order_by("group__number", "pk"):
        if member.group is not None:
            placed.setdefault(member.group.number, []).append(member)
    return list(placed.items())
