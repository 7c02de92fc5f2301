"""The directory as a table: columns, cells that no spreadsheet takes for a formula, and writing.

What is written here reads back as nothing to do (`directory_reading`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.spreadsheets import safe
from partnerships.models import Actor, Topic
from partnerships.models.actor import ActorQuerySet

# Column -> its title. Addresses of people are no column: they are never exported.
COLUMNS = {
    "slug": _("Id"),
    "name": _("Name"),
    "kind": _("Kind"),
    "sector": _("Sector"),
    "city": _("City or region"),
    "country": _("Country"),
    "industries": _("Industries"),
    "topics": _("Topics"),
    "website": _("Website"),
    "description_de": format_lazy("{} (de)", _("Description")),
    "description_en": format_lazy("{} (en)", _("Description")),
    "is_published": _("Published"),
    "is_fictional": _("Invented"),
}
YES, NO = _("yes"), _("no")
BETWEEN = " | "
CHUNK = 500


def cells_of(actor: Actor) -> list[str]:
    """One row in the order of COLUMNS; needs municipality and topics fetched."""
    topics = list(actor.topics.all())
    industry = Topic.Kind.INDUSTRY
    city = actor.municipality
    return [
        actor.slug,
        actor.name,
        str(actor.get_kind_display()),
        str(actor.get_sector_display()),
        str(city) if city else "",
        city.country if city else "",
        BETWEEN.join(str(each) for each in topics if each.kind == industry),
        BETWEEN.join(str(each) for each in topics if each.kind != industry),
        actor.website,
        actor.description.get("de"),
        actor.description.get("en"),
        str(YES if actor.is_published else NO),
        str(YES if actor.is_fictional else NO),
    ]


def lines(actors: ActorQuerySet, *, delimiter: str) -> Iterator[str]:
    """The table line by line."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, delimiter=delimiter, lineterminator="\r\n")
    for row in _rows(actors):
        writer.writerow([safe(cell) for cell in row])
        yield sheet.getvalue()
        sheet.seek(0)
        sheet.truncate()


def _rows(actors: ActorQuerySet) -> Iterable[list[str]]:
    yield [str(title) for title in COLUMNS.values()]
    found = actors.select_related("municipality").prefetch_related("topics")
    for actor in found.iterator(chunk_size=CHUNK):
        yield cells_of(actor)


def response(actors: ActorQuerySet, *, for_excel: bool) -> HttpResponse:
    """A download; `for_excel` writes a byte order mark and semicolons, else plain UTF-8, commas."""
    mark, delimiter = ("\ufeff", ";") if for_excel else ("", ",")
    answer = HttpResponse(
        mark + "".join(lines(actors, delimiter=delimiter)), content_type="text/csv; charset=utf-8"
    )
    name = f"akteure-{timezone.localdate():%Y-%m-%d}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
