"""Every route of the portal with the names of its parameters."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver


def _routes(
    patterns: list[object], namespace: str = "", before: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(name, names of its parameters) of every route, with its namespace."""
    for each in patterns:
        parameters = (*before, *each.pattern.converters, *each.pattern.regex.groupindex)
        if isinstance(each, URLResolver):
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from _routes(each.url_patterns, inner, parameters)
        elif isinstance(each, URLPattern):
            yield f"{namespace}{each.name or each.pattern}", tuple(dict.fromkeys(parameters))


ROWS = Path(__file__).parent / "rows"


def lines() -> list[dict[str, str]]:
    """The rows of the matrix as they are written down."""
    found = []
    for path in sorted(ROWS.glob("*.csv")):
        with path.open(newline="") as file:
            found += csv.DictReader(file)
    return found


def readable() -> set[str]:
    """Routes that somebody can read, by the matrix; the others only take a POST."""
    return {line["route"] for line in lines() if (line["method"], line["status"]) == ("GET", "200")}


def parameters() -> dict[str, tuple[str, ...]]:
    """Route -> names of its parameters, as the address book stands now."""
    return dict(_routes(get_resolver().url_patterns))
