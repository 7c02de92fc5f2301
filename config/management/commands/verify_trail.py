"""Recompute the chain of the trail and print its head, to be compared with an earlier print."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foundation.audit import trail


class Command(BaseCommand):
    help = "Check the trail from its first entry on; print number and hash of its head."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = trail.first_broken_link()
        if broken is not None:
            raise CommandError(f"The trail is broken from link {broken} on: an entry was changed.")
        number, head = trail.head_of_trail()
        print(f"The trail is whole: {number} links, head {head}")
