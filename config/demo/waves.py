"""An abstract picture for the demonstration: waves of sines, nobody and no place is on it."""

from __future__ import annotations

import io
import math

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1200, 600
COLOURS = ("#dcebee", "#a9ccd4", "#5f9fb0", "#00566b", "#a84a00")


def painted() -> bytes:
    """The picture as PNG, the same each time."""
    canvas = Image.new("RGB", (WIDTH, HEIGHT), "#f4f8f9")
    draw = ImageDraw.Draw(canvas)
    for layer, colour in enumerate(COLOURS):
        top = [
            (x, 180 + 85 * layer + 45 * math.sin(x / (150 - 14 * layer) + 1.7 * layer))
            for x in range(0, WIDTH + 10, 10)
        ]
        draw.polygon([*top, (WIDTH, HEIGHT), (0, HEIGHT)], fill=colour)
    kept = io.BytesIO()
    canvas.save(kept, "PNG")
    return kept.getvalue()
