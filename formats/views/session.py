"""A session while it goes on: opening it, who is there, what is said and what comes of it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from formats.forms.localized import initial_of
from formats.forms.session import EntryChangeForm, EntryForm, ResultForm
from formats.models import Membership, MinuteEntry, Minutes
from formats.sittings import letters, meetings, minutes, sessions
from formats.sittings.printed import items_of, people_of
from formats.views.places import crumbs_to, own_item, own_session
from foundation.accounts.people import myself
from foundation.posting.once import once
from partnerships.views.answers import act_and_return, answer


@login_required
@require_safe
def session_room(request: HttpRequest, year: int, ordinal: int) -> HttpResponse:
    """The table of the minute taker: quorum, attendance, items."""
    found = own_session(request, year, ordinal)
    stays = list(found.attendances.all())
    now = [each for each in stays if each.left_at is None]
    there, seats = {each.membership_id for each in now}, {each.seat_id for each in now}
    context = {
        "meeting": found,
        "body": found.body,
        "minutes": Minutes.objects.filter(meeting=found).first(),
        "quorum": sessions.quorum_of(found),
        "people": [
            {
                "member": each,
                "there": each.pk in there,
                "taken": each.seat_id in seats,
                "stays": [stay for stay in stays if stay.membership_id == each.pk],
            }
            for each in people_of(found)
        ],
        "items": items_of(found, internal=True),
        "held": letters.waiting(found).count(),
        "trail": crumbs_to(found),
    }
    return render(request, "formats/session_room.html", context)


@login_required
@once
@require_POST
def session_open(request: HttpRequest, year: int, ordinal: int) -> HttpResponse:
    found = own_session(request, year, ordinal)
    return act_and_return(
        request,
        lambda: sessions.open_session(found, by=myself(request)),
        to=reverse("session_room", args=[year, ordinal]),
        done=_("The session is open. Note who is there."),
    )


@login_required
@once
@require_POST
def session_arrive(request: HttpRequest, year: int, ordinal: int, pk: int) -> HttpResponse:
    found = own_session(request, year, ordinal)
    member = get_object_or_404(
        Membership.objects.select_related("deputises"), pk=pk, body=found.body
    )
    return act_and_return(
        request,
        lambda: sessions.arrive(found, member, by=myself(request)),
        to=f"{reverse('session_room', args=[year, ordinal])}#anwesenheit",
    )


@login_required
@once
@require_POST
def session_leave(request: HttpRequest, year: int, ordinal: int, pk: int) -> HttpResponse:
    found = own_session(request, year, ordinal)
    member = get_object_or_404(Membership, pk=pk, body=found.body)
    return act_and_return(
        request,
        lambda: sessions.leave(found, member, by=myself(request)),
        to=f"{reverse('session_room', args=[year, ordinal])}#anwesenheit",
    )


@login_required
@once
def session_item(request: HttpRequest, year: int, ordinal: int, position: int) -> HttpResponse:
    """One item as it is minuted: the form notes who said or moved what."""
    item = own_item(request, year, ordinal, position)
    day = meetings.day_of(item.meeting)
    members = meetings.members_on(item.meeting.body, day).select_related("user")
    return answer(
        request,
        EntryForm(members.order_by("on_behalf_of"), request.POST or None),
        lambda form: minutes.write(
            item,
            form.cleaned_data["text"],
            speaker=form.cleaned_data["speaker"],
            by=myself(request),
        ),
        to=reverse("session_item", args=[year, ordinal, position]),
        template="formats/session_item.html",
        context={
            "item": item,
            "meeting": item.meeting,
            "body": item.meeting.body,
            "minutes": Minutes.objects.filter(meeting=item.meeting).first(),
            "quorum": sessions.quorum_of(item.meeting),
            "entries": item.entries.select_related("speaker__user"),
            "votes": item.resolutions.order_by("n"),
            "trail": crumbs_to(item.meeting),
        },
    )


@login_required
@once
def session_result(request: HttpRequest, year: int, ordinal: int, position: int) -> HttpResponse:
    """What came of an item, in one sentence for everybody."""
    item = own_item(request, year, ordinal, position)
    return answer(
        request,
        ResultForm(
            request.POST or None,
            kept={"result": item.result},
            initial=initial_of("result", item.result),
        ),
        lambda form: minutes.set_result(item, form.text("result"), by=myself(request)),
        to=reverse("session_item", args=[year, ordinal, position]),
        template="formats/session_result.html",
        context={"item": item, "meeting": item.meeting, "trail": crumbs_to(item.meeting)},
    )


@login_required
@once
def entry_edit(request: HttpRequest, year: int, ordinal: int, pk: int) -> HttpResponse:
    """Other words for what was noted, until the minutes are laid before the members."""
    meeting = own_session(request, year, ordinal)
    entry = get_object_or_404(
        MinuteEntry.objects.select_related("item__meeting"), pk=pk, item__meeting=meeting
    )
    return answer(
        request,
        EntryChangeForm(request.POST or None, initial={"text": entry.text}),
        lambda form: minutes.rewrite(entry, form.cleaned_data["text"], by=myself(request)),
        to=reverse("session_item", args=[year, ordinal, entry.item.position]),
        template="formats/entry_edit.html",
        context={"entry": entry, "meeting": meeting, "trail": crumbs_to(meeting)},
    )
