"""The office sees who registered and notes who was there; looking is logged."""

from __future__ import annotations

import csv
import io

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from formats.events import certificates, feedback, registrations
from formats.events.event_page import line_of
from formats.forms.registration import GuestsForm
from formats.models import Registration
from formats.views.event_office import own
from foundation.accounts.people import myself
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.posting.once import once
from foundation.spreadsheets import safe

State = Registration.State


@login_required
@never_cache
@once
def event_guests(request: HttpRequest, slug: str) -> HttpResponse:
    """Places, waiting list, support needs; who was there."""
    found = own(request, slug)
    rows = list(found.registrations.filter(state__in=Registration.LIVE, erased_at=None))
    placed = [each for each in rows if each.state == State.CONFIRMED]
    form = GuestsForm(
        request.POST or None,
        guests=[(each.pk, _label(each)) for each in placed],
        initial={"present": [each.pk for each in placed if each.attended]},
    )
    if request.method == "POST" and form.is_valid():
        number = registrations.note_attendance(found, form.chosen(), by=myself(request))
        messages.success(request, _("%(n)d were there.") % {"n": number})
        return redirect("event_guests", slug)
    trail.log_access(myself(request), rows, purpose="event-guests")
    context = {
        **line_of(found), "form": form, "placed": placed,
        "waiting": [each for each in rows if each.state != State.CONFIRMED],
        "left": registrations.places_left(found), "ratings": feedback.summary(found),
        "answers": list(found.feedback.exclude(took_along="", wished="")),
    }  # fmt: skip
    return render(request, "formats/event_guests.html", context)


@login_required
@never_cache
@require_safe
def event_guests_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Those with a place, for the table at the door."""
    found = own(request, slug)
    rows = list(found.registrations.filter(state=State.CONFIRMED, erased_at=None))
    trail.log_access(myself(request), rows, purpose="event-guests-csv")
    sheet = io.StringIO()
    writer = csv.writer(sheet, delimiter=";", lineterminator="\r\n")
    titles = (
        _("Name"), _("Organisation"), _("How"), _("Support"), _("On the list"), _("Photos"),
    )  # fmt: skip
    writer.writerow(titles)
    for each in rows:
        yes = [_("yes") if given else _("no") for given in (each.listed_since, each.photos_since)]
        cells = (each.name, each.organisation, each.get_presence_display(), each.support, *yes)
        writer.writerow([safe(str(cell)) for cell in cells])
    answer = HttpResponse("\ufeff" + sheet.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="teilnahme-{slug}.csv"'
    return answer


@login_required
@once
@require_POST
def event_certificates(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody who was there gets a certificate."""
    number = certificates.order(own(request, slug))
    text = ngettext(
        "%(n)d certificate is being made and mailed.",
        "%(n)d certificates are being made and mailed.",
        number,
    )
    messages.success(request, text % {"n": number})
    return redirect("event_guests", slug)


@login_required
@once
@require_POST
def registration_cancel(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Somebody called: the office gives the place back for them."""
    found = own(request, slug)
    row = get_object_or_404(found.registrations.select_related("event"), pk=pk)
    try:
        registrations.cancel(row, by=myself(request))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Given back; the person is told, and the next one is asked."))
    return redirect("event_guests", slug)


def _label(registration: Registration) -> str:
    return ", ".join(filter(None, (registration.name, registration.organisation)))
