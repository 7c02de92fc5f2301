"""The pen all figures share: numbers, words and the frame of an SVG.

Words are escaped here and nowhere else.
"""

import html
import math
from collections.abc import Iterable


def escape(text: str) -> str:
    """`text` safe inside an element or a quoted attribute."""
    return html.escape(text)


def num(value: float) -> str:
    """A coordinate with at most one decimal: 12.5, 12, -3."""
    text = f"{value:.1f}"
    return text.removesuffix(".0").replace("-0", "0") if text == "-0.0" else text.removesuffix(".0")


def words(x: float, y: float, text: str, css: str = "") -> str:
    """A label at (x, y); `css` names the pen's classes (b, m, c, e, t21 …)."""
    mark = f' class="{css}"' if css else ""
    return f'<text{mark} x="{num(x)}" y="{num(y)}">{escape(text)}</text>'


def path(d: str, css: str, more: str = "") -> str:
    """A path; `more` are further attributes as they stand."""
    return f'<path class="{css}" d="{d}"{" " + more if more else ""}/>'


def circle(x: float, y: float, radius: float, css: str) -> str:
    """A circle around (x, y)."""
    return f'<circle class="{css}" cx="{num(x)}" cy="{num(y)}" r="{num(radius)}"/>'


def frame(
    box: tuple[float, float, float, float], parts: Iterable[str], label: str = "", css: str = ""
) -> str:
    """The SVG around `parts`; with `label` an image that states its finding, else decoration."""
    role = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    more = f" {css}" if css else ""
    size = " ".join(num(side) for side in box)
    head = f'class="sb-fig{more}" viewBox="{size}" {role} focusable="false"'
    return f"<svg {head}>{''.join(parts)}</svg>"


def on_circle(x: float, y: float, radius: float, degrees: float) -> tuple[float, float]:
    """The point at `degrees` (clockwise from three o'clock) on a circle around (x, y)."""
    angle = math.radians(degrees)
    return x + radius * math.cos(angle), y + radius * math.sin(angle)


def point(at: tuple[float, float]) -> str:
    """A pair of coordinates inside a path."""
    return f"{num(at[0])} {num(at[1])}"
