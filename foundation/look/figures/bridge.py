"""The phases of a partnership as a bridge: one hanger a phase, solid is done, dotted is ahead.

Decoration beside the ordered list that names the phases.
"""

from foundation.look.figures import pen

_WIDTH = 900.0
_DECK = 108.0
_RISE = 92.0


def _cable(x: float) -> float:
    """Height of the cable above (smaller y) at `x`."""
    return _DECK - _RISE * (1 - (x / (_WIDTH / 2) - 1) ** 2)


def _curve(start: float, end: float) -> str:
    steps = max(2, round((end - start) / 14))
    at = [start + (end - start) * step / steps for step in range(steps + 1)]
    return "M" + " ".join(f"{pen.num(x)} {pen.num(_cable(x))}" for x in at)


def bridge(phases: int, current: int) -> str:
    """The bridge over `phases` hangers; `current` counts from 1, `phases` + 1 when all is done."""
    spacing = _WIDTH / phases
    hangers = [spacing * (index + 0.5) for index in range(phases)]
    reached = _WIDTH if current > phases else hangers[max(current, 1) - 1]
    parts = []
    if reached < _WIDTH:
        parts += [pen.path(_curve(reached, _WIDTH), "plan")]
        parts += [pen.path(f"M{pen.num(reached)} {pen.num(_DECK)}H{pen.num(_WIDTH)}", "plan")]
    for index, x in enumerate(hangers, start=1):
        css = "rope" if index <= current else "ahead"
        parts.append(pen.path(f"M{pen.num(x)} {pen.num(_cable(x))}V{pen.num(_DECK)}", css))
    parts.append(pen.path(_curve(0, reached), "main"))
    parts.append(pen.path(f"M0 {pen.num(_DECK)}H{pen.num(reached)}", "main"))
    for index, x in enumerate(hangers, start=1):
        if index == current:
            parts += [pen.circle(x, _DECK, 14, "ring"), pen.circle(x, _DECK, 8, "fill")]
        else:
            parts.append(pen.circle(x, _DECK, 6, "fill" if index < current else "empty"))
    parts += [pen.circle(0, _DECK, 8, "city-a"), pen.circle(_WIDTH, _DECK, 8, "city-b")]
    return pen.frame((-10, 4, _WIDTH + 20, 122), parts)
