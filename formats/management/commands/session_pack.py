"""Write the pack of a session into a file: invitation, agenda, papers, the last minutes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from formats.sittings import meetings, packs
from foundation.errors import DomainError


class Command(BaseCommand):
    help = "Write the pack of session NUMBER (DIV-2026-03 or 3/2026) to FILE as PDF/UA-1."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        meeting = meetings.with_number(options["number"])
        if meeting is None:
            raise CommandError(f"There is no session {options['number']}.")
        try:
            options["out"].write_bytes(packs.render(meeting))
        except (DomainError, OSError) as failure:
            raise CommandError(str(failure)) from failure
        self.stdout.write(f"{options['out']}: session pack {meeting.reference}")
