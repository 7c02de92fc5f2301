"""Does a finished PDF keep what archival and accessible mean? Runs only inside a cell.

Walks every object that can be reached, with a strict reader; what is broken raises.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from foundation.documents.confinement import Facts

FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
# These fonts are described by another object or drawn by the file itself.
WITHOUT_FILE = ("/Type0", "/Type3")


def survey(facts: Facts, data: bytes) -> tuple[Facts, bytes]:
    """Answer {problems}: codes for everything that facts promise and the file does not keep.

    facts: {languages: [...], attachments: {name: SHA-256}, fonts: whether to look at fonts}.
    """
    reader = PdfFileReader(BytesIO(data), strict=True)
    seen = _Seen()
    for each in _dictionaries(reader.root):
        seen.note(each)
    problems = [
        *_identification(reader),
        *(f"language {each}" for each in facts["languages"] if each not in seen.languages),
        *(f"font {each}" for each in sorted(seen.fonts_outside) if facts["fonts"]),
        *(f"field {each}" for each in sorted(seen.fields - seen.tagged)),
        *_attachments(reader, facts["attachments"]),
    ]
    return {"problems": problems}, b""


class _Seen:
    """What the walk came across."""

    def __init__(self) -> None:
        self.languages: set[str] = set()
        self.fonts_outside: set[str] = set()
        self.fields: set[str] = set()
        self.tagged: set[str] = set()

    def note(self, each: generic.DictionaryObject) -> None:
        kind = _value(each, "/Type")
        if kind == "/StructElem":
            self._note_element(each)
        elif kind == "/Font":
            self._note_font(each)
        elif _value(each, "/FT") == "/Sig" and _is_on_the_page(each):
            self.fields.add(str(_value(each, "/T")))

    def _note_element(self, element: generic.DictionaryObject) -> None:
        if "/Lang" in element:
            self.languages.add(str(element["/Lang"]))
        if _value(element, "/S") == "/Form":
            kid = _value(element, "/K")
            if isinstance(kid, generic.DictionaryObject) and _value(kid, "/Type") == "/OBJR":
                self.tagged.add(str(_value(kid["/Obj"], "/T")))

    def _note_font(self, font: generic.DictionaryObject) -> None:
        if _value(font, "/Subtype") in WITHOUT_FILE:
            return
        descriptor = _value(font, "/FontDescriptor", {})
        if not any(name in descriptor for name in FONT_FILES):
            self.fonts_outside.add(str(_value(font, "/BaseFont")))


def _value(dictionary: Any, key: str, default: Any = None) -> Any:
    """The value behind all references; pyHanko's own `get` stops at the first one."""
    return dictionary[key] if key in dictionary else default  # noqa: SIM401


def _dictionaries(root: generic.DictionaryObject) -> Iterator[generic.DictionaryObject]:
    """Every dictionary that can be reached from the catalogue, each indirect one once."""
    waiting: list[Any] = [root]
    known: set[Any] = set()
    while waiting:
        each = waiting.pop()
        if isinstance(each, generic.IndirectObject):
            if each.reference in known:
                continue
            known.add(each.reference)
            each = each.get_object()  # type: ignore[no-untyped-call]
        if isinstance(each, generic.DictionaryObject):
            yield each
            waiting.extend(each.raw_get(key) for key in each)
        elif isinstance(each, generic.ArrayObject):
            waiting.extend(each.raw_get(index) for index in range(len(each)))


def _is_on_the_page(field: generic.DictionaryObject) -> bool:
    left, bottom, right, top = (float(edge) for edge in _value(field, "/Rect", (0, 0, 0, 0)))
    return left != right and bottom != top


def _identification(reader: PdfFileReader) -> Iterator[str]:
    text = reader.root["/Metadata"].data.decode("utf-8", "replace")
    if 'pdfaid:part="3"' not in text or 'pdfaid:conformance="A"' not in text:
        yield "not called PDF/A-3a"
    if 'pdfuaid:part="1"' not in text:
        yield "not called PDF/UA-1"
    if "/Lang" not in reader.root or not _value(_value(reader.root, "/MarkInfo", {}), "/Marked"):
        yield "not tagged"


def _attachments(reader: PdfFileReader, expected: dict[str, str]) -> Iterator[str]:
    tree = _value(_value(_value(reader.root, "/Names", {}), "/EmbeddedFiles", {}), "/Names", [])
    found = {
        str(tree[n]): hashlib.sha256(tree[n + 1]["/EF"]["/F"].data).hexdigest()
        for n in range(0, len(tree), 2)
    }
    if found != expected:
        yield "attachments differ"
