"""Name the first administrator of a fresh installation; afterwards roles are given on pages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from foundation.accounts import appointments
from foundation.errors import DomainError


class Command(BaseCommand):
    help = "Make EMAIL the first administrator and tell them by mail how to log in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        link = settings.PUBLIC_URL + reverse("account_login")
        try:
            person = appointments.appoint_first(options["email"], options["name"], link=link).user
        except DomainError as refusal:
            raise CommandError(refusal.message) from refusal
        except ValidationError as refusal:
            raise CommandError("; ".join(refusal.messages)) from refusal
        print(
            f"{person.email} is administrator once a second factor is set up. A mail is on its way."
            f"\nLog in by e-mail code: {link}"
        )
