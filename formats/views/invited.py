"""Somebody who was invited to an event answers by the link from the mail."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from formats.events import clocks, invitations, registrations
from formats.events.event_page import line_of
from formats.forms.registration import PersonForm
from formats.models import EventInvitation
from formats.views.event import INVITED, invitation_of, visible
from formats.views.registration import OWN
from foundation.errors import DomainError
from foundation.posting.once import once
from partnerships.views.answers import act_and_return


@never_cache
@require_safe
def event_invitation_enter(request: HttpRequest, token: str) -> HttpResponse:
    """Take the link's digest into the session and drop the token from the address."""
    found = invitations.behind(token)
    if found is None:
        raise Http404
    request.session[INVITED.format(found.event.slug)] = found.token_digest
    return redirect("event_invitation", found.event.slug)


@never_cache
@once
def event_invitation(request: HttpRequest, slug: str) -> HttpResponse:
    """What became of the invitation, and the form that says yes: no code, the link was one."""
    found = _mine(request, slug)
    if found.registration is not None and found.standing == EventInvitation.Standing.REGISTERED:
        request.session[OWN.format(slug)] = found.registration.handle
        return redirect("my_registration", slug)
    form = PersonForm(request.POST or None, event=found.event, initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        try:
            made = invitations.accept(found, **form.person())
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            request.session[OWN.format(slug)] = made.handle
            return redirect("my_registration", slug)
    event = found.event
    context = {
        **line_of(event), "invitation": found, "form": form, "clocks": clocks.clocks_of(event),
        "takes_answers": invitations.takes_answers(event),
        "until": invitations.answer_until(event), "left": registrations.places_left(event),
    }  # fmt: skip
    return render(request, "formats/event_invitation.html", context)


@require_POST
@once
def event_invitation_decline(request: HttpRequest, slug: str) -> HttpResponse:
    """No, by one click; the page says so afterwards and keeps the way back."""
    found = _mine(request, slug)
    return act_and_return(
        request,
        lambda: invitations.decline(found),
        to=reverse("event_invitation", args=[slug]),
        done=_("Thank you for telling us. We have noted that you cannot come."),
    )


def _mine(request: HttpRequest, slug: str) -> EventInvitation:
    event = visible(request, slug)
    found = invitation_of(request, event)
    if found is None:
        raise Http404
    return found
