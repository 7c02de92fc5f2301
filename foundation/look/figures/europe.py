"""Northern and central Europe with a bridge between partner cities.

Outlines: Natural Earth, public domain, in Lambert's equal-area projection; one country a line.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from foundation.look.figures import pen

_LAND: Final = Path(__file__).with_name("land.txt").read_text(encoding="ascii").split("\n")
_LEFT, _TOP, _WIDTH, _HEIGHT = 40.0, 0.0, 680.0, 560.0
# Centre, scale and offset of the projection in which the outlines are stored.
_CENTRE = (math.radians(15.559082), math.radians(56.013323))
_SCALE, _X, _Y = 2494.687, 361.391, 331.193


@dataclass(frozen=True)
class Spot:
    """A city (`side` a or b) or a region (`side` empty) at degrees north and east."""

    name: str
    north: float
    east: float
    side: str = ""


@dataclass(frozen=True)
class Arc:
    """A partnership between two spots, by name; `planned` is dotted, `text` at its middle."""

    start: str
    end: str
    text: str = ""
    planned: bool = False


def place(north: float, east: float) -> tuple[float, float]:
    """The point of the drawing for degrees of latitude and longitude."""
    lon, lat = math.radians(east) - _CENTRE[0], math.radians(north)
    mid = _CENTRE[1]
    across = math.cos(lat) * math.sin(lon)
    up = math.cos(mid) * math.sin(lat) - math.sin(mid) * math.cos(lat) * math.cos(lon)
    depth = 1 + math.sin(mid) * math.sin(lat) + math.cos(mid) * math.cos(lat) * math.cos(lon)
    stretch = _SCALE * math.sqrt(2 / depth)
    return _X + stretch * across, _Y - stretch * up


def within(spot: Spot) -> bool:
    """Whether the drawing reaches that far."""
    x, y = place(spot.north, spot.east)
    return _LEFT + 8 < x < _LEFT + _WIDTH - 8 and _TOP + 8 < y < _TOP + _HEIGHT - 8


def draw(spots: Sequence[Spot], arcs: Sequence[Arc], label: str) -> str:
    """The map; spots outside it are left to the list beside it."""
    seen = {spot.name: place(spot.north, spot.east) for spot in spots if within(spot)}
    parts = [pen.path("".join(line for line in _LAND), "land")]
    for arc in arcs:
        if arc.start in seen and arc.end in seen:
            parts += _bridge(seen[arc.start], seen[arc.end], arc)
    for spot in spots:
        if spot.name in seen:
            parts += _spot(spot, *seen[spot.name])
    return pen.frame((_LEFT, _TOP, _WIDTH, _HEIGHT), parts, label)


def _bridge(start: tuple[float, float], end: tuple[float, float], arc: Arc) -> list[str]:
    if start[0] > end[0]:
        start, end = end, start
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = math.hypot(dx, dy) or 1.0
    rise = 0.4 * length
    off = (dy / length * rise, -dx / length * rise)
    one = (start[0] + dx * 0.22 + off[0], start[1] + dy * 0.22 + off[1])
    two = (start[0] + dx * 0.78 + off[0], start[1] + dy * 0.78 + off[1])
    cable = f"M{pen.point(start)}C{pen.point(one)} {pen.point(two)} {pen.point(end)}"
    deck = f"M{pen.point(start)}L{pen.point(end)}"
    parts = [pen.path(deck, "plan" if arc.planned else "rope")]
    for at in (0.25, 0.5, 0.75):
        foot = (start[0] + dx * at, start[1] + dy * at)
        head = _on_curve(start, one, two, end, at)
        css = "ahead" if arc.planned else "hanger"
        parts.append(pen.path(f"M{pen.point(foot)}L{pen.point(head)}", css))
    parts.append(pen.path(cable, "plan" if arc.planned else "main"))
    if arc.text:
        x, y = start[0] + dx * 0.52 + 14, start[1] + dy * 0.52 + 16
        parts.append(pen.words(x, y, arc.text, "halo map2"))
    return parts


def _on_curve(
    start: tuple[float, float],
    one: tuple[float, float],
    two: tuple[float, float],
    end: tuple[float, float],
    at: float,
) -> tuple[float, float]:
    a, b, c, d = (1 - at) ** 3, 3 * at * (1 - at) ** 2, 3 * at**2 * (1 - at), at**3
    return (
        a * start[0] + b * one[0] + c * two[0] + d * end[0],
        a * start[1] + b * one[1] + c * two[1] + d * end[1],
    )


def _spot(spot: Spot, x: float, y: float) -> list[str]:
    left = x > _LEFT + _WIDTH - 170
    text_x, anchor = (x - 18, " e") if left else (x + 18, "")
    if spot.side:
        return [
            pen.circle(x, y, 11, f"city-{spot.side}"),
            pen.words(text_x, y + 9, spot.name, f"b halo map1{anchor}"),
        ]
    diamond = f"M{pen.num(x)} {pen.num(y - 9)}l9 9-9 9-9-9z"
    return [
        pen.path(diamond, "region"),
        pen.words(text_x, y + 24, spot.name, f"halo map2{anchor}"),
    ]
