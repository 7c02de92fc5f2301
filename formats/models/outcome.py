"""What came of events: topics ticked while people talk, and what each of them became."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from formats.models.event import Event
from formats.models.forum import Forum
from foundation.languages import LocalizedText, LocalizedTextField
from partnerships.models import Actor, CityLab, Municipality, Project, Topic


class OutcomeQuerySet(models.QuerySet["Outcome"]):
    def settled(self) -> OutcomeQuerySet:
        """What became something; the rest is a note of the office."""
        return self.filter(state=Outcome.State.MADE)


class Outcome(models.Model):
    """A topic raised at one or more events; `kind` is what it became."""

    class Kind(models.TextChoices):
        JOINT_PROJECT = "joint_project", _("joint project")
        CITY_LAB = "city_lab", _("City Lab")
        PROJECT_IDEA = "project_idea", _("project idea")
        NEXT_MEETING = "next_meeting", _("next meeting")
        RECOMMENDATION = "recommendation", _("recommendation")

    class State(models.TextChoices):
        RAISED = "raised", _("raised")
        MADE = "made", _("made into something")
        DROPPED = "dropped", _("not pursued")

    TRANSITIONS = {
        State.RAISED: {State.MADE, State.DROPPED},
        State.DROPPED: {State.RAISED},
        State.MADE: set[str](),
    }

    events = models.ManyToManyField(Event, related_name="outcomes")
    title = LocalizedTextField(default=LocalizedText)
    text = LocalizedTextField(default=LocalizedText)
    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, null=True, blank=True, related_name="outcomes"
    )
    kind = models.CharField(max_length=16, choices=Kind.choices, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.RAISED)
    reason = LocalizedTextField(default=LocalizedText)
    project = models.OneToOneField(
        Project, on_delete=models.PROTECT, null=True, blank=True, related_name="outcome"
    )
    lab = models.OneToOneField(
        CityLab, on_delete=models.PROTECT, null=True, blank=True, related_name="outcome"
    )
    next_event = models.OneToOneField(
        Event, on_delete=models.PROTECT, null=True, blank=True, related_name="comes_from"
    )
    # Where an idea goes when no partnership takes it: a forum, and the programme above it.
    forum = models.ForeignKey(
        Forum, on_delete=models.PROTECT, null=True, blank=True, related_name="ideas"
    )
    handed_to = models.CharField(max_length=200, blank=True)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="made") | ~Q(kind=""), name="outcome_made_has_kind"
            ),
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(reason={}), name="outcome_dropped_has_reason"
            ),
            models.CheckConstraint(
                condition=(Q(project=None) | Q(kind__in=["joint_project", "project_idea"]))
                & (Q(lab=None) | Q(kind="city_lab"))
                & (Q(next_event=None) | Q(kind="next_meeting")),
                name="outcome_points_at_its_kind",
            ),
            models.CheckConstraint(condition=~Q(title={}), name="outcome_has_title"),
        ]

    def __str__(self) -> str:
        return str(self.title)


class Participant(models.Model):
    """An organisation or function at an event, in its delegation; never a private person."""

    class Presence(models.TextChoices):
        INVITED = "invited", _("invited")
        ON_SITE = "on_site", _("on site")
        REMOTE = "remote", _("joined online")
        EXCUSED = "excused", _("excused")

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="participants")
    # Such as "Tampere"; participants are shown by it.
    delegation = models.CharField(max_length=200, blank=True)
    actor = models.ForeignKey(
        Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="event_places"
    )
    function = LocalizedTextField(default=LocalizedText)
    sector = models.CharField(max_length=20, choices=Actor.Sector.choices)
    number = models.PositiveSmallIntegerField(default=1)
    is_key_actor = models.BooleanField(default=False)
    presence = models.CharField(max_length=8, choices=Presence.choices, default=Presence.INVITED)

    class Meta:
        ordering = ["delegation", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(actor__isnull=False) | ~Q(function={}), name="participant_is_somebody"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="participant_at_least_one"),
        ]

    def __str__(self) -> str:
        return self.actor.name if self.actor else str(self.function)


class Contact(models.Model):
    """Whom somebody met at an event, and the step that was agreed: who takes it, by when."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="contacts")
    actor = models.ForeignKey(
        Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="met_at"
    )
    name = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20, choices=Actor.Kind.choices, default=Actor.Kind.OTHER)
    city = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="met_at"
    )
    note = LocalizedTextField(default=LocalizedText)
    # A function, not a name. Shown to the office only, as is the date.
    follow_up = models.CharField(max_length=500, blank=True)
    owner = models.CharField(max_length=200, blank=True)
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(actor__isnull=False) | ~Q(name=""), name="contact_is_somebody"
            ),
            models.CheckConstraint(
                condition=Q(follow_up="") | (~Q(owner="") & Q(due_on__isnull=False)),
                name="contact_step_has_owner",
            ),
        ]

    def __str__(self) -> str:
        return self.actor.name if self.actor else self.name
