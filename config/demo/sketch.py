"""A drawing for the room of a circle: a few invented places where something is measured."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 640, 420
INK, WATER, AIR = "#0f2027", "#1c3f94", "#2f6b3a"
PLACES = (
    (120, 150, "Luft", AIR), (260, 250, "Bach", WATER), (410, 130, "Luft", AIR),
    (520, 290, "Bach", WATER),
)  # fmt: skip


def drawn() -> bytes:
    """The sketch as PNG."""
    sheet = Image.new("RGB", (WIDTH, HEIGHT), "white")
    draw = ImageDraw.Draw(sheet)
    large, small = ImageFont.load_default(24), ImageFont.load_default(15)
    draw.text((40, 30), "Messpunkte (Demo)", INK, large)
    draw.line([(40, 330), (200, 270), (380, 290), (600, 230)], WATER, 4, joint="curve")
    for x, y, name, colour in PLACES:
        draw.ellipse((x - 9, y - 9, x + 9, y + 9), fill=colour)
        draw.text((x + 16, y - 9), name, INK, small)
    draw.text((40, 385), "erfunden, nicht zum Nachmessen", INK, small)
    kept = io.BytesIO()
    sheet.save(kept, "PNG", optimize=True)
    return kept.getvalue()
