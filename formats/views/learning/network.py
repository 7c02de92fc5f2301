"""Learning networks: all of them, one with its cohorts; the office founds and describes them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from formats import permissions
from formats.forms.learning import CohortForm, NetworkForm
from formats.forms.localized import initial_of
from formats.learning import feeds, networks
from formats.learning.cohort_page import page_of
from formats.models import Cohort, LearningNetwork
from formats.views.learning.doors import network_of, own_network
from foundation.access import require
from foundation.accounts.people import myself
from foundation.errors import DomainError
from foundation.posting.once import once
from partnerships.portrait import feed


@require_safe
def learning_network_list(request: HttpRequest) -> HttpResponse:
    rows = LearningNetwork.objects.visible_to(request.user).select_related("host")
    context = {
        "networks": list(rows),
        "may_found": permissions.can_run_learning(request.user),
    }
    return render(request, "formats/learning_network_list.html", context)


@require_safe
def learning_network(request: HttpRequest, slug: str) -> HttpResponse:
    """Claim, goals, rules, how one gets in; the newest cohort that has begun, the others."""
    found = network_of(request, slug)
    cohorts = list(Cohort.objects.visible_to(request.user).filter(network=found))
    begun = [each for each in cohorts if each.state != Cohort.State.PLANNED]
    newest = next(iter(begun or cohorts), None)
    context = {
        "network": found,
        "cohorts": cohorts,
        "cohort": newest,
        **(page_of(newest, request.user) if newest else {}),
        "may_run": permissions.can_run_learning(request.user),
        "trail": [{"url": reverse("learning_network_list"), "label": _("Learning networks")}],
    }
    return render(request, "formats/learning_network.html", context)


@require_safe
def learning_feed(request: HttpRequest) -> HttpResponse:
    """Recommendations, and what people released from their rooms, as Atom."""
    title, page = _("Learning networks – Stadtbrücke"), reverse("learning_network_list")
    data = feed.atom(title, request.path, page, feeds.entries())
    answer = HttpResponse(data, content_type="application/atom+xml; charset=utf-8")
    answer["Content-Language"] = get_language() or "de"
    return answer


@login_required
@once
def learning_network_create(request: HttpRequest) -> HttpResponse:
    """Begin a network; it is public only after it is published."""
    require(permissions.can_run_learning(request.user))
    form = NetworkForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        made = networks.found(**form.values(), by=myself(request))
        return redirect("learning_network", made.slug)
    context = {"form": form, "network": None, "heading": _("New learning network")}
    return render(request, "formats/learning_form.html", context)


@login_required
@once
def learning_network_edit(request: HttpRequest, slug: str) -> HttpResponse:
    found = own_network(request, slug)
    start: dict[str, object] = {"host": found.host_id, "forum": found.forum_id}
    kept = {name: getattr(found, name) for name in NetworkForm.texts}
    for name, text in kept.items():
        start |= initial_of(name, text)
    form = NetworkForm(request.POST or None, user=request.user, initial=start, kept=kept)
    if request.method == "POST" and form.is_valid():
        networks.describe(found, **form.values(), by=myself(request))
        return redirect("learning_network", slug)
    context = {"form": form, "network": found, "heading": _("Change the network")}
    return render(request, "formats/learning_form.html", context)


@login_required
@once
@require_POST
def learning_network_publish(request: HttpRequest, slug: str) -> HttpResponse:
    networks.publish(own_network(request, slug), by=myself(request))
    return redirect("learning_network", slug)


@login_required
@once
def cohort_create(request: HttpRequest, slug: str) -> HttpResponse:
    """A new year of the network, for the office only until it starts."""
    found = own_network(request, slug)
    form = CohortForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = networks.plan(found, **form.values(), by=myself(request))
        except DomainError as error:
            form.add_error("year", error.message)
        else:
            return redirect("cohort", slug, made.year)
    context = {"form": form, "network": found, "heading": _("New cohort")}
    return render(request, "formats/learning_form.html", context)
