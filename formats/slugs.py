"""Addresses made of names: readable, unique, and never one that a page already has."""

from __future__ import annotations

from django.db import models
from django.utils.text import slugify

_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
RESERVED = frozenset(
    {
        "neu",
        "gruenden",
        "bewerbung",
        "einrichten",
        "anmeldung",
        "einladung",
        "kalender",
        "meine-anmeldung",
        "mein-kalender",
    }
)


def slug_for(model: type[models.Model], name: str, *, longest: int = 40) -> str:
    """A free slug for `name` in the unique field `slug` of `model`: abends-gut, abends-gut-2."""
    stem = slugify(name.translate(_GERMAN))[:longest].strip("-") or "x"
    taken = set(model._default_manager.filter(slug__startswith=stem).values_list("slug", flat=True))
    slug, n = stem, 1
    while slug in taken or slug in RESERVED:
        n += 1
        slug = f"{stem}-{n}"
    return slug
