"""Files that people bring: measured first, then told apart by content, never by name."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from foundation.errors import DomainError

MAX_BYTES = 20 * 1024 * 1024
PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
# How a file of each kind begins and how it ends: what else it might be is cut off by both.
SHAPES = {
    PDF: (b"%PDF-", b"%%EOF", 1024),
    JPEG: (b"\xff\xd8\xff", b"\xff\xd9", 64),
    PNG: (b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82", 64),
}
SUFFIXES = {PDF: ".pdf", JPEG: ".jpg", PNG: ".png"}


class UploadRefused(DomainError):
    """The file is empty, too large or of another kind; it was not kept."""


def kind_of(data: bytes, *, allowed: Collection[str]) -> str:
    """The media type of what was uploaded, one of `allowed`. Raises UploadRefused."""
    if not data:
        raise UploadRefused("upload-empty", _("The file is empty. It was not kept."))
    if len(data) > MAX_BYTES:
        raise UploadRefused(
            "upload-too-large",
            _("The file is larger than %(limit)s MB. It was not kept.")
            % {"limit": MAX_BYTES // (1024 * 1024)},
        )
    for kind in allowed:
        start, end, within = SHAPES[kind]
        if data.startswith(start) and end in data[-within:]:
            return kind
    raise UploadRefused(
        "upload-of-another-kind",
        _("This file is none of these kinds: %(kinds)s. It was not kept.")
        % {"kinds": ", ".join(SUFFIXES[kind][1:].upper() for kind in allowed)},
    )
