"""Thematic forums of a programme: numbered, with a claim, partners, and regions to look at."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.accounts import mandates
from foundation.accounts.models import Role
from foundation.languages import LocalizedText, LocalizedTextField
from partnerships.models import Actor, Focus, Municipality, Topic


class ForumQuerySet(models.QuerySet["Forum"]):
    def visible_to(self, user: mandates.Actor) -> ForumQuerySet:
        """Published ones for everybody, drafts for the office."""
        if mandates.holds(user, Role.OFFICE):
            return self
        return self.filter(published_at__isnull=False)


class Forum(models.Model):
    """Such as "Themenforum 17: Innovation"; it may lie inside a wider one."""

    slug = models.SlugField(max_length=60, unique=True)
    programme = models.CharField(max_length=200)
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    title = LocalizedTextField(default=LocalizedText)
    claim = LocalizedTextField(default=LocalizedText)
    alternative_title = LocalizedTextField(default=LocalizedText)
    purpose = LocalizedTextField(default=LocalizedText)
    # How many entries the forum's own directory is said to have, and where that is said.
    partners_told = models.PositiveIntegerField(null=True, blank=True)
    source = LocalizedTextField(default=LocalizedText)
    part_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts"
    )
    regions = models.ManyToManyField(Municipality, blank=True, related_name="forums")
    partners = models.ManyToManyField(Actor, blank=True, related_name="forums")
    published_at = models.DateTimeField(null=True, blank=True)

    objects = ForumQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="forum_number_once"),
            models.CheckConstraint(
                condition=models.Q(part_of=None) | ~models.Q(part_of=models.F("id")),
                name="forum_lies_elsewhere",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)


class ForumTopic(models.Model):
    """A topic of a forum, with how far the talk about it has come."""

    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="topic_rows")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="forum_rows")
    standing = models.CharField(
        max_length=12, choices=Focus.Status.choices, default=Focus.Status.EXPLORING
    )

    class Meta:
        ordering = ["topic__sort_de", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["forum", "topic"], name="forum_topic_once"),
        ]

    def __str__(self) -> str:
        return str(self.topic)


class ForumContribution(models.Model):
    """What somebody brings to a forum: a project to show, an example, an assessment, limits, a way.

    The topics may come from any discipline.
    """

    class Kind(models.TextChoices):
        SHOWCASE = "showcase", _("Innovation project")
        EXAMPLE = "example", _("Concrete example")
        ASSESSMENT = "assessment", _("Assessment")
        LIMITS = "limits", _("Limits")
        STRATEGY = "strategy", _("Way to put it into practice")

    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="contributions")
    event = models.ForeignKey(
        "formats.Event", on_delete=models.PROTECT, null=True, blank=True,
        related_name="contributions",
    )  # fmt: skip
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = LocalizedTextField(default=LocalizedText)
    text = LocalizedTextField(default=LocalizedText)
    actor = models.ForeignKey(
        Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="forum_contributions"
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="forum_contributions")

    class Meta:
        ordering = ["forum_id", "kind", "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(title={}), name="contribution_has_title"),
        ]

    def __str__(self) -> str:
        return str(self.title)
