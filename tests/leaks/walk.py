"""The walk: every address that can be read, as every role; and which canaries were there."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.urls import reverse

from tests.authorization.routes import parameters, readable
from tests.authorization.world import UNKNOWN
from tests.leaks.fields import PRIVATE, word

CANARY = re.compile(r"kanari[a-z]+")
BY_WORD = {word(plant): plant for plant in PRIVATE}

# What a parameter stands for, by the beginning of the route's name; the longest one counts.
MEANING: dict[str, dict[str, str]] = {
    "pk": {
        "task": "task", "room_file": "file", "date_poll": "date", "point": "point",
        "source": "source", "feedback_round": "round", "feedback_links": "round",
        "link_revoke": "round", "contribution_answer": "round", "round_close": "round",
        "outgoing_mail": "mail", "my_seat": "seat", "paper": "paper",
    },
    "n": {
        "decision": "decision", "vote": "decision", "proposal_version": "version",
        "version": "version", "released_version": "version", "round_open": "version",
        "resolution": "resolution", "date_poll": "one", "measure": "one",
    },
    "number": {
        "result": "order", "measure": "order", "work_order": "order", "circle_found": "order",
        "thread": "thread", "draw": "one", "seat": "seat number", "verify": "document",
    },
    "position": {"": "position"},
    "name": {"transparency_csv": "name of a sheet"},
    "slug": {"vision": "vision", "work_order_create": "vision", "": "circle"},
}  # fmt: skip
# Doors behind which whoever knocks is somebody else, or nobody any more.
DOORS = {"feedback_enter", "account_logout"}


@dataclasses.dataclass(frozen=True)
class Place:
    """An address of a route; a plain one has no parameters."""

    route: str
    path: str
    is_plain: bool = False


@dataclasses.dataclass(frozen=True)
class Seen:
    """A canary that a role read at a place."""

    plant: str
    role: str
    place: str

    def __str__(self) -> str:
        return f"{self.plant}: {self.role} reads it at {self.place}"


def plants_in(text: str, secrets: Mapping[str, str] = {}) -> set[str]:
    """Which canaries a text holds, however they are written, and which `secrets`: value, plant."""
    found = set(CANARY.findall(text.casefold()))
    known = {BY_WORD.get(each, f"half a canary ({each})") for each in found}
    return known | {plant for value, plant in secrets.items() if value in text}


def leaks(seen: Iterable[Seen]) -> list[str]:
    """A sentence for each canary that a role must not read."""
    return sorted({str(each) for each in seen if each.role not in PRIVATE.get(each.plant, ())})


def places(world: Any) -> list[Place]:
    """Every address of the routes, filled with what the circle has; unknown things elsewhere."""
    routes = readable() - DOORS
    return [
        Place(route, reverse(route, kwargs=values), not names)
        for route, names in parameters().items()
        if route in routes
        for values in _filled(world, route, names)
    ]


def _filled(world: Any, route: str, names: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Each way in which the parameters of a route can be filled."""
    left = list(names)
    columns: list[list[dict[str, Any]]] = []
    for together in (("year", "ordinal"), ("kind", "key")):
        if set(together) <= set(left):
            left = [name for name in left if name not in together]
            columns.append(
                [dict(zip(together, pair, strict=True)) for pair in world.places[together]]
            )
    for name in left:
        values = world.places.get(_meaning(name, route)) or [UNKNOWN.get(name, 1)]
        columns.append([{name: value} for value in values])
    for row in itertools.product(*columns):
        yield {name: value for part in row for name, value in part.items()}


def _meaning(name: str, route: str) -> str:
    known = MEANING.get(name, {})
    fits = [beginning for beginning in known if route.startswith(beginning)]
    return known[max(fits, key=len)] if fits else f"{name} of {route}" if known else name


def read(client: Any, path: str) -> tuple[int, str]:
    """Status, and head and body of the answer as one text."""
    response = client.get(path)
    body = b"".join(response) if response.streaming else response.content
    return response.status_code, f"{response.headers}\n{body.decode('utf-8', 'replace')}"


def crawl(world: Any, role: str, there: Iterable[Place]) -> tuple[list[Seen], list[Place]]:
    """What a role reads at these places, and where it read something at all."""
    seen, answered = [], []
    for place in there:
        status, text = read(world.clients[role], place.path)
        plants = plants_in(text, world.secrets)
        seen += [Seen(plant, role, place.path) for plant in sorted(plants)]
        if status == 200:
            answered.append(place)
    return seen, answered
