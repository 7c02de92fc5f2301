"""Forgetting reviewers: 30 days after a round was closed nobody knows any more who they were.

What they said stays, without a person. A round that nobody closes is forgotten after half a year.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Q
from django.db.models.functions import Now

from circles.models import Contribution, FeedbackRound, ReviewLink

KEPT = dt.timedelta(days=30)
KEPT_UNCLOSED = dt.timedelta(days=180)


def forget_reviewers() -> int:
    """Empty address, behalf and label of rounds long over; returns how many rows."""
    over = FeedbackRound.objects.filter(
        Q(closed_at__lte=Now() - KEPT) | Q(closed_at=None, closes_at__lte=Now() - KEPT_UNCLOSED)
    ).values("pk")
    said = Contribution.objects.filter(link__round__in=over).exclude(on_behalf_of="", email="")
    links = ReviewLink.objects.filter(round__in=over).exclude(label="", email="")
    return said.update(on_behalf_of="", email="") + links.update(label="", email="")
