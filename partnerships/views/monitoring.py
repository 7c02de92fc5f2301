"""The yearly figures of a partnership for those who work for it, as page and CSV."""

from __future__ import annotations

import csv
import io

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.access import require
from partnerships import permissions
from partnerships.deeds import monitoring as figures
from partnerships.models import Partnership
from partnerships.views.answers import fetch_partnership


@login_required
@require_safe
def monitoring(request: HttpRequest, slug: str) -> HttpResponse:
    found = _inside(request, slug)
    year, years = _year(request, found)
    context = {
        "partnership": found,
        "year": year,
        "years": years,
        "figures": figures.report_of(found, year),
    }
    return render(request, "partnerships/monitoring.html", context)


@login_required
@require_safe
def monitoring_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The same figures as the page; a table program opens it with its umlauts."""
    found = _inside(request, slug)
    year, _years = _year(request, found)
    text = io.StringIO()
    rows = csv.writer(text, delimiter=";")
    rows.writerow([_("Year"), _("Group"), _("Figure"), _("Count")])
    for figure in figures.report_of(found, year):
        value = "" if figure.value is None else figure.value
        rows.writerow([year, figure.group, figure.name, value])
    answer = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{slug}-{year}.csv"'
    return answer


def _inside(request: HttpRequest, slug: str) -> Partnership:
    found = fetch_partnership(request, slug)
    require(permissions.can_see_plan(request.user, found))
    return found


def _year(request: HttpRequest, partnership: Partnership) -> tuple[int, list[int]]:
    years = figures.years_of(partnership, timezone.localdate())
    wished = request.GET.get("jahr", "")
    return (int(wished) if wished in {str(year) for year in years} else years[0]), years
