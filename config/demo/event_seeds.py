"""Events of the seed file in the portal's words: kinds, topics, dates as exact as told."""

from __future__ import annotations

import datetime as dt
from typing import Any

from formats.models import Event
from partnerships.models import Encounter, Topic

Precision = Encounter.Precision
KINDS = {"meeting": Event.Kind.MEETING, "kickoff": Event.Kind.KICK_OFF}
SEASONS = {"spring": 3, "summer": 7, "autumn": 10, "winter": 12}


def dates_of(fields: dict[str, Any]) -> dict[str, Any]:
    """`starts_on`, `ends_on`, `precision` and `is_tentative` as the seed tells them."""
    start, precision = fields.get("start"), fields.get("precision")
    if start is None:
        return {"precision": Precision.UNKNOWN}
    found: dict[str, Any] = {
        "precision": precision, "is_tentative": fields.get("status") == "tentative",
    }  # fmt: skip
    if precision == "season":
        found["starts_on"] = dt.date(int(start), SEASONS[fields["season"]], 1)
    else:
        found["starts_on"] = dt.date.fromisoformat(start if precision == "day" else f"{start}-01")
    if "end" in fields:
        found["ends_on"] = dt.date.fromisoformat(fields["end"])
    return found


def kind_of(fields: dict[str, Any]) -> str:
    """The kind of the seed in our words."""
    return KINDS.get(fields["kind"], fields["kind"])


def topics_of(fields: dict[str, Any], *names: str) -> list[Topic]:
    """Topics and industries that the seed names under `names`."""
    slugs = [slug for name in names for slug in fields.get(name, ())]
    return list(Topic.objects.filter(slug__in=slugs))
