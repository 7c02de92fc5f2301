"""What somebody can want to hear of: a topic for one subject, or for everything under it.

A wish is one word in forms and addresses: "news", or "news:partnerships.partnership:3".
"""

from __future__ import annotations

import dataclasses

from django.db.models import Model

from foundation.audit import trail
from foundation.subscriptions.models import Subscription


@dataclasses.dataclass(frozen=True, order=True)
class Wish:
    """`subject` is the generic key of the trail; ("", "") stands for everything."""

    topic: str
    subject: tuple[str, str] = ("", "")

    @classmethod
    def about(cls, topic: str, subject: Model) -> Wish:
        """Only what concerns `subject`."""
        return cls(topic, trail.subject_key(subject))

    @classmethod
    def of(cls, row: Subscription) -> Wish:
        return cls(row.topic, (row.subject_type, row.subject_id))

    @property
    def word(self) -> str:
        """The wish as a value in a form."""
        return ":".join([self.topic, *self.subject]) if self.subject[0] else self.topic
