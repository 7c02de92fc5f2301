"""Django's `migrate`, which first asks whether the database is meant for this installation."""

from __future__ import annotations

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
        super().handle(*args, **options)
        if installation.marked() is None and not options["plan"] and not options["check_unapplied"]:
            installation.mark(settings.PORTAL_MODE)
