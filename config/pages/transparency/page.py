"""The page of all sheets, and each of them as a file."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from config.pages.transparency import of_circles, of_partnerships, of_results
from config.pages.transparency.sheets import Sheet, as_csv


@require_safe
def transparency(request: HttpRequest) -> HttpResponse:
    """Everything at once, the same for every reader."""
    context = {"sheets": [make() for make in SHEETS.values()], "now": timezone.now()}
    return render(request, "pages/transparency.html", context)


@require_safe
def transparency_csv(request: HttpRequest, name: str) -> HttpResponse:
    """One sheet as a table for spreadsheets."""
    if name not in SHEETS:
        raise Http404
    return as_csv(SHEETS[name]())


def corrections() -> Sheet:
    """What was put right after it had been published."""
    return Sheet(
        "korrekturen",
        _("Corrections"),
        _("What was changed after it had been public, and why."),
        (_("What"), _("Of what"), _("On"), _("Reason or change")),
        [*of_circles.corrections(), *of_partnerships.corrections()],
        _("Nothing has been corrected."),
    )


SHEETS: dict[str, Callable[[], Sheet]] = {
    "auslosungen": of_circles.draws,
    "ergebnisse": of_results.results,
    "ueberfaellig": of_circles.overdue,
    "abkommen": of_partnerships.agreements,
    "korrekturen": corrections,
}
