"""Addresses made from titles: short, readable, and taken only once."""

from __future__ import annotations

import secrets

from django.db import models
from django.utils.text import slugify

_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
LONGEST = 100


def free_slug(model: type[models.Model], text: str) -> str:
    """A slug for `text` that no row of `model` has; a taken one gets a short ending."""
    slug = slugify(text.translate(_GERMAN).replace("ß", "ss"))[:LONGEST].strip("-") or "neu"
    taken = model._base_manager.filter(slug=slug).exists()
    return f"{slug}-{secrets.token_hex(3)}" if taken else slug
