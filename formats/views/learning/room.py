"""The room of a cohort: joining, one's profile, what people share with each other, export."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from formats.forms.knowledge import JoinForm, ProfileForm
from formats.learning import members
from formats.learning.cohort_page import lines_of
from formats.models import CohortMember, Consultation, KnowledgeItem
from formats.views.learning.doors import inside, invited
from foundation.accounts.people import myself
from foundation.errors import DomainError
from foundation.posting.once import once


@login_required
@once
def cohort_join(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Read the rules, accept them, take the place."""
    member = invited(request, slug, year)
    if member.state == CohortMember.State.JOINED:
        return redirect("cohort_room", slug, year)
    form = JoinForm(request.POST or None, initial=_profile(member))
    if request.method == "POST" and form.is_valid():
        try:
            members.join(member, **form.cleaned_data, by=myself(request))
        except DomainError as error:
            form.add_error("accepts_rules", error.message)
        else:
            messages.success(request, _("Welcome to the room."))
            return redirect("cohort_room", slug, year)
    context = {"form": form, "cohort": member.cohort, "network": member.cohort.network}
    return render(request, "formats/cohort_join.html", context)


@login_required
@once
def cohort_profile(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """What one says about oneself, and whether everybody may read it."""
    member = inside(request, slug, year)
    form = ProfileForm(request.POST or None, initial=_profile(member))
    if request.method == "POST" and form.is_valid():
        members.describe(member, **form.cleaned_data, by=myself(request))
        return redirect("cohort_room", slug, year)
    context = {
        "form": form, "cohort": member.cohort, "network": member.cohort.network,
        "heading": _("My profile"), "back": "cohort_room",
    }  # fmt: skip
    return render(request, "formats/learning_form.html", context)


@login_required
@once
@require_POST
def cohort_leave(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Give the place back; what only oneself could read goes with it."""
    members.leave(invited(request, slug, year), by=myself(request))
    messages.success(request, _("You have left the cohort."))
    return redirect("learning_network", slug)


@login_required
@never_cache
@require_safe
def cohort_room(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """What is in the room for this person, their group, consultations, recordings."""
    member = inside(request, slug, year)
    rows = KnowledgeItem.objects.visible_to(request.user)
    rows = rows.filter(cohort__network=member.cohort.network_id)
    mates = CohortMember.objects.joined().filter(cohort=member.cohort).select_related("user")
    seen = Consultation.objects.visible_to(request.user).filter(cohort=member.cohort)
    context = {
        "member": member,
        "cohort": member.cohort,
        "network": member.cohort.network,
        "items": list(
            rows.select_related("member__user", "giver__actor", "topic", "cohort__network")
        ),
        "consultations": list(seen.select_related("case_giver", "topic")),
        "mates": list(mates),
        "group": [each for each in mates if member.group_id and each.group_id == member.group_id],
        "lines": lines_of(member.cohort, request.user),
    }
    return render(request, "formats/cohort_room.html", context)


@login_required
@never_cache
@require_safe
def cohort_export(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """What one may read and pass on, as JSON: never what its giver restricted."""
    member = inside(request, slug, year)
    rows = KnowledgeItem.objects.visible_to(request.user).to_pass_on()
    rows = rows.filter(cohort=member.cohort).select_related("topic", "giver__actor", "member")
    items = [
        {
            "kind": each.kind,
            "title": each.title,
            "text": each.text,
            "topic": str(each.topic or ""),
            "from": each.source,
            "terms": each.terms,
            "link": each.link,
            "openness": each.openness,
        }
        for each in rows
    ]
    answer = JsonResponse({"network": slug, "cohort": year, "items": items})
    answer["Content-Disposition"] = f'attachment; filename="{slug}-{year}.json"'
    return answer


def _profile(member: CohortMember) -> dict[str, object]:
    return {
        "organisation": member.organisation,
        "industry": member.industry_id,
        "function": member.function,
        "needs": member.needs.all(),
        "brings": member.brings.all(),
        "is_listed": member.listed_since is not None,
    }
