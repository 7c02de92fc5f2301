"""The cities' coats of arms on agreements, where a city has given its own and allowed its use.

They are frozen with the version, so that a new drawing never changes an old document.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

LARGEST = 60_000  # characters of SVG


def arms_of(slugs: Iterable[str]) -> dict[str, str]:
    """SVG texts by city, from the files `<slug>.svg` of settings.ARMS_DIR; often none at all."""
    if not settings.ARMS_DIR:
        return {}
    found = {}
    for slug in slugs:
        path = Path(settings.ARMS_DIR) / f"{slug}.svg"
        if path.is_file() and path.stat().st_size <= LARGEST:
            found[slug] = path.read_text(encoding="utf-8")
    return found
