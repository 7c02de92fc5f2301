"""Applications on paper as a table: read, and judged row by row through the form for one.

Nothing is stored here; the rows travel with the page that shows them until somebody enters them.
"""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from circles.forms.application import criterion_name
from circles.forms.paper import PaperForm
from circles.models import Application, Call
from foundation.errors import DomainError
from foundation.languages import search_key
from foundation.spreadsheets import decode, unsafe

MOST_ROWS = 300
MOST_BYTES = 512 * 1024
SEPARATORS = (";", ",", "\t")
# Column -> its title; the criteria follow, each by its code.
COLUMNS = {
    "name": gettext_lazy("Name"),
    "email": gettext_lazy("E-mail address"),
    "phone": gettext_lazy("Telephone"),
    "postal_address": gettext_lazy("Postal address"),
    "way": gettext_lazy("How it came"),
    "received_day": gettext_lazy("Arrived on"),
    "received_time": gettext_lazy("Arrived at"),
    "file_reference": gettext_lazy("File reference"),
    "motivation": gettext_lazy("Motivation"),
    "support_needs": gettext_lazy("Support needs"),
}
YES, NO = ("ja", "yes", "j", "y", "x", "1"), ("nein", "no", "n", "0")


class Unreadable(DomainError):
    """The file is no table that could be read."""


@dataclasses.dataclass
class Row:
    """One line of the table: its form, and what is wrong with it in sentences."""

    line: int
    form: PaperForm
    mistakes: list[str]

    @property
    def name(self) -> str:
        return str(self.form.data.get("name", ""))

    @property
    def reference(self) -> str:
        return str(self.form.data.get("file_reference", ""))


def text_of(data: bytes) -> str:
    """The table as text; raises Unreadable."""
    if not data.strip():
        raise Unreadable("table-empty", _("The file is empty."))
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Unreadable(
            "table-workbook",
            _("This is an Excel workbook. Save it as “CSV UTF-8” and upload that file."),
        )
    if len(data) > MOST_BYTES:
        raise Unreadable("table-big", _("The file is larger than 512 KB. Split it, please."))
    return decode(data)[0]


def judge(call: Call, text: str) -> list[Row]:
    """Every row through the form that the page for one uses; raises Unreadable."""
    if "\0" in text:
        raise Unreadable("table-binary", _("This file is no table of text."))
    lines = _lines(text)
    columns = _columns(call, lines[0])
    filled = [(n, cells) for n, cells in enumerate(lines[1:], start=2) if any(cells)]
    if not filled:
        raise Unreadable("table-no-rows", _("The table has no rows below its titles."))
    if len(filled) > MOST_ROWS:
        raise Unreadable(
            "table-too-long",
            _("The table has more than %(n)d rows. Split it, please.") % {"n": MOST_ROWS},
        )
    rows = [_row(call, n, columns, cells) for n, cells in filled]
    _demand_new(call, rows)
    return rows


def titles(call: Call) -> list[str]:
    """The first line of a table, in the reader's language."""
    return [*map(str, COLUMNS.values()), *call.criteria.values_list("code", flat=True)]


def _lines(text: str) -> list[list[str]]:
    head = text.lstrip("\n").partition("\n")[0]
    separator = max(SEPARATORS, key=head.count)
    try:
        found = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise Unreadable("table-broken", _("This file is no table that can be read.")) from error
    while found and not any(found[0]):
        found.pop(0)
    return [[unsafe(cell.strip()) for cell in line] for line in found]


def _columns(call: Call, head: Sequence[str]) -> list[str]:
    known = {search_key(column.replace("_", " ")): column for column in COLUMNS}
    known |= {search_key(str(title)): column for column, title in COLUMNS.items()}
    for criterion in call.criteria.all():
        field = criterion_name(criterion.pk)
        known |= {search_key(criterion.code): field, search_key(str(criterion.question)): field}
    columns = [known.get(search_key(title), "") for title in head]
    if "name" not in columns:
        raise Unreadable(
            "table-no-name",
            _("The first line must hold the titles of the columns, at least “%(name)s”.")
            % {"name": COLUMNS["name"]},
        )
    return columns


def _row(call: Call, line: int, columns: Sequence[str], cells: Sequence[str]) -> Row:
    data = {column: cell for column, cell in zip(columns, cells, strict=False) if column}
    for name, cell in data.items():
        if name.startswith("criterion_"):
            data[name] = _yes_or_no(cell)
    data["way"] = _way(data.get("way", ""))
    form = PaperForm(call, data)
    mistakes = [
        f"{form.fields[name].label}: {sentence}" if name in form.fields else str(sentence)
        for name, sentences in form.errors.items()
        for sentence in sentences
    ]
    return Row(line, form, mistakes)


def _yes_or_no(cell: str) -> str:
    key = search_key(cell)
    return "yes" if key in YES else "no" if key in NO else ""


def _way(cell: str) -> str:
    key = search_key(cell)
    known = {search_key(str(way.label)): way.value for way in Application.Way}
    known |= {way.value: way.value for way in Application.Way}
    known |= {"brief": "letter", "telefon": "phone", "personlich": "desk"}
    return known.get(key, cell)


def _demand_new(call: Call, rows: Sequence[Row]) -> None:
    """A file reference stands for one application: the second time is a repetition."""
    taken = set(
        call.applications.exclude(file_reference="").values_list("file_reference", flat=True)
    )
    for row in rows:
        if row.reference and row.reference in taken:
            row.mistakes.append(_("An application with this file reference is here already."))
        taken.add(row.reference)
