"""The office invites to an event, sees the answers, reminds and withdraws; looking is logged."""

from __future__ import annotations

from collections import Counter

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from formats.events import invitations
from formats.events.event_page import line_of
from formats.forms.invitation import InvitationsForm
from formats.models import Event, EventInvitation
from formats.views.event_office import own
from foundation.accounts.people import myself
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.posting.once import once
from partnerships.views.answers import act_and_return

Standing = EventInvitation.Standing


@login_required
@never_cache
@once
def event_invitations(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is invited and what they answered; more people, one in each line."""
    found = own(request, slug)
    form = InvitationsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        guests, language = form.cleaned_data["guests"], form.cleaned_data["language"]
        try:
            sent = invitations.invite(found, guests, language=language, by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            _tell(request, sent)
            return redirect("event_invitations", slug)
    rows = list(found.invitations.filter(erased_at=None).select_related("registration"))
    trail.log_access(myself(request), rows, purpose="event-invitations")
    context = {**line_of(found), **_list_of(found, rows), "form": form}
    return render(request, "formats/event_invitations.html", context)


@login_required
@once
@require_POST
def event_invitations_remind(request: HttpRequest, slug: str) -> HttpResponse:
    """One reminder to each who has not answered."""
    found = own(request, slug)
    try:
        number = invitations.remind(found, by=myself(request))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        text = ngettext(
            "%(n)d reminder leaves now.", "%(n)d reminders leave now.", number
        )  # fmt: skip
        messages.success(request, text % {"n": number})
    return redirect("event_invitations", slug)


@login_required
@once
@require_POST
def event_invitation_revoke(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take one invitation back; the person is told."""
    found = own(request, slug)
    row = get_object_or_404(found.invitations.select_related("event"), pk=pk, erased_at=None)
    return act_and_return(
        request,
        lambda: invitations.revoke(row, by=myself(request)),
        to=reverse("event_invitations", args=[slug]),
        done=_("The invitation is withdrawn."),
    )


def _tell(request: HttpRequest, sent: invitations.Sent) -> None:
    number = len(sent.invitations)
    if number:
        text = ngettext("%(n)d invitation leaves now.", "%(n)d invitations leave now.", number)
        messages.success(request, text % {"n": number})
    if sent.known:
        text = _("Not written to again, because invited, registered or listed already: %(who)s")
        messages.info(request, text % {"who": ", ".join(sent.known)})


def _list_of(event: Event, rows: list[EventInvitation]) -> dict[str, object]:
    """The rows, how many of each standing, and whom a reminder would reach."""
    number = Counter(each.standing for each in rows)
    silent = [each for each in rows if each.standing == Standing.INVITED]
    return {
        "rows": rows,
        "counts": [(standing.label, number[standing]) for standing in Standing],
        "to_remind": sum(each.reminded_at is None for each in silent),
        "is_invited": event.access == Event.Access.INVITED,
        "takes_answers": invitations.takes_answers(event),
        "until": invitations.answer_until(event),
    }
