"""Do the public pages say what the law wants? Asked by Django whenever a command starts.

A production installation whose imprint is empty does not start.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

DEMANDED = ("IMPRINT_BODY", "IMPRINT_ADDRESS", "IMPRINT_REPRESENTATIVE", "OMBUDS_OFFICE")


def public_pages_are_complete(
    app_configs: Sequence[Any] | None, **options: Any
) -> list[CheckMessage]:
    """One error, for production only, for each setting that imprint or declaration lack."""
    if settings.PORTAL_MODE != "production":
        return []
    return [
        Error(
            f"{name} is not set: imprint and declaration of accessibility would be incomplete.",
            hint="Set it in .env; docs/operations.md says what it holds.",
            id="config.E001",
        )
        for name in DEMANDED
        if not getattr(settings, name)
    ]
