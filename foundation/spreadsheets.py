"""Tables as people's spreadsheets write and read them: encodings, and cells that are no formula."""

from __future__ import annotations

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "'")


def safe(cell: str) -> str:
    """The cell as text for any spreadsheet; what looks like a formula gets an apostrophe."""
    return f"'{cell}" if cell.startswith(_DANGEROUS) else cell


def unsafe(cell: str) -> str:
    """What `safe` was given."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_DANGEROUS) else cell


def decode(data: bytes) -> tuple[str, str]:
    """(text, name of the encoding): by mark, else UTF-8, else what German Excel writes."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), "cp1252"
