"""`/einladung/…`: taking a role or a seat by a link. The token leaves the URL at once.

Who holds the link still confirms the address by a code, and a second factor if there is one.
"""

from __future__ import annotations

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from circles.seating import nominations
from circles.seating.links import digest_of
from circles.views.nomination import SESSION_KEY as SEAT_KEPT
from config.pages import subjects
from foundation.accounts import invitations
from foundation.accounts.mandates import rest_without_factor
from foundation.accounts.models import Invitation
from foundation.accounts.people import myself, person_with
from foundation.accounts.tries import MAILS
from foundation.errors import DomainError
from foundation.posting.once import once

KEPT = "invitation_digest"


@never_cache
@require_safe
def open_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Keep the token's digest in the session and go on without the token in the URL."""
    if nominations.find_by_token(token) is not None:
        request.session[SEAT_KEPT] = digest_of(token)
        return redirect("nomination")
    request.session[KEPT] = invitations.digest_of(token)
    return redirect("accept_invitation")


@never_cache
@once
def accept_invitation(request: HttpRequest) -> HttpResponse:
    """Read what is offered; take it once logged in under the address that was invited."""
    try:
        invitation = invitations.find(request.session.get(KEPT, ""))
        if request.method == "POST":
            invitations.accept(invitation, by=myself(request))
            return _welcome(request)
    except DomainError as refusal:
        context = {"refusal": refusal, "other": refusal.code == "another-address"}
        return render(request, "pages/invitation_void.html", context, status=409)
    return render(request, "pages/accept_invitation.html", _facts(request, invitation))


@never_cache
@require_POST
@once
def confirm_invited(request: HttpRequest) -> HttpResponse:
    """Mail a code to the invited address; behind it waits the page to take the role."""
    try:
        invitation = invitations.find(request.session.get(KEPT, ""))
        for limit in MAILS:
            limit.use(invitation.email)
    except DomainError as refusal:
        return render(request, "pages/invitation_void.html", {"refusal": refusal}, status=409)
    person = person_with(invitation.email)
    LoginCodeVerificationProcess.initiate(request=request, user=person, email=person.email)
    aim = urlencode({"next": reverse("accept_invitation")})
    return redirect(f"{reverse('account_confirm_login_code')}?{aim}")


def _facts(request: HttpRequest, invitation: Invitation) -> dict[str, object]:
    key = (invitation.subject_type, invitation.subject_id)
    user = request.user
    return {
        "invitation": invitation,
        "of_what": subjects.labels_of([key]).get(key, ""),
        "right_person": user.is_authenticated and user.email == invitation.email,
        "wrong_person": user.is_authenticated and user.email != invitation.email,
    }


def _welcome(request: HttpRequest) -> HttpResponse:
    request.session.pop(KEPT, None)
    messages.success(request, _("You have the role now."))
    return redirect("enrol_factor" if rest_without_factor(myself(request)) else "desk")
