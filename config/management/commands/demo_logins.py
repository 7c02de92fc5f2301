"""Print who can log in to the demonstration."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.demo.people import PEOPLE, password


class Command(BaseCommand):
    help = "List the logins of the demonstration."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This command exists only in demo mode.")
        print(f"Logins (password for all: {password()}):")
        for person in PEOPLE:
            factor = (
                f"code: python3 portal code {person.key}" if person.staff else "no second factor"
            )
            print(f"  {person.email:24} {person.what:36} {factor}")
