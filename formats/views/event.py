"""Events for everybody: the calendar, one event, its programme as PDF."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from formats import permissions, printing
from formats.events import event_search, events, invitations, programme_sheets
from formats.events.event_page import line_of, page_of
from formats.events.month import month_of
from formats.forms.event_filter import EventFilterForm
from formats.models import Event, EventInvitation, EventSession
from foundation.documents import files
from partnerships.views.file_answers import pdf_to_read

PAGE_SIZE = 20
# By event: somebody may be invited to several. Name in the session -> digest of the link's token.
INVITED = "event_invitation:{}"


@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    """Coming or past events with filters, 20 a page; with ?monat= the month as a table."""
    form = EventFilterForm(request.GET, user=request.user)
    wanted = form.wanted()
    found = event_search.search(request.user, wanted, events.of_today())
    page = Paginator(event_search.for_lists(found), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "wanted": wanted,
        "page_obj": page,
        "month": month_of(request.user, wanted, events.of_today()),
        "this_month": f"{events.of_today():%Y-%m}",
        "lines": [] if wanted.month else [line_of(each) for each in page],
        "is_filtered": any(v for k, v in vars(wanted).items() if k not in {"over", "month"}),
        "may_add": permissions.can_run_events(request.user),
    }
    return render(request, "formats/event_list.html", context)


@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """What it is, when on which clocks, who, the programme, and what came of it."""
    found = visible(request, slug)
    context = {
        **page_of(found, request.user),
        "may_run": permissions.can_run_events(request.user),
        "invitation": invitation_of(request, found),
        "trail": [{"url": reverse("event_list"), "label": _("Calendar of events")}],
    }
    return render(request, "formats/event.html", context)


@require_safe
def event_programme(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """The sheet that says what the programme says today; 404 while it is being made."""
    found = visible(request, slug)
    if language not in printing.LANGUAGES:
        raise Http404
    sheet = programme_sheets.current(found, language)
    if sheet is None:
        raise Http404
    return pdf_to_read(request, sheet.file, f"{slug}-{language}.pdf")


@require_safe
def event_material(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A file of the event, for whoever may see the event."""
    row = get_object_or_404(visible(request, slug).materials.select_related("file"), pk=pk)
    answer = HttpResponse(files.read(row.file), content_type=row.file.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{slug}-{row.pk}.pdf"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def visible(request: HttpRequest, slug: str) -> Event:
    """The event, for those who may see it."""
    rows = event_search.for_pages(Event.objects.visible_to(request.user))
    return get_object_or_404(rows, slug=slug)


def invitation_of(request: HttpRequest, event: Event) -> EventInvitation | None:
    """The invitation to `event` whose link was opened in this browser."""
    digest = request.session.get(INVITED.format(event.slug), "")
    found = invitations.behind_digest(digest) if digest else None
    if found is None or found.event_id != event.pk:
        return None
    found.event = event
    return found


def session_of(event: Event, pk: int) -> EventSession:
    """One part of this event's programme, never of another's."""
    return get_object_or_404(event.sessions.select_related("event"), pk=pk)
