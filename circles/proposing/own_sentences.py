"""Which sentences of a version came from one person: "this sentence came from you"."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from circles.models import Authorship, ProposalVersion, SeatTerm
from circles.proposing import versions
from foundation.accounts.mandates import Actor
from foundation.accounts.models import User
from foundation.languages import LocalizedText
from foundation.texts.models import Revision
from foundation.texts.origins import origins


@dataclasses.dataclass(frozen=True)
class OwnPart:
    """A section of the version with the sentences that this person brought into it."""

    heading: LocalizedText
    sentences: Sequence[str]


def of(version: ProposalVersion, reader: Actor) -> list[OwnPart]:
    """By section, of the German text; empty for whoever wrote nothing of it. Two queries."""
    if not isinstance(reader, User):
        return []
    terms = SeatTerm.objects.held_by(reader).filter(seat__circle__proposal=version.proposal_id)
    own = set(Authorship.objects.filter(member__in=terms).values_list("revision_id", flat=True))
    if not own:
        return []
    wordings = _wordings(version)
    found = []
    for passage in versions.passages_of(version):
        rows = [row for row in wordings.get(passage.slug, ()) if row.n <= passage.revision]
        came = origins([row.body.get("de") for row in rows])
        sentences = [sentence for sentence, index in came if rows[index].pk in own]
        if sentences:
            found.append(OwnPart(passage.heading, sentences))
    return found


def _wordings(version: ProposalVersion) -> dict[str, list[Revision]]:
    """All wordings of each section, oldest first."""
    rows = Revision.objects.filter(paragraph__section__proposal=version.proposal_id)
    found: dict[str, list[Revision]] = {}
    for row in rows.select_related("paragraph").order_by("n"):
        found.setdefault(row.paragraph.slug, []).append(row)
    return found
