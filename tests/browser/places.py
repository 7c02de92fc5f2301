"""A page in one state: its address, who opens it, and what is sent before we look."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping

from django.urls import reverse

from tests.browser.scene import Scene

MAIN_FORM = "main form[method=post]"


@dataclasses.dataclass(frozen=True)
class Place:
    """One page in one state. `sends`: this form is filled with `fills` and sent before we look."""

    name: str
    path: str | Callable[[Scene], str]
    who: str = ""
    status: int = 200
    sends: str = ""
    fills: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def route(self) -> str:
        return self.name.partition(":")[0]

    def address(self, scene: Scene) -> str:
        return self.path if isinstance(self.path, str) else self.path(scene)


def at(
    name: str, *args, who: str = "", status: int = 200, sends: str = "", query: str = ""
) -> Place:
    """A page whose arguments are known before the scene is set."""
    route = name.partition(":")[0]
    return Place(name, reverse(route, args=args) + query, who, status, sends)


def of(name: str, find: Callable[[Scene], list], who: str = "", sends: str = "") -> Place:
    """A page whose arguments come from the scene."""
    route = name.partition(":")[0]
    return Place(name, lambda scene: reverse(route, args=find(scene)), who, sends=sends)


def by_link(name: str, door: str) -> Place:
    """A page behind the secret link of a mail."""
    return Place(name, lambda scene: reverse(door, args=[scene.tokens[name]]))
