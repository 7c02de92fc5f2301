"""Encrypt what rests encrypted with the newest SECRET_KEY, so that the old one can be forgotten."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foundation.accounts import factor
from foundation.accounts.cipher import SecretUnreadable


class Command(BaseCommand):
    help = "After a change of SECRET_KEY: encrypt the secrets of second factors with the new key."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            print(f"{factor.encrypt_anew()} second factors are encrypted with SECRET_KEY now.")
        except SecretUnreadable as error:
            raise CommandError(
                "A second factor rests under a key that is in neither SECRET_KEY nor "
                "SECRET_KEY_FALLBACKS. Nothing was changed."
            ) from error
