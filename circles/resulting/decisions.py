"""What a decision of a circle tells everybody, wherever a result speaks of it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence

from circles.models import Decision


@dataclasses.dataclass(frozen=True)
class Told:
    """One decision as page and paper print it; `minorities` are unedited statements."""

    number: str
    title: str
    wording: str
    decided_at: dt.datetime | None
    fingerprint: str
    version: int | None
    minorities: Sequence[str] = ()


def told(decision: Decision) -> Told:
    """Title, wording and the version that was adopted; fetch the decision with its version."""
    version = decision.version
    return Told(
        number=decision.number,
        title=decision.title,
        wording=decision.wording,
        decided_at=decision.decided_at,
        fingerprint=version.sha256 if version else "",
        version=version.n if version else None,
    )
