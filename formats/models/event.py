"""Events: conferences, roundtables, visits and trips, as exact as is known and no more.

Dates may be a day, a month, a season or open; a title keeps the language in which it was given.
"""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from formats.models.forum import Forum
from foundation.accounts import mandates
from foundation.accounts.models import Role
from foundation.languages import LocalizedText, LocalizedTextField
from partnerships.models import Encounter, ExchangeFormat, Municipality, Partnership, Topic


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, user: mandates.Actor) -> EventQuerySet:
        """Published ones for everybody, those in planning for the office."""
        if mandates.holds(user, Role.OFFICE):
            return self
        return self.filter(published_at__isnull=False)

    def coming(self, today: object) -> EventQuerySet:
        """Not over yet, the next one first; those without a date at the end."""
        open_end = Q(until=None, state__in=[Event.State.PLANNED, Event.State.PUBLISHED])
        found = self.filter(Q(until__gte=today) | open_end)
        return found.order_by(F("starts_on").asc(nulls_last=True), "starts_at", "pk")

    def over(self, today: object) -> EventQuerySet:
        """What lies behind us, the newest first; a season counts until its last day."""
        ended = [Event.State.HELD, Event.State.CANCELLED, Event.State.REPLACED]
        found = self.filter(Q(until__lt=today) | Q(until=None, state__in=ended))
        return found.order_by(F("starts_on").desc(nulls_last=True), "-pk")


class Event(models.Model):
    """`starts_on` is exact only as far as `precision` says; `until` is its last possible day."""

    class Kind(models.TextChoices):
        CONFERENCE = "conference", _("Conference")
        ROUNDTABLE = "roundtable", _("Roundtable")
        WORKSHOP = "workshop", _("Workshop")
        VISIT = "visit", _("Visit")
        DELEGATION_TRIP = "delegation_trip", _("Delegation trip")
        WEBINAR = "webinar", _("Webinar")
        KICK_OFF = "kick_off", _("Kick-off")
        SUMMIT = "summit", _("Summit")
        LAB_MEETING = "lab_meeting", _("Lab meeting")
        MEETING = "meeting", _("Meeting")
        SERIES = "series", _("Series of events")

    class State(models.TextChoices):
        PLANNED = "planned", _("in planning")
        PUBLISHED = "published", _("announced")
        HELD = "held", _("held")
        CANCELLED = "cancelled", _("cancelled")
        REPLACED = "replaced", _("replaced by a digital form")

    TRANSITIONS = {
        State.PLANNED: {State.PUBLISHED, State.CANCELLED},
        State.PUBLISHED: {State.HELD, State.CANCELLED, State.REPLACED},
        State.HELD: set[str](),
        State.CANCELLED: set[str](),
        State.REPLACED: set[str](),
    }

    class Access(models.TextChoices):
        OPEN = "open", _("open to everybody")
        INVITED = "invited", _("by invitation")

    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    # The source language is the one in which the title was given.
    title = LocalizedTextField(default=LocalizedText)
    summary = LocalizedTextField(default=LocalizedText)
    description = LocalizedTextField(default=LocalizedText)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True, db_index=True)
    precision = models.CharField(
        max_length=8, choices=Encounter.Precision.choices, default=Encounter.Precision.DAY
    )
    is_tentative = models.BooleanField(default=False)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    time_zone = models.CharField(max_length=64, default="Europe/Berlin")
    mode = models.CharField(max_length=8, choices=Encounter.Setting.choices, blank=True)
    access = models.CharField(max_length=8, choices=Access.choices, default=Access.OPEN)
    invited = models.PositiveIntegerField(null=True, blank=True)
    attendance = models.PositiveIntegerField(null=True, blank=True)
    attendance_is_about = models.BooleanField(default=False)
    # What a trip is for, in both directions.
    learns = LocalizedTextField(default=LocalizedText)
    shows = LocalizedTextField(default=LocalizedText)
    reason = LocalizedTextField(default=LocalizedText)
    note = LocalizedTextField(default=LocalizedText)
    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, null=True, blank=True, related_name="events"
    )
    exchange_format = models.ForeignKey(
        ExchangeFormat, on_delete=models.PROTECT, null=True, blank=True, related_name="events"
    )
    forum = models.ForeignKey(
        Forum, on_delete=models.PROTECT, null=True, blank=True, related_name="events"
    )
    ordinal = models.PositiveSmallIntegerField(null=True, blank=True)
    predecessor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    replaced_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces"
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="events")
    # Registration: empty capacity means no limit; without `registration_until` only those who are
    # invited register.
    capacity = models.PositiveIntegerField(null=True, blank=True)
    registration_until = models.DateTimeField(null=True, blank=True)
    # Only those who registered are told where to dial in.
    joining = models.CharField(max_length=500, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)
    folded = models.CharField(max_length=1200, db_collation="C", default="")

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(starts_on=None, until=None) & Q(precision="unknown"))
                | (Q(starts_on__isnull=False, until__isnull=False) & ~Q(precision="unknown")),
                name="event_date_or_unknown",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="event_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(starts_at=None, ends_at=None)
                | Q(precision="day", ends_at__gt=F("starts_at")),
                name="event_times_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["cancelled", "replaced"]) | ~Q(reason={}),
                name="event_missed_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "held", "replaced"])
                | Q(published_at__isnull=False),
                name="event_published_has_time",
            ),
            models.CheckConstraint(condition=~Q(title={}), name="event_has_title"),
            models.CheckConstraint(
                condition=Q(ordinal=None) | Q(forum__isnull=False), name="event_number_has_forum"
            ),
            models.UniqueConstraint(fields=["forum", "ordinal"], name="event_number_once"),
            models.CheckConstraint(
                condition=(Q(predecessor=None) | ~Q(predecessor=F("id")))
                & (Q(replaced_by=None) | ~Q(replaced_by=F("id"))),
                name="event_follows_another",
            ),
            models.CheckConstraint(
                condition=Q(registration_until=None)
                | (Q(starts_at__isnull=False) & Q(registration_until__lte=F("ends_at"))),
                name="event_registration_before_end",
            ),
        ]
        indexes = [
            GinIndex(fields=["folded"], name="event_folded_trigrams", opclasses=["gin_trgm_ops"]),
            models.Index(fields=["starts_on", "id"], name="event_by_start"),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def is_open_to_register(self) -> bool:
        """Whether everybody can register at all; the deadline is another matter."""
        return (
            self.access == self.Access.OPEN
            and self.state == self.State.PUBLISHED
            and self.registration_until is not None
        )


class EventPlace(models.Model):
    """One of the places of an event: a house, a city, or both."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="places")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="event_places"
    )
    address = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "position"], name="event_place_once"),
        ]

    def __str__(self) -> str:
        return self.name
