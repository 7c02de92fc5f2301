"""Cities and regions: the list, the profile with its ecosystem and ties, and its editing."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.access import require
from foundation.accounts.people import myself
from foundation.posting.once import once
from partnerships import permissions
from partnerships.cities import cities
from partnerships.course import formality
from partnerships.forms.cities import ProfileForm, StrengthForm
from partnerships.models import Municipality, Partnership
from partnerships.views.answers import act_and_return, answer


def _language() -> str:
    return (get_language() or "de").split("-")[0]


@require_safe
def municipality_list(request: HttpRequest) -> HttpResponse:
    found = (
        Municipality.objects.visible_to(request.user)
        .select_related("lies_in")
        .annotate(actor_number=Count("actors", distinct=True))
    )
    places = list(found)
    kinds = Municipality.Kind
    context = {
        "groups": [
            (_("Cities"), [each for each in places if each.kind == kinds.CITY]),
            (_("Regions"), [each for each in places if each.kind == kinds.REGION]),
        ],
        "is_office": permissions.is_office(request.user),
    }
    return render(request, "partnerships/municipality_list.html", context)


@require_safe
def municipality(request: HttpRequest, slug: str) -> HttpResponse:
    visible = Municipality.objects.visible_to(request.user).select_related("lies_in")
    found = get_object_or_404(visible, slug=slug)
    language = _language()
    sectors, regional = cities.ecosystem(found, request.user, language)
    ties = Partnership.objects.visible_to(request.user).filter(parties__municipality=found)
    context = {
        "municipality": found,
        "strengths": found.strengths_by_kind(language),
        "unique": found.unique_strengths_in(language),
        "sectors": sectors,
        "regional": regional,
        "ties": [(each, formality.category_of(each).label) for each in ties],
        "challenges": found.challenges.select_related("challenge"),
        "places": found.places.all() if found.kind == Municipality.Kind.REGION else [],
        "may_edit": permissions.can_edit_municipality(request.user, found),
    }
    return render(request, "partnerships/municipality.html", context)


def _mine(request: HttpRequest, slug: str) -> Municipality:
    found = get_object_or_404(Municipality.objects.visible_to(request.user), slug=slug)
    require(permissions.can_edit_municipality(request.user, found))
    return found


@login_required
@once
def municipality_edit(request: HttpRequest, slug: str) -> HttpResponse:
    found = _mine(request, slug)
    back = reverse("municipality", args=[slug])
    return answer(
        request,
        ProfileForm(request.POST if request.method == "POST" else None, city=found),
        lambda form: cities.describe(
            found,
            profile=form.words(),
            region=form.cleaned_data["region"],
            lies_in=form.cleaned_data["lies_in"],
            by=myself(request),
        ),
        to=back,
        template="partnerships/entry.html",
        context={"heading": _("Profile of %(city)s") % {"city": found}, "back": back},
        done=_("Saved."),
    )


@login_required
@once
def strength_list(request: HttpRequest, slug: str) -> HttpResponse:
    found = _mine(request, slug)
    return answer(
        request,
        StrengthForm(request.POST or None),
        lambda form: cities.add_strength(
            found,
            Municipality.StrengthKind(form.cleaned_data["kind"]),
            form.strength(),
            is_unique=form.cleaned_data["is_unique"],
            by=myself(request),
        ),
        to=reverse("strength_list", args=[slug]),
        template="partnerships/strength_list.html",
        context={"municipality": found, "strengths": found.strengths_by_kind(_language())},
        done=_("Saved."),
    )


@login_required
@require_POST
@once
def strength_drop(request: HttpRequest, slug: str) -> HttpResponse:
    found = _mine(request, slug)
    return act_and_return(
        request,
        lambda: cities.drop_strength(found, request.POST.get("key", ""), by=myself(request)),
        to=reverse("strength_list", args=[slug]),
        done=_("Saved."),
    )
