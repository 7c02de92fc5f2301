"""Write the minutes of a session into a file: the sealed ones, or the draft."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from formats.models import Minutes
from formats.sittings import meetings, minutes_paper
from foundation.documents import files
from foundation.errors import DomainError


class Command(BaseCommand):
    help = "Write the minutes of session NUMBER (DIV-2026-03 or 3/2026) to FILE as PDF/UA-1."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE")
        parser.add_argument("--internal", action="store_true", help="the version with names")

    def handle(self, *args: Any, **options: Any) -> None:
        meeting = meetings.with_number(options["number"])
        found = Minutes.objects.filter(meeting=meeting).first() if meeting else None
        if meeting is None or found is None:
            raise CommandError(f"There are no minutes of session {options['number']}.")
        found.meeting = meeting
        internal = options["internal"]
        try:
            listed = minutes_paper.issued(found, internal=internal)
            pdf = (
                files.read(listed.file)
                if listed
                else minutes_paper.render(found, internal=internal)
            )
            options["out"].write_bytes(pdf)
        except (DomainError, OSError) as failure:
            raise CommandError(str(failure)) from failure
        kind = "sealed" if listed else found.state
        self.stdout.write(f"{options['out']}: minutes {meeting.reference}, {kind}")
