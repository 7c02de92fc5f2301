"""Who works with whom: two columns of names and the topics between them, tied by lines."""

from collections.abc import Sequence
from typing import Final

from foundation.look.figures import pen

ROW: Final = 34.0
_LEFT, _MIDDLE, _RIGHT = 300.0, 440.0, 580.0
_LONGEST = 30


def ties(links: Sequence[tuple[str, str, str]], label: str) -> str:
    """Lines of (left name, topic, right name); names in the order of their first mention."""
    columns = [list(dict.fromkeys(link[index] for link in links)) for index in range(3)]
    height = ROW * max(len(column) for column in columns) + 16 if links else 0.0

    def at(column: int, name: str) -> float:
        names = columns[column]
        return (names.index(name) + 0.5) * (height / len(names))

    parts = []
    for pair in dict.fromkeys((link[0], link[1]) for link in links):
        parts.append(_line(_LEFT + 12, at(0, pair[0]), _MIDDLE - 70, at(1, pair[1])))
    for pair in dict.fromkeys((link[1], link[2]) for link in links):
        parts.append(_line(_MIDDLE + 70, at(1, pair[0]), _RIGHT - 12, at(2, pair[1])))
    for name in columns[0]:
        parts.append(pen.circle(_LEFT + 6, at(0, name), 6, "city-a"))
        parts.append(pen.words(_LEFT - 8, at(0, name) + 5, _short(name), "e"))
    for name in columns[1]:
        parts.append(pen.words(_MIDDLE, at(1, name) + 5, _short(name, 20), "b c"))
    for name in columns[2]:
        parts.append(pen.circle(_RIGHT - 6, at(2, name), 6, "city-b"))
        parts.append(pen.words(_RIGHT + 8, at(2, name) + 5, _short(name)))
    return pen.frame((0, 0, 880, height), parts, label)


def _line(x: float, y: float, to_x: float, to_y: float) -> str:
    bend = (x + to_x) / 2
    n = pen.num
    return pen.path(
        f"M{n(x)} {n(y)}C{n(bend)} {n(y)} {n(bend)} {n(to_y)} {n(to_x)} {n(to_y)}", "hair"
    )


def _short(name: str, longest: int = _LONGEST) -> str:
    return name if len(name) <= longest else f"{name[: longest - 1].rstrip()}…"
