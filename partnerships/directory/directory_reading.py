"""Reading tables of entries as people have them: any usual encoding and separator, broken lines.

Pure: bytes in, records with line numbers out. A broken line is reported and the next one read.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import itertools
from collections.abc import Iterator, Sequence

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation.errors import DomainError
from foundation.languages import search_key
from foundation.spreadsheets import decode, unsafe
from partnerships.directory.broken_names import join_lines, rejoin
from partnerships.directory.directory_csv import COLUMNS
from partnerships.directory.import_records import Record

MOST_ROWS = 10_000
MOST_BYTES = 5 * 1024 * 1024
# A cell with more lines than this has lost its closing quotation mark.
MOST_LINES = 15
SEPARATORS = (";", ",", "\t")
# Titles are short; what is longer is no table, and csv would refuse to read it.
LONGEST_HEAD = 10_000


class Unreadable(DomainError):
    """The file is no table that could be read."""


@dataclasses.dataclass(frozen=True)
class Table:
    """What was read: the records, and how the file was written."""

    records: list[Record]
    encoding: str
    separator: str


def read(data: bytes) -> Table:
    """The records of a file; raises Unreadable with a sentence that says what to do."""
    if not data.strip():
        raise Unreadable("import-empty", _("The file is empty."))
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Unreadable(
            "import-workbook",
            _("This is an Excel workbook. Save it as “CSV UTF-8” and upload that file."),
        )
    text, encoding = decode(data)
    if "\0" in text:
        raise Unreadable("import-binary", _("This file is no table of text."))
    lines = io.StringIO(text, newline=None).read().split("\n")
    separator, columns = _head(lines[0])
    read_in_turn = (
        _record(line, text, is_closed, columns or ["name"], separator)
        for line, text, is_closed in _rows(lines, 1 if columns else 0, separator, len(columns))
    )
    filled = (each for each in read_in_turn if each.mistakes or any(each.cells.values()))
    # One more than may be: a file of two million lines is refused without being read to its end.
    records = list(itertools.islice(filled, MOST_ROWS + 1))
    if not records:
        raise Unreadable("import-no-rows", _("The table has no rows below its titles."))
    if len(records) > MOST_ROWS:
        raise Unreadable(
            "import-too-long",
            _("The table has more than %(n)s rows. Split it, please.") % {"n": MOST_ROWS},
        )
    return Table(rejoin(records), encoding, separator)


def _rows(
    lines: Sequence[str], at: int, separator: str, width: int
) -> Iterator[tuple[int, str, bool]]:
    """(number of the first line, text, whether its quotation marks are closed) of each record."""
    while at < len(lines):
        end = _end_of_record(lines, at, separator, width)
        yield at + 1, "\n".join(lines[at : (at if end is None else end) + 1]), end is not None
        at = (at if end is None else end) + 1


def _end_of_record(lines: Sequence[str], start: int, separator: str, width: int) -> int | None:
    """Index of the line on which the record from `start` ends; None when its quotes never close."""
    quotes = 0
    for at in range(start, min(start + MOST_LINES, len(lines))):
        here = lines[at].count('"')
        is_whole = here % 2 == 0 and width > 1 and lines[at].count(separator) == width - 1
        if at > start and is_whole:
            return None  # a row of its own: the quotation mark before it was a slip
        quotes += here
        if quotes % 2 == 0:
            return at
    return None


def _head(first: str) -> tuple[str, list[str]]:
    """(separator, columns); no columns when the file is a plain list of names without titles."""
    known = titles()
    found: dict[str, list[str]] = {}
    for separator in SEPARATORS:
        row = next(csv.reader([first[:LONGEST_HEAD]], delimiter=separator), [])
        found[separator] = [known.get(search_key(title), "") for title in row]
    separator = max(found, key=lambda each: sum(map(bool, found[each])))
    columns = found[separator]
    if "name" in columns:
        return separator, columns
    if any(columns) or any(mark in first for mark in SEPARATORS):
        raise Unreadable(
            "import-no-name",
            _("The first line must hold the titles of the columns, at least “%(name)s”.")
            % {"name": COLUMNS["name"]},
        )
    return ";", []


def titles() -> dict[str, str]:
    """Title in any language, folded, or name in the code -> column."""
    found = {search_key(column.replace("_", " ")): column for column in COLUMNS}
    found |= {search_key(column): column for column in COLUMNS}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found |= {search_key(str(title)): column for column, title in COLUMNS.items()}
    return found


def _record(
    line: int, text: str, is_closed: bool, columns: Sequence[str], separator: str
) -> Record:
    if not is_closed:
        name = text.replace('"', "").split(separator)[0]
        return Record(line, {"name": name}, [_("A quotation mark is opened but never closed.")])
    try:
        # The text of a record may hold line breaks within quotes: give it whole.
        cells = next(csv.reader(io.StringIO(text, newline=""), delimiter=separator), [])
    except csv.Error:
        return Record(line, {"name": text[:80]}, [_("This row cannot be read.")])
    named = dict(zip(columns, cells, strict=False))
    named.pop("", None)
    record = Record(line, {column: unsafe(cell).strip() for column, cell in named.items()})
    if "name" in record.cells:
        record.cells["name"] = join_lines(record.cells["name"])
    if len([cell for cell in cells[len(columns) :] if cell]):
        record.mistakes.append(
            _("The row has %(cells)s cells, but there are %(columns)s titles.")
            % {"cells": len(cells), "columns": len(columns)}
        )
    return record
