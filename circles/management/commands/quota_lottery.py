"""Compute the fairest lottery that keeps all quotas, from an instance in a JSON file.
Exit status 2 and the smallest change of limits when the quotas cannot be kept together.
"""

from __future__ import annotations

import json
import re
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from circles.drawing import quota_sentences
from circles.lottery import DRAW, LotteryRows, Quota
from circles.quotas.chances import chances, figures, published
from circles.quotas.instance import BadInstance, Instance
from circles.quotas.leximin import leximin, maximin
from circles.quotas.panels import NoPanel
from circles.quotas.reading import Order, read
from circles.quotas.relaxation import relaxed_quotas


class Command(BaseCommand):
    help = "Compute lottery.txt's rows and everybody's chances for types, quotas and seats."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("instance", type=Path, help="a JSON file")
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--draw", help="print lottery.txt for the draw of this name instead")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("en"):
            try:
                draw = options["draw"] or "instance"
                if not re.fullmatch(DRAW, draw):
                    raise BadInstance("A draw is named by a-z 0-9 and -, at most 64 of them.")
                order = read(_text(options["instance"]))
                started = time.perf_counter()
                try:
                    rows = solve(order, draw)
                except NoPanel:
                    self._explain(order.instance, as_json=options["json"])
            except BadInstance as fault:
                raise CommandError(str(fault)) from fault
            seconds = time.perf_counter() - started
            for sentence in quota_sentences.of_idle(order.instance.idle_quotas(), _name):
                self.stderr.write(sentence)
            if options["draw"]:
                self.stdout.write(rows.to_bytes().decode("ascii"), ending="")
            elif options["json"]:
                self.stdout.write(json.dumps(report(order.instance, rows, seconds)))
            else:
                self.stdout.write("\n".join(told(order.instance, rows, seconds)))

    def _explain(self, instance: Instance, *, as_json: bool) -> None:
        changes = relaxed_quotas(instance)
        sentences = quota_sentences.of_relaxation(instance, changes, _name)
        if as_json:
            pairs = [{"asked": list(asked), "possible": list(new)} for asked, new in changes]
            self.stdout.write(
                json.dumps({"feasible": False, "relaxation": pairs, "sentences": sentences})
            )
        head = "These quotas cannot be kept together. The smallest change that works:"
        raise CommandError(" ".join([head, *sentences]), returncode=2)


def solve(order: Order, draw: str) -> LotteryRows:
    """The rows of this order; NoPanel if its quotas cannot be kept together."""
    weigh = {"leximin": leximin, "maximin": maximin}[order.objective]
    return published(order.instance, weigh(order.instance), total=order.total, draw=draw)


def report(instance: Instance, rows: LotteryRows, seconds: float) -> dict[str, Any]:
    """What `--json` prints; rows as in lottery.txt: the weight, then a count per type."""
    by_type = chances(instance, rows)
    found = figures(instance, by_type)
    return {
        "min": float(found.lowest),
        "max": float(found.highest),
        "gini": found.gini,
        "geometric_mean": found.geometric_mean,
        "chances": {name: f"{c.numerator}/{c.denominator}" for name, c in by_type.items()},
        "types": list(rows.types),
        "total": rows.total,
        "rows": [[weight, *counts] for weight, counts in rows.rows],
        "seconds": round(seconds, 4),
    }


def told(instance: Instance, rows: LotteryRows, seconds: float) -> list[str]:
    """The same for reading."""
    by_type = chances(instance, rows)
    found = figures(instance, by_type)
    ratio = f"{float(found.ratio):.2f} to 1" if found.ratio else "somebody has no chance"
    return [
        *(f"{name}: {chance} = {float(chance):.4%}" for name, chance in by_type.items()),
        f"lowest {float(found.lowest):.4%}, highest {float(found.highest):.4%}, {ratio}, "
        f"Gini {found.gini:.4f}, {len(rows.rows)} rows, {seconds:.2f} s",
    ]


def _name(quota: Quota) -> str:
    return f"{quota.value} (attribute {quota.attribute})"


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as fault:
        raise BadInstance(f"{path} cannot be read: {fault.strerror}.") from None
    except UnicodeDecodeError:
        raise BadInstance(f"{path} is not UTF-8 text.") from None
