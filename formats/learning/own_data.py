"""Everything that learning networks hold about a person, for the person."""

from __future__ import annotations

from typing import Any

from formats.models import CohortMember
from foundation.accounts.models import User


def of(user: User) -> list[dict[str, Any]]:
    """Places in cohorts with profile, contributions, answers and cases; JSON values only."""
    rows = CohortMember.objects.filter(user=user).select_related("cohort__network", "industry")
    return [
        {
            "network": each.cohort.network.slug,
            "year": each.cohort.year,
            "state": each.state,
            "organisation": each.organisation,
            "industry": str(each.industry or ""),
            "function": each.function,
            "shown_since": each.listed_since and each.listed_since.isoformat(),
            "rules_accepted_at": each.rules_accepted_at and each.rules_accepted_at.isoformat(),
            "contributions": list(each.items.values("kind", "title", "text", "link", "openness")),
            "answers": list(each.replies.values_list("text", flat=True)),
            "cases": list(
                each.cases.values(
                    "title", "situation", "tried", "key_question", "takeaway", "check_back",
                    "openness",
                )
            ),
        }
        for each in rows
    ]  # fmt: skip
