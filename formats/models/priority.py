"""Prioritising: the D.I.V. weighs topics by a vote and advises; the office answers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from formats.models.ballot import Poll, PollOption, Voter
from formats.models.body import Body
from formats.models.idea import Idea
from formats.models.meeting import INSIDERS, Meeting
from formats.models.vision import Vision
from foundation.accounts import mandates
from foundation.languages import LocalizedText, LocalizedTextField


class PriorityRoundQuerySet(models.QuerySet["PriorityRound"]):
    def visible_to(self, user: mandates.Actor) -> PriorityRoundQuerySet:
        """Everybody sees rounds of public sessions once they are open; insiders see all."""
        if any(mandates.holds(user, role) for role in INSIDERS):
            return self
        bodies = {pk for role in INSIDERS for pk in mandates.subjects_of(user, role, Body)}
        public = Q(meeting__is_public=True, meeting__body__is_public=True)
        shown = public & Q(poll__state__in=[Poll.State.OPEN, Poll.State.CLOSED])
        return self.filter(shown | Q(meeting__body__in=bodies))


class PriorityRound(models.Model):
    """One prioritisation of one session: a question, its topics, and the vote on them."""

    class Electorate(models.TextChoices):
        MEMBERS = "members", _("members of the D.I.V. with a vote")
        ROOM = "room", _("everybody in the room, by card")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="priority_rounds")
    title = LocalizedTextField(default=LocalizedText)
    question = LocalizedTextField(default=LocalizedText)
    electorate = models.CharField(
        max_length=8, choices=Electorate.choices, default=Electorate.MEMBERS
    )
    poll = models.OneToOneField(Poll, on_delete=models.PROTECT, related_name="priority_round")

    objects = PriorityRoundQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.title)

    def has_on_roll(self, user_pk: int) -> bool:
        """Whether this person has a vote in it."""
        return Voter.objects.filter(poll=self.poll_id, user=user_pk).exists()


class PriorityTopic(models.Model):
    """A topic of a round: what was said for it, and what the office answers to the advice.

    `vision` is the one that was weighed, or the one that the topic goes on in.
    """

    class Answer(models.TextChoices):
        ADOPTED = "adopted", _("taken up")
        LATER = "later", _("later")
        DECLINED = "declined", _("not taken up")

    round = models.ForeignKey(PriorityRound, on_delete=models.PROTECT, related_name="topics")
    option = models.OneToOneField(PollOption, on_delete=models.PROTECT, related_name="topic")
    vision = models.ForeignKey(
        Vision, on_delete=models.PROTECT, null=True, blank=True, related_name="priority_topics"
    )
    idea = models.ForeignKey(
        Idea, on_delete=models.PROTECT, null=True, blank=True, related_name="priority_topics"
    )
    reason = LocalizedTextField(default=LocalizedText)
    answer = models.CharField(max_length=8, choices=Answer.choices, blank=True)
    answer_reason = LocalizedTextField(default=LocalizedText)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["option__position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | (~Q(answer="") & ~Q(answer_reason={}) & Q(answered_at__isnull=False)),
                name="priority_topic_answered_with_reason",
            ),
            models.UniqueConstraint(fields=["round", "idea"], name="priority_topic_idea_once"),
        ]

    def __str__(self) -> str:
        return f"topic {self.pk}"


class Dissent(models.Model):
    """A minority's reason, in its own words and in the name of the place it speaks for."""

    topic = models.ForeignKey(PriorityTopic, on_delete=models.PROTECT, related_name="dissents")
    for_whom = models.CharField(max_length=200)
    words = models.TextField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"dissent {self.pk}"
