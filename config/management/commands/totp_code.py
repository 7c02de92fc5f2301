"""Print the current second-factor code of a demo login."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from foundation.accounts.factor import current_code
from foundation.accounts.models import User


class Command(BaseCommand):
    help = "Print the current code of USER (name before the @ or whole address); demo mode only."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("user")
        parser.add_argument("--ahead", type=int, default=0, help="codes of 30 s to look ahead")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Codes are shown only in demo mode.")
        wanted = options["user"].lower()
        email = wanted if "@" in wanted else f"{wanted}@example.org"
        user = User.objects.filter(email=email).first()
        if user is None or not Authenticator.objects.filter(user=user, type="totp").exists():
            raise CommandError(f"{email} has no second factor. Logins: portal manage demo_logins")
        print(current_code(user, ahead=options["ahead"]))
