"""What changed between two texts of an agreement, clause by clause and word by word.

Compares frozen versions, the working draft, and the words that a city once agreed to.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from foundation.texts.redline import Piece, redline
from partnerships.models import AgreedText, Agreement, Consent, Party
from partnerships.signing.rendering import Row, rows_of
from partnerships.wording import drafts

DRAFT = "entwurf"
AGREED = "zugestimmt"


@dataclasses.dataclass(frozen=True)
class Text:
    """One text of an agreement under the key by which a page asks for it."""

    key: str
    label: str
    data: Mapping[str, Any]


@dataclasses.dataclass(frozen=True)
class Change:
    """One clause that is not the same; `kind` is "new", "gone" or "changed"."""

    kind: str
    number: int
    slug: str
    cells: Sequence[tuple[str, str, Sequence[Piece]]]


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """The clauses that differ, in order; each cell is (language, heading, pieces)."""
    # Who signs and who released is known to some texts only; what one lacks is not compared.
    lacking = [key for key in ("signatories", "released") if not (key in old and key in new)]
    before = {row.slug: row for row in rows_of(_without(old, lacking))}
    after = {row.slug: row for row in rows_of(_without(new, lacking))}
    slugs = sorted({*before, *after}, key=lambda slug: (after.get(slug) or before[slug]).number)
    changes = []
    for slug in slugs:
        was, is_now = _texts(before.get(slug)), _texts(after.get(slug))
        if was == is_now:
            continue
        row = after.get(slug) or before[slug]
        kind = "changed" if slug in before and slug in after else "new" if slug in after else "gone"
        cells = [
            (
                cell.language,
                cell.heading,
                redline(was.get(cell.language, ""), is_now.get(cell.language, "")),
            )
            for cell in row.cells
        ]
        changes.append(Change(kind, row.number, slug, cells))
    return changes


def texts_to_compare(agreement: Agreement, party: Party | None) -> list[Text]:
    """All frozen versions, what the own city agreed to last, and the draft while it is open."""
    texts = [
        Text(
            str(version.n),
            _("Version %(n)d") % {"n": version.n},
            version.data,
        )
        for version in agreement.versions.order_by("n")
    ]
    if party is not None and (agreed := last_agreed(agreement, party)):
        label = _("What your city agreed to last")
        texts.append(Text(AGREED, label, agreed.data))
    if agreement.is_open:
        texts.append(Text(DRAFT, _("Working draft"), drafts.gather(agreement).as_printed()))
    return texts


def last_agreed(agreement: Agreement, party: Party) -> AgreedText | None:
    """The words of the newest consent of this city, if it has ever given one."""
    consent = (
        Consent.objects.filter(agreement=agreement, party=party, purpose=Consent.Purpose.TEXT)
        .order_by("-pk")
        .first()
    )
    if consent is None:
        return None
    return agreement.agreed_texts.filter(digest=consent.digest).first()


def _without(data: Mapping[str, Any], keys: Sequence[str]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in keys}


def _texts(row: Row | None) -> dict[str, str]:
    """Everything that is printed of a clause, per language, as one text."""
    if row is None:
        return {}
    return {
        cell.language: "\n".join(
            [
                *cell.paragraphs,
                *("\n".join([item.title, *item.lines]) for item in cell.items),
            ]
        )
        for cell in row.cells
    }
