"""The table of fifteen: who sits where, from which origin, taken, offered or free.

Shape tells the origin (square, hexagon, circle), fill tells the state.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from foundation.look.figures import pen

SHAPES: Final = ("square", "hexagon", "circle")
STATES: Final = ("taken", "offered", "free")
_CSS: Final = {"taken": "seat", "offered": "seat-half", "free": "seat-free"}
_FIRST_ANGLE: Final = (134, 166, 286)  # bottom right to left, left upwards, right downwards
_STEP: Final = (-22, 22, 22)
_MIDDLE: Final = 300.0


@dataclass(frozen=True)
class Place:
    """One place: its number, what the list says about it, and one of STATES."""

    number: int
    text: str
    state: str


@dataclass(frozen=True)
class Group:
    """Up to five places of one origin; `short` is the word along the table's edge."""

    title: str
    short: str
    shape: str
    places: Sequence[Place]


def count(groups: Sequence[Group], state: str) -> int:
    """How many places of all groups are in `state`."""
    return sum(place.state == state for group in groups for place in group.places)


def shape(kind: str, x: float, y: float, size: float, css: str) -> str:
    """A square, hexagon or circle of about `size` radius around (x, y)."""
    if kind == "circle":
        return pen.circle(x, y, size, css)
    if kind == "square":
        half = size * 0.88
        edge, corner = pen.num(2 * half), f'x="{pen.num(x - half)}" y="{pen.num(y - half)}"'
        return f'<rect class="{css}" {corner} width="{edge}" height="{edge}" rx="5"/>'
    if kind == "hexagon":
        corners = [pen.on_circle(x, y, size * 1.1, angle) for angle in range(0, 360, 60)]
        return pen.path("M" + " ".join(pen.point(at) for at in corners) + "z", css)
    raise ValueError(f"no such shape: {kind}")


def _right_half(kind: str, x: float, y: float, size: float) -> str:
    inner = size - 3
    if kind == "circle":
        d = f"M{pen.num(x)} {pen.num(y - inner)}a{inner} {inner} 0 0 1 0 {pen.num(2 * inner)}z"
    elif kind == "square":
        half = pen.num(inner * 0.88)
        d = f"M{pen.num(x)} {pen.num(y - inner * 0.88)}h{half}v{pen.num(inner * 1.76)}h-{half}z"
    else:
        lift = inner * 0.95
        d = (
            f"M{pen.num(x)} {pen.num(y - lift)}h{pen.num(inner * 0.55)}l{pen.num(inner * 0.55)} "
            f"{pen.num(lift)}l-{pen.num(inner * 0.55)} {pen.num(lift)}h-{pen.num(inner * 0.55)}z"
        )
    return pen.path(d, "fill", 'opacity=".3"')


def sign(
    kind: str,
    state: str,
    number: int | None = None,
    *,
    x: float = 40,
    y: float = 40,
    size: float = 34,
) -> str:
    """The parts of one place: shape, half fill, number. Raises KeyError for an unknown state."""
    parts = [shape(kind, x, y, size, _CSS[state])]
    if state == "offered":
        parts.append(_right_half(kind, x, y, size))
    if number is not None:
        outside = "" if state == "taken" else " out"
        parts.append(pen.words(x, y + 8, str(number), f"seat-n{outside}"))
    return "".join(parts)


def card_sign(kind: str, state: str, number: int | None = None) -> str:
    """One place as a small picture of its own, decoration beside its words."""
    return pen.frame((0, 0, 80, 80), [sign(kind, state, number)])


def strip(groups: Sequence[Group], label: str) -> str:
    """All places in one line, for lists of circles."""
    parts, x = [], 20.0
    for group in groups:
        for place in group.places:
            parts.append(sign(group.shape, place.state, x=x, y=20, size=13))
            x += 36
        x += 16
    return pen.frame((0, 0, x - 32, 40), parts, label, "sb-fig--strip")


def plan(groups: Sequence[Group], middle: str, below: str, label: str, prefix: str = "sp") -> str:
    """The table from above: three groups around `middle` (a number) and `below` (its words).

    Up to three groups of up to five places; `prefix` keeps ids apart on a page with two plans.
    """
    parts = [pen.circle(_MIDDLE, _MIDDLE, 104, "soft")]
    for index, group in enumerate(groups[:3]):
        first, step = _FIRST_ANGLE[index], _STEP[index]
        last = first + step * (len(group.places) - 1)
        parts += [
            _edge(first, last, step),
            _label(group.short, index, first, last, f"{prefix}{index}"),
        ]
        for seat, place in enumerate(group.places):
            angle = first + step * seat
            inner = pen.on_circle(_MIDDLE, _MIDDLE, 166, angle)
            outer = pen.on_circle(_MIDDLE, _MIDDLE, 178, angle)
            parts.append(pen.path(f"M{pen.point(inner)}L{pen.point(outer)}", "hair"))
            x, y = pen.on_circle(_MIDDLE, _MIDDLE, 228, angle)
            parts.append(sign(group.shape, place.state, place.number, x=x, y=y))
    parts.append(pen.words(_MIDDLE, 304, middle, "c l t64"))
    parts.append(pen.words(_MIDDLE, 336, below, "c t21"))
    return pen.frame((26, 34, 548, 520), parts, label)


def _edge(first: float, last: float, step: float) -> str:
    margin = 2 if step > 0 else -2
    start = pen.on_circle(_MIDDLE, _MIDDLE, 166, first - margin)
    end = pen.on_circle(_MIDDLE, _MIDDLE, 166, last + margin)
    return pen.path(f"M{pen.point(start)}A166 166 0 0 {int(step > 0)} {pen.point(end)}", "hair")


def _label(text: str, index: int, first: float, last: float, anchor: str) -> str:
    radius = 148 if index == 0 else 134
    sweep = int(index > 0)
    margin = -6 if index == 0 else 6
    start = pen.on_circle(_MIDDLE, _MIDDLE, radius, first - margin)
    end = pen.on_circle(_MIDDLE, _MIDDLE, radius, last + margin)
    d = f"M{pen.point(start)}A{radius} {radius} 0 0 {sweep} {pen.point(end)}"
    arc = f'<path id="{anchor}" fill="none" d="{d}"/>'
    word = f'<textPath href="#{anchor}" startOffset="50%">{pen.escape(text)}</textPath>'
    return f'{arc}<text class="b c t21">{word}</text>'
