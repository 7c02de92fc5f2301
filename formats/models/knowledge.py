"""What people of a cohort bring in: questions, ideas, reports, inputs, approaches of their own.

Who may read an item is decided here once, for page, list, feed, export and PDF alike.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from formats.models.cohort_member import CohortMember, KnowledgeGiver
from formats.models.learning_network import Cohort
from formats.models.learning_session import LearningSession
from foundation.accounts import mandates
from foundation.accounts.models import Role
from partnerships.models import Topic


class Openness(models.TextChoices):
    """How far something may go; only its owner moves it."""

    OWNER = "owner", _("only I")
    COHORT = "cohort", _("our cohort")
    NETWORK = "network", _("all cohorts of the network")
    PUBLIC = "public", _("everybody")


class KnowledgeItemQuerySet(models.QuerySet["KnowledgeItem"]):
    def visible_to(self, user: mandates.Actor) -> KnowledgeItemQuerySet:
        """One's own, what the cohort or network shares with its members, and what is public.

        The office has no window of its own: a room of trust is closed to whoever runs it, too. It
        sees the inputs of knowledge givers, which it enters for them.
        """
        public = Q(openness=Openness.PUBLIC, cohort__network__published_at__isnull=False)
        if not user.is_authenticated:
            return self.filter(public, withdrawn_at=None)
        places = CohortMember.objects.of(user).joined()
        inside = Q(openness=Openness.COHORT, cohort__in=places.values("cohort")) | Q(
            openness=Openness.NETWORK, cohort__network__in=places.values("cohort__network")
        )
        own = Q(member__user_id=user.pk)
        if mandates.holds(user, Role.OFFICE):
            own |= Q(giver__isnull=False)
        return self.filter(own | (Q(withdrawn_at=None) & (public | inside)))

    def to_pass_on(self) -> KnowledgeItemQuerySet:
        """What may leave in an export or feed: never what is restricted or withdrawn."""
        return self.filter(withdrawn_at=None, is_restricted=False).exclude(openness=Openness.OWNER)


class KnowledgeItem(models.Model):
    """One contribution of a member or, with attribution and terms of use, of a knowledge giver."""

    class Kind(models.TextChoices):
        QUESTION = "question", _("Question from my organisation")
        IDEA = "idea", _("Idea")
        REPORT = "report", _("Experience report")
        INPUT = "input", _("Expert input")
        APPROACH = "approach", _("Approach of my organisation")

    class Trial(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        TRIED = "tried", _("being tried")
        RESULT = "result", _("tried, with a result")

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="items")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    member = models.ForeignKey(
        CohortMember, on_delete=models.PROTECT, null=True, blank=True, related_name="items"
    )
    giver = models.ForeignKey(
        KnowledgeGiver, on_delete=models.PROTECT, null=True, blank=True, related_name="inputs"
    )
    title = models.CharField(max_length=200)
    text = models.TextField(max_length=6000, blank=True)
    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, null=True, blank=True, related_name="knowledge_items"
    )
    session = models.ForeignKey(
        LearningSession, on_delete=models.SET_NULL, null=True, blank=True, related_name="items"
    )
    link = models.URLField(max_length=500, blank=True)
    openness = models.CharField(max_length=8, choices=Openness.choices, default=Openness.OWNER)
    trial = models.CharField(max_length=8, choices=Trial.choices, blank=True)
    # Never changes: how far this may go is read along the chain (a trigger keeps both).
    derived_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="derived"
    )
    # Limits that protect whoever gave the knowledge.
    terms = models.CharField(max_length=300, blank=True)
    is_restricted = models.BooleanField(default=False)
    written_at = models.DateTimeField(db_default=Now())
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = KnowledgeItemQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=False, giver=None) | Q(member=None, giver__isnull=False),
                name="knowledge_item_of_one",
            ),
            models.CheckConstraint(
                condition=~Q(openness="public") | Q(is_restricted=False),
                name="knowledge_restricted_stays_inside",
            ),
            models.CheckConstraint(
                condition=Q(kind="idea") | Q(trial=""), name="knowledge_only_ideas_are_tried"
            ),
            models.CheckConstraint(
                condition=Q(giver=None) | Q(kind="input"), name="knowledge_givers_give_input"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(text="", link=""),
                name="knowledge_withdrawn_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def source(self) -> str:
        """Whom it is attributed to: a knowledge giver, or the house of a member."""
        return str(self.giver) if self.giver else str(self.member and self.member.organisation)


class KnowledgeReply(models.Model):
    """An answer or a supplement; it is read by whoever reads the item inside the network."""

    item = models.ForeignKey(KnowledgeItem, on_delete=models.CASCADE, related_name="replies")
    member = models.ForeignKey(CohortMember, on_delete=models.PROTECT, related_name="replies")
    text = models.CharField(max_length=3000)
    written_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.pk}"
