"""What the redline of two versions of 40 pages costs, as JSON; nothing is stored.

Seconds on this machine, the quickest of several turns; the budget is half a second.
"""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

import rfc8785
from django.core.management.base import BaseCommand

from circles.models import ProposalVersion
from circles.proposing.comparison import compare

SECTIONS, PARAGRAPHS, WORDS = 20, 7, 100  # 14,000 words
COMMON = ("der", "die", "das", "und", "in", "den", "von", "zu", "mit", "auf", "für", "ist")


class Command(BaseCommand):
    help = "Measure the redline of two invented versions of 40 pages."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repeat", type=int, default=5, help="turns; the quickest counts")

    def handle(self, *args: Any, **options: Any) -> None:
        turns = max(1, options["repeat"])
        old = _version(lambda place: False)
        cases = {
            "one word in twenty": _version(lambda place: place % 20 == 3),
            "every second word": _version(lambda place: place % 2 == 0),
            "every word": _version(lambda place: True),
            "one in twenty, a paragraph of each section gone": _version(
                lambda place: place % 20 == 3, without=2
            ),
        }
        found = {name: _seconds(old, new, turns) for name, new in cases.items()}
        self.stdout.write(json.dumps(found, indent=2))


def _seconds(old: ProposalVersion, new: ProposalVersion, turns: int) -> float:
    taken = []
    for _turn in range(turns):
        began = time.perf_counter()
        compare(old, new)
        taken.append(time.perf_counter() - began)
    return round(min(taken), 3)


def _version(is_new: Callable[[int], bool], without: int = -1) -> ProposalVersion:
    sections: list[Any] = [
        {
            "number": n,
            "slug": f"abschnitt-{n}",
            "heading": {"de": f"Abschnitt {n}"},
            "body": {
                "de": "\n\n".join(
                    " ".join(
                        _word((n * PARAGRAPHS + paragraph) * WORDS + word, is_new)
                        for word in range(WORDS)
                    )
                    for paragraph in range(PARAGRAPHS)
                    if paragraph != without
                )
            },
            "revision": 1,
        }
        for n in range(1, SECTIONS + 1)
    ]
    content: dict[str, Any] = {"title": {"de": "Muster"}, "sections": sections, "sources": []}
    return ProposalVersion(n=1, content=rfc8785.dumps(content))


def _word(place: int, is_new: Callable[[int], bool]) -> str:
    """Two words in five are common ones, which come often, as in any language."""
    if is_new(place):
        return f"neu{place * 31 % 97}"
    return COMMON[place * 7 % len(COMMON)] if place * 13 % 5 < 2 else f"wort{place * 7919 % 4001}"
