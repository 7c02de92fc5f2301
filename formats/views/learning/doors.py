"""Fetching a network, a cohort, or one's own place in it; what is foreign is not there."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from formats import permissions
from formats.models import Cohort, CohortMember, LearningNetwork
from foundation.access import require


def network_of(request: HttpRequest, slug: str) -> LearningNetwork:
    """The network, for those who may see it."""
    rows = LearningNetwork.objects.visible_to(request.user).select_related("host", "forum")
    return get_object_or_404(rows, slug=slug)


def own_network(request: HttpRequest, slug: str) -> LearningNetwork:
    """The network, for those who run it."""
    found = network_of(request, slug)
    require(permissions.can_run_learning(request.user))
    return found


def cohort_of(request: HttpRequest, slug: str, year: int) -> Cohort:
    """The cohort, for those who may see its page."""
    rows = Cohort.objects.visible_to(request.user).select_related("network__host", "network__forum")
    return get_object_or_404(rows, network__slug=slug, year=year)


def own_cohort(request: HttpRequest, slug: str, year: int) -> Cohort:
    """The cohort, for those who run it."""
    found = cohort_of(request, slug, year)
    require(permissions.can_run_learning(request.user))
    return found


def invited(request: HttpRequest, slug: str, year: int) -> CohortMember:
    """One's own place in the cohort, taken or offered."""
    rows = CohortMember.objects.of(request.user).select_related("cohort__network", "user")
    return get_object_or_404(rows, cohort__network__slug=slug, cohort__year=year)


def inside(request: HttpRequest, slug: str, year: int) -> CohortMember:
    """One's own place in the room; nobody else has one, the office neither."""
    rows = CohortMember.objects.of(request.user).joined()
    rows = rows.select_related("cohort__network", "user")
    return get_object_or_404(rows, cohort__network__slug=slug, cohort__year=year)
