"""A photo is decoded and painted anew; runs only inside a cell.

What comes out holds pixels and nothing else: no place, no camera, no preview of an earlier state.
"""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageFile, ImageOps

from foundation.documents.confinement import Facts

FORMATS = ("JPEG", "PNG", "WEBP")
LONGEST = 1600
SHORTEST = 200
MAX_PIXELS = 50_000_000
QUALITY = 82


def repaint(facts: Facts, data: bytes) -> tuple[Facts, bytes]:
    """The photo as JPEG, at most 1600 pixels long: {width, height}, or {refused: why}."""
    Image.MAX_IMAGE_PIXELS = None  # measured here, before a pixel is decoded
    try:
        photo = Image.open(BytesIO(data), formats=FORMATS)
    except OSError:
        return {"refused": "kind"}, b""
    if photo.width * photo.height > MAX_PIXELS:
        return {"refused": "pixels"}, b""
    if min(photo.size) < SHORTEST:
        return {"refused": "small"}, b""
    if getattr(photo, "n_frames", 1) > 1 and photo.format != "JPEG":
        return {"refused": "moving"}, b""
    try:
        # WeasyPrint, loaded in the same helper, lets half pictures pass.
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        photo.load()
    except (OSError, SyntaxError, ValueError):
        return {"refused": "broken"}, b""
    upright = ImageOps.exif_transpose(photo)
    upright.thumbnail((LONGEST, LONGEST))
    canvas = Image.new("RGB", upright.size, "white")
    layer = upright.convert("RGBA")
    canvas.paste(layer, mask=layer)
    kept = BytesIO()
    canvas.save(kept, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return {"width": canvas.width, "height": canvas.height}, kept.getvalue()
