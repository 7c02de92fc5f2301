"""City Labs and milestones: pages and forms."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.accounts.people import myself
from foundation.posting.once import once
from partnerships import permissions
from partnerships.deeds import labs, milestones
from partnerships.forms import deeds as forms
from partnerships.models import CityLab, Milestone, Partnership
from partnerships.views.adding import add, editable, initial_of, texts_of
from partnerships.views.answers import act_and_return

TIES = ("on", "is_reached", "after", "encounter", "project")


@require_safe
def lab(request: HttpRequest, slug: str, lab: str) -> HttpResponse:
    """Where it is, on what it works, what has come of it."""
    visible = CityLab.objects.visible_to(request.user).select_related("partnership")
    found = get_object_or_404(visible, slug=lab, partnership__slug=slug)
    context = {
        "partnership": found.partnership,
        "photo": found.photos.standing().first(),
        "lab": found,
        "sites": found.sites.select_related("party__municipality"),
        "topics": found.topics.all(),
        "may_edit": request.user.is_authenticated
        and permissions.can_edit_partnership(request.user, found.partnership),
    }
    return render(request, "partnerships/lab.html", context)


@login_required
@once
def lab_new(request: HttpRequest, slug: str) -> HttpResponse:
    found = editable(request, slug)
    form = forms.LabForm(request.POST or None)
    act = _describing(request, found, None)
    return add(request, found, form, act, heading=_("Add a City Lab"))


@login_required
@once
def lab_edit(request: HttpRequest, slug: str, lab: str) -> HttpResponse:
    found = editable(request, slug)
    kept = get_object_or_404(found.labs, slug=lab)
    form = forms.LabForm(
        request.POST or None,
        texts=texts_of(kept, forms.LabForm.WORDS),
        initial={"topics": list(kept.topics.all())},
    )
    act = _describing(request, found, kept)
    return add(request, found, form, act, heading=_("Describe the City Lab"), to=_page(kept))


def _describing(
    request: HttpRequest, partnership: Partnership, kept: CityLab | None
) -> Callable[[forms.LabForm], object]:
    def act(form: forms.LabForm) -> CityLab:
        return labs.describe(
            partnership,
            lab=kept,
            name=form.words("name"),
            purpose=form.words("purpose"),
            results=form.words("results"),
            topics=form.cleaned_data["topics"],
            by=myself(request),
        )

    return act


@login_required
@once
def lab_site(request: HttpRequest, slug: str, lab: str) -> HttpResponse:
    found = editable(request, slug)
    kept = get_object_or_404(found.labs, slug=lab)
    return add(
        request,
        found,
        forms.SiteForm(request.POST or None, partnership=found),
        lambda form: labs.open_site(
            kept, form.cleaned_data["party"], form.cleaned_data["place"], by=myself(request)
        ),
        heading=_("Add a place: %(lab)s") % {"lab": kept},
        to=_page(kept),
    )


@login_required
@once
def lab_put(request: HttpRequest, slug: str, lab: str) -> HttpResponse:
    found = editable(request, slug)
    kept = get_object_or_404(found.labs, slug=lab)
    return add(
        request,
        found,
        forms.LabStateForm(request.POST or None, initial={"state": kept.state}),
        lambda form: labs.put(kept, CityLab.State(form.cleaned_data["state"]), by=myself(request)),
        heading=_("Where does it stand: %(lab)s") % {"lab": kept},
        to=_page(kept),
    )


@login_required
@require_POST
@once
def lab_publish(request: HttpRequest, slug: str, lab: str) -> HttpResponse:
    found = editable(request, slug)
    kept = get_object_or_404(found.labs, slug=lab)
    return act_and_return(
        request,
        lambda: labs.publish(kept, by=myself(request)),
        to=_page(kept),
        done=_("The City Lab is public with its partnership."),
    )


@login_required
@once
def milestone_new(request: HttpRequest, slug: str) -> HttpResponse:
    found = editable(request, slug)
    form = forms.MilestoneForm(request.POST or None, partnership=found)
    act = _marking(request, found, None)
    return add(request, found, form, act, heading=_("Add a milestone"))


@login_required
@once
def milestone_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = editable(request, slug)
    kept = get_object_or_404(found.milestones, pk=pk)
    form = forms.MilestoneForm(
        request.POST or None,
        partnership=found,
        milestone=kept,
        texts=texts_of(kept, forms.MilestoneForm.WORDS),
        initial=initial_of(kept, *TIES),
    )
    act = _marking(request, found, kept)
    return add(request, found, form, act, heading=_("Change the milestone"))


def _marking(
    request: HttpRequest, partnership: Partnership, kept: Milestone | None
) -> Callable[[forms.MilestoneForm], object]:
    def act(form: forms.MilestoneForm) -> Milestone:
        return milestones.mark(
            partnership,
            milestone=kept,
            title=form.words("title"),
            by=myself(request),
            **{name: form.cleaned_data[name] for name in TIES},
        )

    return act


def _page(lab: CityLab) -> str:
    return reverse("lab", args=[lab.partnership.slug, lab.slug])
