"""What lotteries with quotas cost and how even they are, as JSON; nothing is stored.

Seconds on this machine, the quickest of several turns; chances as published (parts of a million).
"""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from circles.quotas.chances import TOTAL, chances, figures, published
from circles.quotas.instance import Instance
from circles.quotas.leximin import leximin
from circles.quotas.specimens import specimens


class Command(BaseCommand):
    help = "Measure leximin lotteries of invented instances."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repeat", type=int, default=1, help="turns; the quickest counts")

    def handle(self, *args: Any, **options: Any) -> None:
        turns = max(1, options["repeat"])
        found = {name: measured(each, turns) for name, each in specimens().items()}
        self.stdout.write(json.dumps(found, indent=2))


def measured(instance: Instance, turns: int) -> dict[str, Any]:
    """One row of the table."""
    seconds = []
    for _turn in range(turns):
        started = time.perf_counter()
        rows = published(instance, leximin(instance), total=TOTAL, draw="bench")
        seconds.append(time.perf_counter() - started)
    shown = figures(instance, chances(instance, rows))
    return {
        "people": instance.people,
        "seats": instance.seats,
        "types": len(instance.types),
        "quotas": len(instance.quotas),
        "rows": len(rows.rows),
        "seconds": round(min(seconds), 3),
        "lowest_percent": round(float(shown.lowest) * 100, 4),
        "highest_percent": round(float(shown.highest) * 100, 4),
        "gini": round(shown.gini, 4),
    }
