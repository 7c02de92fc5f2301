"""Files of a circle's room: the list with a form for one more, taking one along, removing one."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from circles import permissions
from circles.forms.room import RoomFileForm
from circles.gathering import room_files
from circles.views.rooms import room_of
from foundation.access import require
from foundation.documents import files
from foundation.posting.once import once
from partnerships.views.answers import act_and_return, answer


@login_required
@never_cache
@once
def room_file_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that was brought, the newest first; of what was removed only a note."""
    room = room_of(request, slug)
    found = room.circle.files.select_related(*room_files.NAMED)
    mine = {term.pk for term in room.terms}
    rows = [
        {
            "file": each,
            "note": room_files.note_of(each),
            "may_remove": room.is_host or each.by_member_id in mine,
        }
        for each in found
    ]
    return answer(
        request,
        RoomFileForm(request.POST or None, request.FILES or None),
        lambda form: room_files.add(
            room.circle,
            name=form.cleaned_data["name"],
            data=form.cleaned_data["file"].read(),
            by=room.user,
        ),
        to=reverse("room_file_list", args=[slug]),
        template="circles/room_file_list.html",
        context=room.context(rows=rows),
        done=_("The file is in the room."),
    )


@login_required
@never_cache
@require_safe
def room_file(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The file to be saved; never opened by the browser as a page of ours."""
    room = room_of(request, slug)
    rows = room.circle.files.filter(removed_at=None).select_related("file")
    found = get_object_or_404(rows, pk=pk)
    data = HttpResponse(files.read(found.file), content_type=found.file.media_type)
    named = content_disposition_header(as_attachment=True, filename=found.file.name)
    data.headers["Content-Disposition"] = named
    return data


@login_required
@never_cache
@once
def room_file_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask once, then delete the file; a note stays."""
    room = room_of(request, slug)
    found = get_object_or_404(
        room.circle.files.select_related("circle", "file"), pk=pk, removed_at=None
    )
    require(permissions.can_remove_file(request.user, found))
    if request.method == "POST":
        return act_and_return(
            request,
            lambda: room_files.remove(found, by=room.user),
            to=reverse("room_file_list", args=[slug]),
            done=_("The file is deleted. A note says who removed it, and when."),
        )
    context = room.context(file=found, form=None)
    return render(request, "circles/room_file_remove.html", context)
