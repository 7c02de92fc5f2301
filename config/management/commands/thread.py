"""Print a thread: its steps in order, as text or as JSON."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.pages.thread import whole
from formats.models import Vision


class Command(BaseCommand):
    help = "Print the steps of thread NUMBER as everybody may read them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int)
        parser.add_argument("--json", action="store_true", help="one object, for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        reader = AnonymousUser()
        vision = (
            Vision.objects.visible_to(reader)
            .select_related("action_field", "adopted_in__body")
            .filter(thread=options["number"])
            .first()
        )
        if vision is None:
            raise CommandError(f"There is no public thread {options['number']}.", returncode=2)
        steps = whole.steps_of(vision, reader)
        if options["json"]:
            rows = [
                {
                    "kind": step.kind,
                    "date": step.date and step.date.isoformat(),
                    "title": step.title,
                    "url": step.url,
                    "state": str(step.state),
                }
                for step in steps
            ]
            told = {"thread": vision.thread, "title": str(vision.title), "steps": rows}
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
            return
        self.stdout.write(f"{vision.thread}: {vision.title}")
        for step in steps:
            day = step.date.isoformat() if step.date else "-" * 10
            self.stdout.write(f"{day}  {step.kind:14} {step.title} ({step.state})")
