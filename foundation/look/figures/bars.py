"""Several things side by side on one scale: a bar each, its name above, its value at the end.

What has no value yet is a dashed line, so that nothing looks like nought.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from foundation.look.figures import pen

LEFT, RIGHT, STEP = 10.0, 390.0, 52.0


@dataclass(frozen=True)
class Bar:
    """`value` is None while nobody has measured it."""

    name: str
    value: float | None
    text: str = ""


@dataclass(frozen=True)
class Group:
    """One comparison with all its bars on a scale from 0 to `top`."""

    title: str
    bars: Sequence[Bar]
    top: int = 5
    note: str = ""


def draw(group: Group, label: str) -> str:
    """The bars of one group below each other, with ticks of the scale behind them."""
    high = len(group.bars) * STEP

    def at(value: float) -> float:
        return LEFT + (RIGHT - LEFT) * value / group.top

    parts = [
        pen.path(f"M{pen.num(at(tick))} 20V{pen.num(high)}", "faint")
        for tick in range(group.top + 1)
    ]
    for index, bar in enumerate(group.bars):
        y = index * STEP
        parts.append(pen.words(LEFT, y + 16, bar.name))
        line = f"M{pen.num(LEFT)} {pen.num(y + 34)}H"
        parts.append(pen.path(f"{line}{pen.num(RIGHT)}", "ahead" if bar.value is None else "faint"))
        if bar.value is not None:
            end = at(bar.value)
            width = pen.num(max(end - LEFT, 3))
            parts.append(
                f'<rect class="fill" x="{pen.num(LEFT)}" y="{pen.num(y + 27)}"'
                f' width="{width}" height="14"/>'
            )
        parts.append(pen.words(RIGHT + 14, y + 40, bar.text, "b"))
    parts += [pen.words(at(tick), high + 14, str(tick), "m t13 c") for tick in range(group.top + 1)]
    return pen.frame((0, 0, 440, high + 20), parts, label)
