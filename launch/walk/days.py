"""Days as the forms of the portal take them."""

from __future__ import annotations

import datetime as dt


def day(ahead: int) -> str:
    """The day `ahead` days from now (UTC), such as 2027-12-31; negative numbers lie behind us."""
    return f"{dt.datetime.now(dt.UTC).date() + dt.timedelta(days=ahead)}"
