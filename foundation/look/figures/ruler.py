"""A period as a ruler: one tick a day (a week, when it is long), today as the taller mark.

Past days are thin, days left are bars.
"""

from datetime import date

from foundation.look.figures import pen

_WIDTH = 420.0


def ruler(
    opens: date, closes: date, today: date, *, start: str, end: str, now: str, label: str
) -> str:
    """The ruler from `opens` to `closes` inclusive; the texts stand at its ends and over today."""
    days = max((closes - opens).days + 1, 1)
    unit = 1 if days <= 62 else 7
    ticks = -(-days // unit)
    spacing = _WIDTH / ticks
    today_tick = (today - opens).days // unit
    past = "".join(
        f"M{pen.num(spacing * (tick + 0.5))} 40V60"
        for tick in range(min(max(today_tick, 0), ticks))
    )
    parts = [pen.path(past, "hair")] if past else []
    width = min(6.0, spacing * 0.5)
    bars = "".join(
        f"M{pen.num(spacing * (tick + 0.5) - width / 2)} 30h{pen.num(width)}v30h-{pen.num(width)}z"
        for tick in range(max(today_tick + 1, 0), ticks)
    )
    if bars:
        parts.append(pen.path(bars, "fill"))
    if 0 <= today_tick < ticks:
        x = spacing * (today_tick + 0.5)
        parts.append(pen.path(f"M{pen.num(x)} 22V60", "line"))
        css = "b c" if 24 < x < _WIDTH - 24 else ("b" if x <= 24 else "b e")
        parts.append(pen.words(min(max(x, 0), _WIDTH), 14, now, css))
    parts += [pen.words(0, 84, start, "m"), pen.words(_WIDTH, 84, end, "b e")]
    return pen.frame((0, 0, _WIDTH, 92), parts, label)
