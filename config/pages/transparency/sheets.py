"""A sheet of the transparency page: the same rows on the page and in the file."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
from collections.abc import Sequence

from django.http import HttpResponse
from django.utils import timezone
from django.utils.formats import date_format

from foundation.look import moments
from foundation.spreadsheets import safe


@dataclasses.dataclass(frozen=True)
class Line:
    """One row: its cells in the order of the columns; the first one leads to `url`."""

    cells: tuple[str, ...]
    url: str = ""
    is_demo: bool = False


@dataclasses.dataclass(frozen=True)
class Sheet:
    """`name` stands in addresses and file names; `numbers` are the columns set flush right."""

    name: str
    title: str
    note: str
    columns: tuple[str, ...]
    lines: Sequence[Line]
    empty: str
    numbers: frozenset[int] = frozenset()

    @property
    def rows(self) -> list[tuple[Line, list[tuple[str, bool]]]]:
        """Each line with its further cells and whether they are numbers."""
        return [
            (line, [(cell, n in self.numbers) for n, cell in enumerate(line.cells[1:], start=1)])
            for line in self.lines
        ]

    @property
    def heads(self) -> list[tuple[str, bool]]:
        """Each column with whether it holds numbers."""
        return [(title, n in self.numbers) for n, title in enumerate(self.columns)]


def day(moment: dt.date) -> str:
    """27.11.2026: short enough for a column."""
    local = moments.local(moment).date() if isinstance(moment, dt.datetime) else moment
    return date_format(local, "SHORT_DATE_FORMAT")


def as_csv(sheet: Sheet) -> HttpResponse:
    """A download that German Excel opens: byte order mark, semicolons, no formulas."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for cells in (sheet.columns, *(line.cells for line in sheet.lines)):
        writer.writerow([safe(cell) for cell in cells])
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    name = f"{sheet.name}-{timezone.localdate():%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
