"""First contacts of the office: the list, a new one, taking it up, letting it go."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.access import require
from foundation.accounts.people import myself
from foundation.posting.once import once
from partnerships import permissions
from partnerships.course import openings
from partnerships.forms.standing import LetGoForm, OpeningForm
from partnerships.models import Opening
from partnerships.views.answers import act_and_return, answer


@login_required
@require_safe
def opening_list(request: HttpRequest) -> HttpResponse:
    require(permissions.can_see_openings(request.user))
    found = Opening.objects.select_related("home", "other", "partnership", "by")
    return render(request, "partnerships/opening_list.html", {"openings": found})


@login_required
@once
def opening_new(request: HttpRequest) -> HttpResponse:
    require(permissions.can_see_openings(request.user))
    return answer(
        request,
        OpeningForm(request.POST or None),
        lambda form: openings.note_opening(
            form.cleaned_data["home"],
            form.cleaned_data["other"],
            origin=form.cleaned_data["origin"],
            note=form.cleaned_data["note"],
            happened_on=form.cleaned_data["happened_on"],
            by=myself(request),
        ),
        to=reverse("opening_list"),
        template="partnerships/entry.html",
        context={"heading": _("Note a first contact"), "back": reverse("opening_list")},
        done=_("Saved."),
    )


@login_required
@require_POST
@once
def opening_take_up(request: HttpRequest, pk: int) -> HttpResponse:
    require(permissions.can_see_openings(request.user))
    found = get_object_or_404(Opening.objects.select_related("home", "other"), pk=pk)
    return act_and_return(
        request,
        lambda: openings.take_up(found, by=myself(request)),
        to=reverse("opening_list"),
        done=_("The partnership is there, in phase analysis."),
    )


@login_required
@once
def opening_let_go(request: HttpRequest, pk: int) -> HttpResponse:
    require(permissions.can_see_openings(request.user))
    found = get_object_or_404(Opening.objects.select_related("home", "other"), pk=pk)
    return answer(
        request,
        LetGoForm(request.POST or None),
        lambda form: openings.let_go(found, reason=form.cleaned_data["reason"], by=myself(request)),
        to=reverse("opening_list"),
        template="partnerships/entry.html",
        context={
            "heading": _("Let the contact go: %(cities)s") % {"cities": found},
            "back": reverse("opening_list"),
        },
        done=_("Saved."),
    )
