"""Feedback of the members' networks on one version: round, personal links, what came, answers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from circles.models.proposal import ProposalVersion
from circles.models.seat_term import SeatTerm
from circles.models.section import Section
from foundation.texts.models import Revision


class FeedbackRound(models.Model):
    """A question about one version, until a moment by the database's clock.

    `counts` and `summary` are what everybody reads once it is closed; without names.
    """

    class State(models.TextChoices):
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    TRANSITIONS = {State.OPEN: {State.CLOSED}, State.CLOSED: set[str]()}

    version = models.ForeignKey(ProposalVersion, on_delete=models.PROTECT, related_name="rounds")
    question = models.TextField(max_length=1000)
    closes_at = models.DateTimeField()
    # A member, or somebody of the office or the chair.
    member = models.ForeignKey(SeatTerm, on_delete=models.PROTECT, null=True, related_name="+")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    opened_at = models.DateTimeField(db_default=Now())
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    summary = models.TextField(max_length=3000, blank=True)
    counts = models.JSONField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version"], condition=Q(state="open"), name="feedback_round_one_open"
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opened_at")), name="feedback_round_has_time"
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None, counts=None, summary="")
                | (
                    Q(state="closed", closed_at__isnull=False, counts__isnull=False)
                    & ~Q(summary="")
                ),
                name="feedback_round_closed_has_summary",
            ),
        ]

    def __str__(self) -> str:
        return f"round {self.pk}"


class ReviewLink(models.Model):
    """One personal link of a member's network; `label`, for whom, is seen by that member only.

    The token is derived from `seed` and the portal's key; only its digest is compared.
    """

    round = models.ForeignKey(FeedbackRound, on_delete=models.PROTECT, related_name="links")
    member = models.ForeignKey(SeatTerm, on_delete=models.PROTECT, related_name="review_links")
    label = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    seed = models.CharField(max_length=32, unique=True)
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(db_default=Now())
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"link {self.pk}"


class Contribution(models.Model):
    """What a reviewer says about a section of the version, or suggests in other words.

    `words` is a suggested wording. The words go when they are withdrawn, the person 30 days after
    the round was closed.
    """

    class Sector(models.TextChoices):
        ADMINISTRATION = "administration", _("administration")
        SCIENCE = "science", _("science")
        BUSINESS = "business", _("business")
        POLITICS = "politics", _("politics")
        CIVIL_SOCIETY = "civil_society", _("civil society")
        NONE = "", _("none of these")

    link = models.ForeignKey(ReviewLink, on_delete=models.PROTECT, related_name="contributions")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="contributions")
    is_suggestion = models.BooleanField()
    text = models.TextField(max_length=5000, blank=True)
    words = models.TextField(max_length=20_000, blank=True)
    on_behalf_of = models.CharField(max_length=200, blank=True)
    sector = models.CharField(max_length=16, choices=Sector.choices, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=2, default="de")
    said_at = models.DateTimeField(db_default=Now())
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    withdrawn_at__isnull=False, text="", words="", on_behalf_of="", email=""
                )
                | Q(withdrawn_at=None, is_suggestion=False, words="") & ~Q(text="")
                | Q(withdrawn_at=None, is_suggestion=True) & ~Q(words=""),
                name="contribution_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"contribution {self.pk}"


class ContributionAnswer(models.Model):
    """What the circle made of a contribution; `revision` is the wording that followed from it."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        PARTLY = "partly", _("accepted in part")
        DECLINED = "declined", _("declined")
        ANSWERED = "answered", _("answered")

    contribution = models.OneToOneField(
        Contribution, on_delete=models.PROTECT, related_name="answer"
    )
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    reason = models.TextField(max_length=2000, blank=True)
    revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, null=True, related_name="contribution_answers"
    )
    member = models.ForeignKey(SeatTerm, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="accepted") | ~Q(reason=""),
                name="contribution_answer_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(revision=None) | Q(outcome__in=["accepted", "partly"]),
                name="contribution_answer_became_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id} {self.outcome}"
