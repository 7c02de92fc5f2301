"""A drawing that stands for a scan: a sheet with number, digits and a squiggle for a signature.

Nobody's hand: the line is a curve of sines, and the sheet says that it is a sample.
"""

from __future__ import annotations

import io
import math

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 620, 877  # A4 at 75 dots an inch
INK, PEN = "#0f2027", "#1c3f94"


def drawn(number: str, digits: str) -> bytes:
    """The sheet as PNG; `digits` stand at its foot, as on every page of the version."""
    sheet = Image.new("RGB", (WIDTH, HEIGHT), "white")
    draw = ImageDraw.Draw(sheet)
    large, small = ImageFont.load_default(28), ImageFont.load_default(15)
    draw.text((60, 70), f"MUSTER {number}", INK, large)
    draw.text((60, 120), "Scan (Demo): erfundene Stadt, ohne rechtliche Wirkung", INK, small)
    for row in range(12):
        draw.line((60, 190 + 26 * row, 560 - 37 * (row % 4), 190 + 26 * row), "#b8c4c8", 6)
    draw.line((60, 700, 360, 700), INK, 1)
    draw.line(_squiggle(), PEN, 3, joint="curve")
    draw.text((60, 820), f"{number} · {digits}", INK, small)
    kept = io.BytesIO()
    sheet.save(kept, "PNG", optimize=True)
    return kept.getvalue()


def _squiggle() -> list[tuple[float, float]]:
    return [
        (80 + 2.4 * step, 675 + 22 * math.sin(step / 4) * math.cos(step / 11))
        for step in range(100)
    ]
