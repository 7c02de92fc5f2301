"""The agenda of a session item by item, and the papers that belong to it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from formats.forms.localized import initial_of
from formats.forms.session import ItemForm, PaperForm
from formats.models import Paper
from formats.sittings import agenda, papers
from formats.views.places import crumbs_to, own_item, own_paper, own_session, session_of
from foundation.accounts.people import myself
from foundation.documents import files
from foundation.posting.once import once
from partnerships.views.answers import act_and_return, answer


@login_required
@once
@require_POST
def agenda_standard(request: HttpRequest, year: int, ordinal: int) -> HttpResponse:
    """Complete the agenda to the customary one."""
    found = own_session(request, year, ordinal)
    return act_and_return(
        request,
        lambda: agenda.lay_out(found, by=myself(request)),
        to=reverse("meeting_prepare", args=[year, ordinal]),
        done=_("The agenda has the customary items now."),
    )


@login_required
@once
def agenda_edit(request: HttpRequest, year: int, ordinal: int, position: int) -> HttpResponse:
    """The words of an item, and who may read it."""
    item = own_item(request, year, ordinal, position)
    initial = initial_of("title", item.title) | initial_of("explanation", item.explanation)
    kept = {"title": item.title, "explanation": item.explanation}
    return answer(
        request,
        ItemForm(request.POST or None, kept=kept, initial=initial | {"is_public": item.is_public}),
        lambda form: agenda.edit_item(item, **form.values(), by=myself(request)),
        to=reverse("meeting_prepare", args=[year, ordinal]),
        template="formats/agenda_edit.html",
        context={"item": item, "meeting": item.meeting, "trail": crumbs_to(item.meeting)},
    )


@login_required
@once
@require_POST
def agenda_raise(request: HttpRequest, year: int, ordinal: int, position: int) -> HttpResponse:
    item = own_item(request, year, ordinal, position)
    return act_and_return(
        request,
        lambda: agenda.raise_item(item, by=myself(request)),
        to=reverse("meeting_prepare", args=[year, ordinal]),
    )


@login_required
@once
@require_POST
def agenda_remove(request: HttpRequest, year: int, ordinal: int, position: int) -> HttpResponse:
    item = own_item(request, year, ordinal, position)
    return act_and_return(
        request,
        lambda: agenda.remove_item(item, by=myself(request)),
        to=reverse("meeting_prepare", args=[year, ordinal]),
        done=_("The item is off the agenda."),
    )


@login_required
@once
@require_POST
def agenda_admit(request: HttpRequest, year: int, ordinal: int, position: int) -> HttpResponse:
    item = own_item(request, year, ordinal, position)
    return act_and_return(
        request,
        lambda: agenda.admit_late(item, by=myself(request)),
        to=reverse("session_item", args=[year, ordinal, position]),
        done=_("The session deals with this item."),
    )


@login_required
@once
def paper_new(request: HttpRequest, year: int, ordinal: int, position: int) -> HttpResponse:
    """A PDF for an item; members get it with the invitation."""
    item = own_item(request, year, ordinal, position)
    return answer(
        request,
        PaperForm(request.POST or None, request.FILES or None),
        lambda form: papers.attach(
            item,
            name=form.cleaned_data["name"],
            data=form.cleaned_data["file"].read(),
            is_public=form.cleaned_data["is_public"],
            by=myself(request),
        ),
        to=reverse("meeting_prepare", args=[year, ordinal]),
        template="formats/paper_new.html",
        context={"item": item, "meeting": item.meeting, "trail": crumbs_to(item.meeting)},
        done=_("The paper is added."),
    )


@login_required
@once
def paper_remove(request: HttpRequest, year: int, ordinal: int, pk: int) -> HttpResponse:
    """Ask once, then take the paper off and delete its file."""
    found = own_paper(request, year, ordinal, pk)
    back = reverse("meeting_prepare", args=[year, ordinal])
    if request.method == "POST":
        return act_and_return(
            request,
            lambda: papers.remove(found, by=myself(request)),
            to=back,
            done=_("The paper is off and its file is deleted."),
        )
    meeting = found.item.meeting
    context = {"paper": found, "meeting": meeting, "trail": crumbs_to(meeting), "form": None}
    return render(request, "formats/paper_remove.html", context)


@login_required
@once
@require_POST
def paper_show(request: HttpRequest, year: int, ordinal: int, pk: int) -> HttpResponse:
    found = own_paper(request, year, ordinal, pk)
    return act_and_return(
        request,
        lambda: papers.show(found, to_everybody=True, by=myself(request)),
        to=reverse("meeting_prepare", args=[year, ordinal]),
        done=_("Everybody may read the paper, as far as they may read its item."),
    )


@login_required
@once
@require_POST
def paper_hide(request: HttpRequest, year: int, ordinal: int, pk: int) -> HttpResponse:
    found = own_paper(request, year, ordinal, pk)
    return act_and_return(
        request,
        lambda: papers.show(found, to_everybody=False, by=myself(request)),
        to=reverse("meeting_prepare", args=[year, ordinal]),
        done=_("Only the body and the office may read the paper now."),
    )


@require_safe
def paper(request: HttpRequest, year: int, ordinal: int, pk: int) -> HttpResponse:
    """The file, for everybody if it is public, else for the body and the office."""
    meeting = session_of(request, year, ordinal)
    rows = Paper.objects.visible_to(request.user).filter(item__meeting=meeting)
    found = get_object_or_404(rows.select_related("file"), pk=pk)
    return pdf_answer(request, files.read(found.file), found.file.name)


def pdf_answer(request: HttpRequest, data: bytes, name: str) -> HttpResponse:
    """A PDF for reading in the browser, kept by nobody but its reader."""
    etag = f'"{files.digest_of_bytes(data)}"'
    answered = get_conditional_response(request, etag=etag)
    if answered is None:
        answered = HttpResponse(data, content_type="application/pdf")
        answered["Content-Disposition"] = f'inline; filename="{name}"'
        answered["ETag"] = etag
    return answered
