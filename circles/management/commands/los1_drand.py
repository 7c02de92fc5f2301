"""Tell whether a signature is drand quicknet's own for a round; exit status 1 when it is not."""

from __future__ import annotations

import re
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from circles.drawing import drand


class Command(BaseCommand):
    help = "Check the BLS signature of a drand quicknet round, as 96 hex characters."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("round", type=int)
        parser.add_argument("signature", help="96 hex characters; spaces and capitals may stand")

    def handle(self, *args: Any, **options: Any) -> None:
        number = options["round"]
        signature = re.sub(r"\s+", "", options["signature"]).lower()
        if not drand.verify(number, signature):
            raise CommandError(f"not valid: this is not quicknet's signature of round {number}")
        self.stdout.write(f"valid: quicknet, round {number}, {drand.time_of(number).isoformat()}")
