"""The pool and its chance: every lot a ring, the places filled.

Up to 400 lots one by one; beyond, one place among as many rings as lots compete for it.
"""

from dataclasses import dataclass

from foundation.look.figures import pen

_MOST = 400
_WIDTH = 360.0


@dataclass(frozen=True)
class Shown:
    """What the drawing really shows: `filled` of `rings`, each standing for `each` lots."""

    filled: int
    rings: int
    each: int = 1


def shown(chosen: int, total: int) -> Shown:
    """Decide how to draw `chosen` of `total`: lot by lot, as 1 in n, or n lots a ring."""
    if total <= _MOST:
        return Shown(min(chosen, total), total)
    rivals = round(total / max(chosen, 1))
    if rivals <= _MOST:
        return Shown(1, rivals)
    return Shown(0, _MOST, -(-rivals // _MOST))


def dots(chosen: int, total: int, label: str) -> str:
    """The rings, in rows; drawn as round line ends so that 400 of them stay small."""
    view = shown(chosen, total)
    across = 11 if view.rings <= 55 else 15 if view.rings <= 120 else 24
    step = _WIDTH / across
    size = step * 0.74
    at = [
        (step * (index % across + 0.5), step * (index // across + 0.5))
        for index in range(view.rings)
    ]
    ends = [f"M{pen.point(spot)}h0" for spot in at]
    parts = []
    for css, picked, width in (
        ("dot-rim", ends[view.filled :], size),
        ("dot-hole", ends[view.filled :], size - 3),
        ("dot-full", ends[: view.filled], size),
    ):
        if picked:
            parts.append(pen.path("".join(picked), css, f'stroke-width="{pen.num(width)}"'))
    rows = -(-view.rings // across)
    return pen.frame((0, 0, _WIDTH, step * rows), parts, label)
