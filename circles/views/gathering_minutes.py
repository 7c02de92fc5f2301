"""What a meeting said and decided: entries, results, the minutes and their approval."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from circles.gathering import gatherings
from circles.views.rooms import Room, hosted, item_in, meeting_in, room_of
from formats.forms.localized import initial_of
from formats.forms.session import EntryForm, ObjectionsForm, PeopleForm, ResultForm
from formats.models import Minutes
from formats.sittings import meetings, minutes, minutes_paper
from formats.sittings.places import path_of
from formats.views.agenda import pdf_answer
from foundation.documents import files
from foundation.posting.once import once
from partnerships.views.answers import act_and_return, answer


@login_required
@never_cache
@once
def gathering_item(
    request: HttpRequest, slug: str, year: int, ordinal: int, position: int
) -> HttpResponse:
    """Note under an item what was said or moved."""
    room = hosted(request, slug)
    item = item_in(room, year, ordinal, position)
    members = meetings.members_on(item.meeting.body, meetings.day_of(item.meeting))
    return answer(
        request,
        EntryForm(
            members.select_related("user").order_by("user__name", "pk"), request.POST or None
        ),
        lambda form: minutes.write(
            item, form.cleaned_data["text"], speaker=form.cleaned_data["speaker"], by=room.user
        ),
        to=reverse("gathering_item", args=[slug, year, ordinal, position]),
        template="circles/gathering_item.html",
        context=room.context(
            item=item,
            meeting=item.meeting,
            entries=list(item.entries.select_related("speaker__user")),
        ),
    )


@login_required
@never_cache
@once
def gathering_result(
    request: HttpRequest, slug: str, year: int, ordinal: int, position: int
) -> HttpResponse:
    """What came of an item, in one sentence."""
    room = hosted(request, slug)
    item = item_in(room, year, ordinal, position)
    return answer(
        request,
        ResultForm(
            request.POST or None,
            kept={"result": item.result},
            initial=initial_of("result", item.result),
        ),
        lambda form: minutes.set_result(item, form.text("result"), by=room.user),
        to=path_of(item.meeting),
        template="circles/gathering_result.html",
        context=room.context(item=item, meeting=item.meeting),
    )


@login_required
@never_cache
@once
def gathering_people(request: HttpRequest, slug: str, year: int, ordinal: int) -> HttpResponse:
    """Who led the meeting and who took the minutes."""
    room = hosted(request, slug)
    found = _minutes_in(room, year, ordinal)
    initial = {"chair": found.chair, "taker": found.taker, "guests": found.guests}
    return answer(
        request,
        PeopleForm(request.POST or None, initial=initial),
        lambda form: minutes.name_people(found, **form.cleaned_data, by=room.user),
        to=path_of(found.meeting),
        template="circles/gathering_people.html",
        context=room.context(meeting=found.meeting),
    )


@login_required
@once
@require_POST
def gathering_submit(request: HttpRequest, slug: str, year: int, ordinal: int) -> HttpResponse:
    room = hosted(request, slug)
    found = _minutes_in(room, year, ordinal)
    return act_and_return(
        request,
        lambda: gatherings.submit(found, by=room.user),
        to=path_of(found.meeting),
        done=_("The minutes are laid before the members. The mails wait to be read and sent."),
    )


@login_required
@once
@require_POST
def gathering_take_back(request: HttpRequest, slug: str, year: int, ordinal: int) -> HttpResponse:
    room = hosted(request, slug)
    found = _minutes_in(room, year, ordinal)
    return act_and_return(
        request,
        lambda: minutes.take_back(found, by=room.user),
        to=path_of(found.meeting),
        done=_("The minutes can be written again."),
    )


@login_required
@never_cache
@once
def gathering_approve(request: HttpRequest, slug: str, year: int, ordinal: int) -> HttpResponse:
    """The next meeting approves the minutes: nobody objects, or what was objected is kept."""
    room = hosted(request, slug)
    found = _minutes_in(room, year, ordinal)
    later = gatherings.next_opened(found.meeting)
    if later is None or found.state != Minutes.State.SUBMITTED:
        raise Http404
    return answer(
        request,
        ObjectionsForm(request.POST or None),
        lambda form: minutes.approve(found, later, **form.cleaned_data, by=room.user),
        to=path_of(found.meeting),
        template="circles/gathering_approve.html",
        context=room.context(meeting=found.meeting, later=later),
        done=_("The minutes are approved. They are being sealed."),
    )


@login_required
@never_cache
@require_safe
def gathering_paper(request: HttpRequest, slug: str, year: int, ordinal: int) -> HttpResponse:
    """The minutes as PDF for the room: sealed ones, or as they were laid before the members."""
    room = room_of(request, slug)
    found = _minutes_in(room, year, ordinal)
    if found.state == Minutes.State.DRAFT and not room.is_host:
        raise Http404
    listed = minutes_paper.issued(found, internal=True)
    if listed is not None:
        return pdf_answer(request, files.read(listed.file), listed.file.name)
    name = f"Entwurf-{minutes_paper.number_of(found, internal=True)}.pdf"
    return pdf_answer(request, minutes_paper.render(found, internal=True), name)


def _minutes_in(room: Room, year: int, ordinal: int) -> Minutes:
    meeting = meeting_in(room, year, ordinal)
    found = get_object_or_404(Minutes, meeting=meeting)
    found.meeting = meeting
    return found
