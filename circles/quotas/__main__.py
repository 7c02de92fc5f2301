"""Compute one lottery for another process: an instance as JSON comes in, quotas and rows go out.
Where the quotas cannot be kept together, those of the smallest relaxation are used.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace

from circles.quotas.chances import published
from circles.quotas.leximin import leximin
from circles.quotas.panels import NoPanel
from circles.quotas.reading import read
from circles.quotas.relaxation import relaxed_quotas


def answer(text: str) -> str:
    """JSON with the quotas that are kept and the rows (weight, then a count per type)."""
    order = read(text)
    instance = order.instance
    try:
        weighed = leximin(instance)
    except NoPanel:
        new = dict(relaxed_quotas(instance))
        quotas = tuple(new.get(quota, quota) for quota in instance.quotas)
        instance = replace(instance, quotas=quotas)
        weighed = leximin(instance)
    rows = published(instance, weighed, total=order.total, draw="x")
    counted = [[weight, *counts] for weight, counts in rows.rows]
    return json.dumps({"quotas": instance.quotas, "rows": counted})


if __name__ == "__main__":
    sys.stdout.write(answer(sys.stdin.read()))
