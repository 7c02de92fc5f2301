"""The minutes after the session: people, the members' objections, approval, the PDF; and packs."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from formats import permissions
from formats.forms.session import ApprovalForm, PeopleForm
from formats.models import Minutes
from formats.sittings import minutes, minutes_paper
from formats.views.agenda import pdf_answer
from formats.views.places import crumbs_to, own_session, session_of
from foundation.access import require
from foundation.accounts.people import myself
from foundation.documents import files
from foundation.posting.once import once
from partnerships.views.answers import act_and_return, answer


@login_required
@once
def minutes_people(request: HttpRequest, year: int, ordinal: int) -> HttpResponse:
    """Who led, who wrote, who was a guest."""
    found = _own(request, year, ordinal)
    initial = {"chair": found.chair, "taker": found.taker, "guests": found.guests}
    return answer(
        request,
        PeopleForm(request.POST or None, initial=initial),
        lambda form: minutes.name_people(found, **form.cleaned_data, by=myself(request)),
        to=reverse("session_room", args=[year, ordinal]),
        template="formats/minutes_people.html",
        context={"meeting": found.meeting, "trail": crumbs_to(found.meeting)},
    )


@login_required
@once
@require_POST
def minutes_submit(request: HttpRequest, year: int, ordinal: int) -> HttpResponse:
    found = _own(request, year, ordinal)
    return act_and_return(
        request,
        lambda: minutes.submit(found, by=myself(request)),
        to=reverse("meeting_letters", args=[year, ordinal]),
        done=_("The minutes are laid before the members. The mails wait here to be read and sent."),
    )


@login_required
@once
@require_POST
def minutes_take_back(request: HttpRequest, year: int, ordinal: int) -> HttpResponse:
    found = _own(request, year, ordinal)
    return act_and_return(
        request,
        lambda: minutes.take_back(found, by=myself(request)),
        to=reverse("session_room", args=[year, ordinal]),
        done=_("The minutes can be written again."),
    )


@login_required
@once
def minutes_approve(request: HttpRequest, year: int, ordinal: int) -> HttpResponse:
    """A later session approves the minutes; the worker seals them."""
    found = _own(request, year, ordinal)
    return answer(
        request,
        ApprovalForm(found.meeting, request.POST or None),
        lambda form: minutes.approve(
            found,
            form.cleaned_data["session"],
            objections=form.cleaned_data["objections"],
            by=myself(request),
        ),
        to=reverse("meeting", args=[year, ordinal]),
        template="formats/minutes_approve.html",
        context={"meeting": found.meeting, "trail": crumbs_to(found.meeting)},
        done=_("The minutes are approved. They are being sealed."),
    )


@require_safe
def minutes_pdf(request: HttpRequest, year: int, ordinal: int) -> HttpResponse:
    """The approved and sealed minutes without names."""
    meeting = session_of(request, year, ordinal)
    found = get_object_or_404(Minutes, meeting=meeting)
    listed = minutes_paper.issued(found, internal=False)
    if listed is None:
        raise Http404
    return pdf_answer(request, files.read(listed.file), listed.file.name)


@login_required
@require_safe
def minutes_internal(request: HttpRequest, year: int, ordinal: int) -> HttpResponse:
    """The minutes with names: sealed ones, or as they were laid before the members."""
    meeting = session_of(request, year, ordinal)
    require(permissions.can_read_inside(request.user, meeting.body))
    found = get_object_or_404(Minutes, meeting=meeting)
    is_own = permissions.can_prepare(request.user, meeting.body)
    if found.state == Minutes.State.DRAFT and not is_own:
        raise Http404
    found.meeting = meeting
    listed = minutes_paper.issued(found, internal=True)
    if listed is not None:
        return pdf_answer(request, files.read(listed.file), listed.file.name)
    name = f"Entwurf-{minutes_paper.number_of(found, internal=True)}.pdf"
    return pdf_answer(request, minutes_paper.render(found, internal=True), name)


@login_required
@require_safe
def session_pack(request: HttpRequest, year: int, ordinal: int) -> HttpResponse:
    """What members were sent, as one PDF."""
    meeting = session_of(request, year, ordinal)
    require(permissions.can_read_inside(request.user, meeting.body))
    if meeting.pack is None:
        raise Http404
    return pdf_answer(request, files.read(meeting.pack), meeting.pack.name)


def _own(request: HttpRequest, year: int, ordinal: int) -> Minutes:
    meeting = own_session(request, year, ordinal)
    found = get_object_or_404(Minutes, meeting=meeting)
    found.meeting = meeting
    return found
