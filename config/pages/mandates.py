"""`/verwaltung/rollen/`: administrators give and take roles, invite, help when a phone is lost."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.pages import permissions, subjects
from config.pages.role_forms import DeputyForm, GrantForm, InviteForm, RoleFilter
from foundation.access import require
from foundation.accounts import appointments, invitations
from foundation.accounts.forms import ConfirmForm
from foundation.accounts.letters import page_language
from foundation.accounts.models import Invitation, Mandate, User
from foundation.accounts.people import myself
from foundation.errors import DomainError
from foundation.posting.once import once


@dataclasses.dataclass(frozen=True)
class Held:
    """A mandate or an invitation with the name of what it is for."""

    entry: Mandate | Invitation
    of_what: str


@login_required
@never_cache
@require_safe
def mandate_list(request: HttpRequest) -> HttpResponse:
    """Who has which role now, and who is invited."""
    require(permissions.can_manage_roles(request.user))
    form = RoleFilter(request.GET or None)
    mandates = _matching(form.cleaned_data if form.is_valid() else {})
    context = {
        "form": form,
        "mandates": _named(mandates),
        "invitations": _named(invitations.open_ones().order_by("expires_at")),
    }
    return render(request, "pages/mandate_list.html", context)


@login_required
@never_cache
@once
def grant_mandate(request: HttpRequest) -> HttpResponse:
    """Give somebody a role; the person is made if the address is new."""
    require(permissions.can_manage_roles(request.user))
    form = GrantForm(request.POST or None, request=request)
    if form.is_valid() and _appoint(request, form):
        messages.success(request, _("The role is given. The person gets a mail."))
        return redirect("mandate_list")
    return render(request, "pages/grant_mandate.html", {"form": form})


@login_required
@never_cache
@once
def grant_deputy(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the holder of a role a deputy: the same role on the same object."""
    require(permissions.can_manage_roles(request.user))
    principal = get_object_or_404(Mandate.objects.in_force(), pk=pk)
    form = DeputyForm(request.POST or None, request=request, principal=principal)
    if form.is_valid() and _appoint(request, form):
        messages.success(request, _("The deputy has the role now and gets a mail."))
        return redirect("mandate_list")
    context = {"form": form, "held": _named([principal])[0]}
    return render(request, "pages/grant_deputy.html", context)


@login_required
@never_cache
@once
def revoke_mandate(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a role away at once."""
    require(permissions.can_manage_roles(request.user))
    mandate = get_object_or_404(Mandate.objects.in_force().select_related("user"), pk=pk)
    form = ConfirmForm(request.POST if request.method == "POST" else None, request=request)
    if form.is_valid():
        try:
            appointments.dismiss(mandate, by=myself(request), proof=form.proof)
            messages.success(request, _("The role is taken away and counts no more."))
            return redirect("mandate_list")
        except DomainError as refusal:
            form.add_error(None, refusal.message)
    context = {"form": form, "held": _named([mandate])[0]}
    return render(request, "pages/revoke_mandate.html", context)


@login_required
@never_cache
@once
def reset_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the second factor off somebody who lost phone and recovery codes."""
    require(permissions.can_manage_roles(request.user))
    person = get_object_or_404(User, pk=pk)
    form = ConfirmForm(request.POST if request.method == "POST" else None, request=request)
    if form.is_valid():
        try:
            appointments.reset_factor(person, by=myself(request), proof=form.proof)
            messages.success(request, _("The second factor is reset. The person gets a mail."))
            return redirect("mandate_list")
        except DomainError as refusal:
            form.add_error(None, refusal.message)
    return render(request, "pages/reset_factor.html", {"form": form, "person": person})


@login_required
@never_cache
@once
def invite(request: HttpRequest) -> HttpResponse:
    """Invite a second person, also from outside the office, by a link in a mail."""
    require(permissions.can_manage_roles(request.user))
    form = InviteForm(request.POST or None, request=request)
    if form.is_valid():
        try:
            invitations.invite(
                form.cleaned_data["email"],
                form.office(),
                of_what=form.of_what(),
                link_to=lambda token: _absolute(reverse("open_invitation", args=[token])),
                language=form.cleaned_data["language"] or page_language(),
                by=myself(request),
                proof=form.proof,
            )
            messages.success(request, _("The invitation is on its way. It is valid for 7 days."))
            return redirect("mandate_list")
        except DomainError as refusal:
            form.add_error(None, refusal.message)
    return render(request, "pages/invite.html", {"form": form})


@login_required
@never_cache
@once
def withdraw_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the link of an invitation useless."""
    require(permissions.can_manage_roles(request.user))
    invitation = get_object_or_404(invitations.open_ones(), pk=pk)
    form = ConfirmForm(request.POST if request.method == "POST" else None, request=request)
    if form.is_valid():
        invitations.withdraw(invitation, by=myself(request), proof=form.proof)
        messages.success(request, _("The invitation is withdrawn."))
        return redirect("mandate_list")
    context = {"form": form, "held": _named([invitation])[0]}
    return render(request, "pages/withdraw_invitation.html", context)


def _appoint(request: HttpRequest, form: GrantForm | DeputyForm) -> bool:
    try:
        appointments.appoint(
            form.cleaned_data["email"],
            form.cleaned_data["name"],
            form.office(),
            of_what=form.of_what(),
            link=_absolute(reverse("account_login")),
            by=myself(request),
            proof=form.proof,
        )
    except DomainError as refusal:
        form.add_error(None, refusal.message)
        return False
    return True


def _absolute(path: str) -> str:
    return f"{settings.PUBLIC_URL}{path}"


def _matching(wish: dict[str, str]) -> QuerySet[Mandate]:
    found = Mandate.objects.in_force().select_related("user", "deputy_of__user")
    if words := wish.get("q"):
        found = found.filter(Q(user__name__icontains=words) | Q(user__email__icontains=words))
    if role := wish.get("role"):
        found = found.filter(role=role)
    return found.order_by("user__name", "user__email", "role", "pk")


def _named(entries: Iterable[Mandate | Invitation]) -> list[Held]:
    listed = list(entries)
    labels = subjects.labels_of((each.subject_type, each.subject_id) for each in listed)
    return [Held(each, labels.get((each.subject_type, each.subject_id), "")) for each in listed]
