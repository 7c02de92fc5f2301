"""Django's `migrate`, which first asks whether the database is meant for this installation."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError
from django.core.management.commands import migrate

from config import installation


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            installation.refuse_another_kind(settings.PORTAL_MODE)
        except ImproperlyConfigured as refusal:
            raise CommandError(str(refusal)) from refusal
        with _seldom_collected():
            super().handle(*args, **options)
        if installation.marked() is None and not options["plan"] and not options["check_unapplied"]:
            installation.mark(settings.PORTAL_MODE)


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Models are built anew for each step, thousands of cycles; looking for them took an eighth."""
    usual = gc.get_threshold()
    gc.set_threshold(50_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
