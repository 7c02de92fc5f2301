"""Events for everybody: the calendar, one event, its programme as PDF."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from formats import clocks, event_search, events, permissions, programme_sheets, registrations, when
from formats.forms.event_filter import EventFilterForm
from formats.models import Contributor, Event, EventSession
from formats.month import month_of
from foundation.documents import files
from partnerships.models import Partnership

PAGE_SIZE = 20


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
    office = permissions.can_run_events(request.user)
    pair = found.partnership
    pairs = Partnership.objects.visible_to(request.user)
    context = {
        **line_of(found),
        "clocks": clocks.clocks_of(found),
        "topics": list(found.topics.all()),
        "sessions": list(found.sessions.prefetch_related("contributors__actor")),
        "roles": roles_of(found.contributors.filter(session=None).select_related("actor")),
        "delegations": delegations_of(found),
        "contacts": list(found.contacts.select_related("actor", "city")),
        "outcomes": outcomes_of(found, request),
        "contributions": list(found.contributions.select_related("actor")),
        "follow_ups": list(Event.objects.visible_to(request.user).filter(predecessor=found)),
        "predecessor": Event.objects.visible_to(request.user)
        .filter(pk=found.predecessor_id)
        .first(),
        "replaced_by": Event.objects.visible_to(request.user)
        .filter(pk=found.replaced_by_id)
        .first(),
        "pair": pair if pair and pairs.filter(pk=pair.pk).exists() else None,
        "sheets": {each.language for each in found.sheets.all()},
        "places_left": registrations.places_left(found),
        "takes_registrations": registrations.is_open(found),
        "may_run": office,
        "trail": [{"url": reverse("event_list"), "label": _("Calendar of events")}],
    }
    return render(request, "formats/event.html", context)


@require_safe
def event_programme(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """The newest sheet of the programme; 404 while none is made."""
    found = visible(request, slug)
    if language not in programme_sheets.LANGUAGES:
        raise Http404
    sheet = found.sheets.filter(language=language).select_related("file").first()
    if sheet is None:
        raise Http404
    etag = f'"{sheet.file.sha256}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = HttpResponse(files.read(sheet.file), content_type="application/pdf")
        answer["Content-Disposition"] = f'inline; filename="{slug}-{language}.pdf"'
        answer["ETag"] = etag
    return answer


def visible(request: HttpRequest, slug: str) -> Event:
    """The event, for those who may see it."""
    rows = event_search.for_pages(Event.objects.visible_to(request.user))
    return get_object_or_404(rows, slug=slug)


def line_of(found: Event) -> dict[str, object]:
    """What lists and pages say about one event."""
    text = when.when_text(
        found.starts_on, found.ends_on, found.precision, is_tentative=found.is_tentative
    )
    return {
        "event": found,
        "when": text,
        "places": list(found.places.all()),
        "missed": found.state in {Event.State.CANCELLED, Event.State.REPLACED},
        "attendance": when.attendance_text(found.attendance, found.attendance_is_about),
    }


def roles_of(rows: object) -> list[tuple[str, list[Contributor]]]:
    """Contributors by role, in the order of the roles."""
    by_role: dict[str, list[Contributor]] = {}
    for each in rows:  # type: ignore[attr-defined]
        by_role.setdefault(each.role, []).append(each)
    return [(str(r.label), by_role[r]) for r in Contributor.Role if r in by_role]


def delegations_of(found: Event) -> list[tuple[str, list[object]]]:
    """Participants by delegation."""
    groups: dict[str, list[object]] = {}
    for each in found.participants.select_related("actor"):
        groups.setdefault(each.delegation, []).append(each)
    return list(groups.items())


def outcomes_of(found: Event, request: HttpRequest) -> list[object]:
    """What came of it, as far as the reader may see where it leads."""
    rows = found.outcomes.settled().select_related(
        "topic", "project__partnership", "lab__partnership", "next_event", "forum"
    )
    return list(rows)


def session_of(event: Event, pk: int) -> EventSession:
    """One part of this event's programme, never of another's."""
    return get_object_or_404(event.sessions.select_related("event"), pk=pk)
