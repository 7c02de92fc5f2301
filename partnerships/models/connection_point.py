"""What ties two cities together, seen while comparing candidates or in a running partnership.

Points of connection come by kind; similarities and complementary strengths are lists of their own.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.languages import LocalizedTextField
from partnerships.models.analysis import Candidate
from partnerships.models.partnership import Partnership
from partnerships.models.topic import Topic


class ConnectionPoint(models.Model):
    """Belongs to a candidate of an analysis or to a partnership, never to both."""

    class Kind(models.TextChoices):
        INDUSTRY = "industry", _("Industry")
        TOPIC = "topic", _("Topic")
        RESEARCH = "research", _("Research")
        SIMILARITY = "similarity", _("Similarity")
        COMPLEMENT = "complement", _("Complementary strength")

    candidate = models.ForeignKey(
        Candidate, on_delete=models.PROTECT, null=True, blank=True, related_name="points_of_contact"
    )
    partnership = models.ForeignKey(
        Partnership,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="connection_points",
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = LocalizedTextField()

    class Meta:
        ordering = ["kind", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(candidate=None) ^ models.Q(partnership=None),
                name="connection_point_one_owner",
            ),
            models.CheckConstraint(condition=~models.Q(text={}), name="connection_point_has_text"),
        ]

    def __str__(self) -> str:
        return str(self.text)


class TopicMatch(models.Model):
    """Per topic: which side offers expertise and which one seeks it."""

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="matches")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="matches")
    home_offers = models.BooleanField(default=False)
    home_seeks = models.BooleanField(default=False)
    other_offers = models.BooleanField(default=False)
    other_seeks = models.BooleanField(default=False)

    class Meta:
        ordering = ["topic__sort_de", "pk"]
        verbose_name_plural = "topic matches"
        constraints = [
            models.UniqueConstraint(fields=["candidate", "topic"], name="topic_match_once"),
            models.CheckConstraint(
                condition=models.Q(home_offers=True)
                | models.Q(home_seeks=True)
                | models.Q(other_offers=True)
                | models.Q(other_seeks=True),
                name="topic_match_says_something",
            ),
        ]

    def __str__(self) -> str:
        return str(self.topic)

    @property
    def fits(self) -> bool:
        """One side offers what the other one seeks."""
        return (self.home_offers and self.other_seeks) or (self.other_offers and self.home_seeks)
