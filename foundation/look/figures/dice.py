"""Dice as they fall in the hall: pips when two people entered the same, dots while one did.

Open throws are dashed outlines.
"""

from collections.abc import Sequence
from typing import Final

from foundation.look.figures import pen

PENDING: Final = "pending"
OPEN: Final = "open"
_L, _M, _R = 11, 20, 29
_PIPS: Final = {
    1: [(_M, _M)],
    2: [(_L, _L), (_R, _R)],
    3: [(_L, _L), (_M, _M), (_R, _R)],
    4: [(_L, _L), (_R, _L), (_L, _R), (_R, _R)],
    5: [(_L, _L), (_R, _L), (_M, _M), (_L, _R), (_R, _R)],
    6: [(_L, 10), (_R, 10), (_L, _M), (_R, _M), (_L, 30), (_R, 30)],
}
Throw = int | str


def die(throw: Throw) -> str:
    """One die: 1 to 6, PENDING or OPEN. Raises KeyError for anything else."""
    edge = '<rect x="1.5" y="1.5" width="37" height="37" rx="6" fill="none" stroke="currentColor"'
    css, inner = "", ""
    if throw == OPEN:
        css, rest = "is-open", ' stroke-width="2" stroke-dasharray="3 4"/>'
    elif throw == PENDING:
        css, rest = "is-pending", ' stroke-width="2.2"/>'
        inner = (
            '<path d="M12 20h16" stroke="currentColor" stroke-width="3" stroke-dasharray="3 3.5"/>'
        )
    else:
        rest = ' stroke-width="2.2"/>'
        dots = _PIPS[int(throw)]
        inner = "".join(f'<circle cx="{x}" cy="{y}" r="3.4" fill="currentColor"/>' for x, y in dots)
    mark = f' class="{css}"' if css else ""
    head = f'<svg{mark} viewBox="0 0 40 40" aria-hidden="true" focusable="false">'
    return f"{head}{edge}{rest}{inner}</svg>"


def row(throws: Sequence[Throw], label: str) -> str:
    """All throws in their order; `label` reads them out."""
    inner = "".join(die(throw) for throw in throws)
    return f'<div class="sb-dice" role="img" aria-label="{pen.escape(label)}">{inner}</div>'
