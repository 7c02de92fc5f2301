"""Inviting an expert by mail, and their answer by the link."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from foundation.access import require
from foundation.accounts.people import myself
from foundation.errors import DomainError
from foundation.posting.once import once
from partnerships import permissions
from partnerships.directory import expert_invitations
from partnerships.forms.actor_care import AnswerForm, InvitationForm
from partnerships.models import Actor, ExpertInvitation
from partnerships.views.answers import act_and_return, answer

SESSION_KEY = "expert_token"


@login_required
@once
def actor_invite(request: HttpRequest, slug: str) -> HttpResponse:
    """The office asks an expert to an occasion; earlier invitations with their answers below."""
    require(permissions.can_keep_directory(request.user))
    found = get_object_or_404(Actor.objects.visible_to(request.user), slug=slug)
    return answer(
        request,
        InvitationForm(request.POST or None),
        lambda form: expert_invitations.invite(found, **form.cleaned_data, by=myself(request)),
        to=reverse("actor_invite", args=[slug]),
        template="partnerships/actor_invite.html",
        context={"actor": found, "invitations": ExpertInvitation.objects.filter(actor=found)},
        done=_("The invitation leaves now."),
    )


@login_required
@require_POST
@once
def actor_invite_withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take an unanswered invitation back."""
    require(permissions.can_keep_directory(request.user))
    found = get_object_or_404(ExpertInvitation, pk=pk, actor__slug=slug)
    return act_and_return(
        request,
        lambda: expert_invitations.withdraw(found, by=myself(request)),
        to=reverse("actor_invite", args=[slug]),
        done=_("The invitation is withdrawn."),
    )


@require_safe
def expert_enter(request: HttpRequest, token: str) -> HttpResponse:
    """Take the token into the session and drop it from the address."""
    if expert_invitations.find_by_token(token) is None:
        raise Http404
    request.session[SESSION_KEY] = token
    return redirect("expert")


@never_cache
@require_safe
def expert(request: HttpRequest) -> HttpResponse:
    """What the expert is asked to, and the two answers."""
    return _page(request, _invitation(request), AnswerForm())


@once
@require_POST
def expert_answer(request: HttpRequest) -> HttpResponse:
    """Yes or no, by the button that was pressed."""
    found = _invitation(request)
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            expert_invitations.answer(
                found, accepts=request.POST.get("answer") == "yes", **form.cleaned_data
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you for your answer."))
            return redirect("expert")
    return _page(request, found, form)


def _invitation(request: HttpRequest) -> ExpertInvitation:
    found = expert_invitations.find_by_token(request.session.get(SESSION_KEY, ""))
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, found: ExpertInvitation, form: AnswerForm) -> HttpResponse:
    is_open = found.state == ExpertInvitation.State.OPEN
    context = {"invitation": found, "actor": found.actor, "form": form, "is_open": is_open}
    return render(request, "partnerships/expert.html", context)
