"""What two cities make together: from an idea at a meeting to a result for their citizens.

A stage is a state: pilots are tried before anything runs, and stopping needs a reason.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import User
from foundation.languages import LocalizedTextField
from partnerships.models.actor import Actor
from partnerships.models.challenge import Challenge
from partnerships.models.encounter import Encounter
from partnerships.models.exchange_format import ExchangeFormat
from partnerships.models.partnership import Partnership, Party
from partnerships.models.topic import Topic


class ProjectQuerySet(models.QuerySet["Project"]):
    def visible_to(self, user: User | AnonymousUser) -> ProjectQuerySet:
        """Published ones of visible partnerships; all of them for those who may see drafts."""
        seen = Partnership.objects.visible_to(user)
        drafts = Partnership.objects.working_for(user)
        return self.filter(partnership__in=seen.values("pk")).filter(
            models.Q(published_at__isnull=False) | models.Q(partnership__in=drafts.values("pk"))
        )


class Project(models.Model):
    """A joint project; `encounter` is the meeting at which the idea came up."""

    class State(models.TextChoices):
        IDEA = "idea", _("idea")
        PLANNED = "planned", _("planned")
        PILOT = "pilot", _("pilot")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        STOPPED = "stopped", _("stopped")

    TRANSITIONS = {
        State.IDEA: {State.PLANNED, State.STOPPED},
        State.PLANNED: {State.PILOT, State.RUNNING, State.STOPPED},
        State.PILOT: {State.RUNNING, State.DONE, State.STOPPED},
        State.RUNNING: {State.DONE, State.STOPPED},
        State.DONE: set[str](),
        State.STOPPED: {State.PLANNED},
    }

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="projects")
    slug = models.SlugField(max_length=120, unique=True)
    title = LocalizedTextField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.IDEA)
    mode = models.CharField(
        max_length=8, choices=ExchangeFormat.Mode.choices, default=ExchangeFormat.Mode.DEVELOP
    )
    summary = LocalizedTextField()
    citizen_benefit = LocalizedTextField()
    result = LocalizedTextField()
    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, null=True, blank=True, related_name="projects"
    )
    challenge = models.ForeignKey(
        Challenge, on_delete=models.PROTECT, null=True, blank=True, related_name="projects"
    )
    encounter = models.ForeignKey(
        Encounter, on_delete=models.PROTECT, null=True, blank=True, related_name="projects"
    )
    # Who brought the idea, as a function or organisation; no personal name is asked for.
    proposed_by = models.CharField(max_length=200, blank=True)
    funding = LocalizedTextField()
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    reason = LocalizedTextField()
    published_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ProjectQuerySet] = ProjectQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["partnership_id", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_on=None)
                | models.Q(ends_on=None)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="project_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="stopped") | ~models.Q(reason={}),
                name="project_stopped_has_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="done") | ~models.Q(result={}),
                name="project_done_has_result",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["pilot", "running", "done"])
                | ~models.Q(citizen_benefit={}),
                name="project_says_benefit",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)


class ProjectActor(models.Model):
    """An actor in a project, on the side of one city; several may lead it."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="places")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="project_places")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="project_places")
    leads = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("part in a project")
        verbose_name_plural = _("parts in projects")
        ordering = ["party__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "actor"], name="project_actor_once"),
        ]

    def __str__(self) -> str:
        return str(self.actor)
