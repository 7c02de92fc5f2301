"""Runs the experiments named on the command line and prints one row for each (trust.md, 2)."""

from __future__ import annotations

import sys
from pathlib import Path

from celery import current_app
from django.conf import settings

from tests.chaos import deliveries, draws, engines, leaving
from tests.chaos.ground import Ground
from tests.chaos.rows import Row, table

# Number: (experiment, how often by itself, what a row of it must keep).
EXPERIMENTS = {
    "R1": (draws.killed_at_any_instant, 200),
    "R1w": (draws.killed_worker_recovers, 20),
    "R2": (leaving.killed_while_rendering, 6),
    "R3": (leaving.killed_while_mailing, 5),
    "R4": (engines.redis_hurt_at_the_click, 12),
    "R5": (engines.database_stopped, 6),
    "R6": (draws.fifty_clicks, 100),
    "R9": (deliveries.every_task_five_times, 3),
}


def main(words: list[str]) -> int:
    """0 when every invariant held."""
    chosen, trials = words[0].split(","), int(words[1]) if len(words) > 1 else 0
    current_app.loader.import_default_modules()
    rows: list[Row] = []
    with Ground(Path(settings.FILES_DIR).parent) as ground:
        for number in chosen:
            if ground.is_asked:
                break
            experiment, usual = EXPERIMENTS[number]
            for row in experiment(ground, trials or usual):
                sys.stdout.write(f"{row.told(number)}\n")
                sys.stdout.flush()
                rows.append(row.named(number))
    sys.stdout.write(f"{table(rows)}\n")
    return 1 if any(row.is_broken for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
