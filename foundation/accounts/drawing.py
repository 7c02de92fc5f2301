"""The QR code that an authenticator app scans, as inline SVG."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString, mark_safe


def qr(text: str) -> SafeString:
    """`text` as an SVG drawing of black modules on white; readable in the dark theme too."""
    code = segno.make(text, error="m", micro=False)
    return mark_safe(  # noqa: S308 - segno draws paths and numbers only
        # Without a size of its own it fills its frame, whatever the length of the text.
        code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True)
    )
