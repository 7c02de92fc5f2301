"""What changed between two versions of a proposal: section by section, then word by word."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from circles.models import ProposalVersion
from circles.proposing.versions import Passage, passages_of
from foundation.texts.redline import Piece, redline_by_line


@dataclasses.dataclass(frozen=True)
class Change:
    """One section that is not the same; `kind` is "new", "gone", "moved" or "changed"."""

    kind: str
    passage: Passage
    heading: Sequence[Piece]
    body: Sequence[Piece]


def compare(old: ProposalVersion, new: ProposalVersion) -> list[Change]:
    """The sections that differ, in the order of the new version; those that are gone last."""
    before = {each.slug: each for each in passages_of(old)}
    after = {each.slug: each for each in passages_of(new)}
    order = [slug for slug in before if slug in after]
    kept = [slug for slug in after if slug in before]
    changes = []
    for slug, passage in after.items():
        was = before.get(slug)
        if was is None:
            changes.append(_change("new", passage, None))
        elif _words(was) != _words(passage):
            changes.append(_change("changed", passage, was))
        elif order.index(slug) != kept.index(slug):
            changes.append(Change("moved", passage, _all(passage.heading.get("de")), []))
    return changes + [_gone(was) for slug, was in before.items() if slug not in after]


def _change(kind: str, passage: Passage, was: Passage | None) -> Change:
    old = _words(was) if was else ("", "")
    new = _words(passage)
    return Change(kind, passage, redline_by_line(old[0], new[0]), redline_by_line(old[1], new[1]))


def _gone(passage: Passage) -> Change:
    heading, body = _words(passage)
    return Change("gone", passage, redline_by_line(heading, ""), redline_by_line(body, ""))


def _words(passage: Passage) -> tuple[str, str]:
    return passage.heading.get("de"), passage.body.get("de")


def _all(text: str) -> list[Piece]:
    return [Piece("kept", text)]
