"""Finding a date: asking, saying when one can come, and the moment that it becomes."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from circles.forms.acting import ask_seat, seat_in
from circles.forms.room import DateAnswerForm, DatePollForm
from circles.gathering import date_polls
from circles.models import DateAnswer, DateOption, DatePoll
from circles.seating import acting, memberships
from circles.views.rooms import Room, hosted, room_of
from foundation.access import require
from foundation.posting.once import once
from partnerships.models import Municipality
from partnerships.views.answers import act_and_return, answer

Word = DateAnswer.Word


@login_required
@never_cache
@once
def date_poll_ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask all members when they can come."""
    room = hosted(request, slug)
    return answer(
        request,
        DatePollForm(room.body, request.POST or None),
        lambda form: date_polls.ask(
            room.circle,
            title=form.cleaned_data["title"],
            place=form.cleaned_data["place"],
            options=form.options,
            by=room.user,
        ),
        to=lambda made: reverse("date_poll", args=[slug, made.pk]),
        template="circles/date_poll_ask.html",
        context=room.context(),
    )


@login_required
@never_cache
@once
def date_poll(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """All moments with all answers; members give theirs, as often as they like."""
    room = room_of(request, slug)
    poll = _poll_in(room, pk)
    require(bool(room.terms) or request.method != "POST")
    options = list(poll.options.prefetch_related("answers"))
    zone = room.zone
    return answer(
        request,
        _form(request, room, options),
        lambda form: date_polls.answer(poll, form.words(), seat=seat_in(form), by=room.user),
        to=reverse("date_poll", args=[slug, pk]),
        template="circles/date_poll.html",
        context=room.context(poll=poll, **_table(room, options), **_zones(request, zone)),
        done=_("Noted. You can change it until the date is settled."),
    )


@login_required
@once
@require_POST
def date_poll_settle(request: HttpRequest, slug: str, pk: int, n: int) -> HttpResponse:
    """Moment `n` of the list becomes a meeting."""
    room = hosted(request, slug)
    poll = _poll_in(room, pk)
    option = next(iter(poll.options.all()[n - 1 : n] if n else ()), None)
    if option is None:
        raise Http404
    option.poll = poll
    return act_and_return(
        request,
        lambda: date_polls.settle(option, by=room.user),
        to=reverse("date_poll", args=[slug, pk]),
        done=_("The date is settled, and the meeting is planned. Now add an agenda and invite."),
    )


@login_required
@once
@require_POST
def date_poll_drop(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    room = hosted(request, slug)
    poll = _poll_in(room, pk)
    return act_and_return(
        request,
        lambda: date_polls.drop(poll, by=room.user),
        to=reverse("gathering_list", args=[slug]),
        done=_("No date is looked for any more."),
    )


def _poll_in(room: Room, pk: int) -> DatePoll:
    rows = room.circle.date_polls.select_related("circle__body", "meeting__body")
    return get_object_or_404(rows, pk=pk)


def _form(request: HttpRequest, room: Room, options: list[DateOption]) -> DateAnswerForm:
    """With what this member has said; of two who share a mailbox, first whoever has not."""
    said = [each for option in options for each in option.answers.all()]
    answered = {each.member_id for each in said}
    silent = [term for term in room.terms if term.pk not in answered]
    member = next(iter([*silent, *room.terms]), None)
    own = {each.option_id: each.word for each in said if member and each.member_id == member.pk}
    form = DateAnswerForm(options, request.POST or None, zone=room.zone, said=own)
    return ask_seat(form, room.terms, first=member)


def _table(room: Room, options: list[DateOption]) -> dict[str, Any]:
    """Members with their words in the order of the options, and how many can come when."""
    members = list(memberships.members_of(room.circle))
    seated = {member.pk for member in members}
    words = {
        (said.member_id, option.pk): said
        for option in options
        for said in option.answers.all()
        if said.member_id in seated
    }
    rows = [
        (acting.name_of(member), [words.get((member.pk, option.pk)) for option in options])
        for member in members
        if any((member.pk, option.pk) in words for option in options)
    ]
    columns = [
        {"option": option, **{word.value: _count(words, option.pk, word) for word in Word}}
        for option in options
    ]
    return {"columns": columns, "rows": rows, "silent": len(members) - len(rows)}


def _count(words: dict[tuple[int, int], DateAnswer], option: int, word: str) -> int:
    return sum(1 for (_who, at), said in words.items() if at == option and said.word == word)


def _zones(request: HttpRequest, zone: str) -> dict[str, Any]:
    """The reader's zone as the address says it, and the zones of our cities to choose from."""
    known = set(Municipality.objects.values_list("time_zone", flat=True))
    asked = request.GET.get("zone", "")
    chosen = asked if asked in available_timezones() and asked != zone else ""
    others = sorted({*known, *filter(None, [chosen])} - {zone})
    return {
        "zone": zone,
        "zone_city": _city(zone),
        "other_zone": chosen,
        "other_city": _city(chosen),
        "zones": [(each, _city(each)) for each in others],
    }


def _city(zone: str) -> str:
    """Helsinki, for Europe/Helsinki."""
    return zone.rpartition("/")[2].replace("_", " ")
