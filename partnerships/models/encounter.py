"""A meeting of both cities, planned or held: gates and the clock of promises read only this.

Other apps write their events down here in these terms; `subject` is their generic key.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.languages import LocalizedTextField
from partnerships.models.exchange_format import ExchangeFormat
from partnerships.models.partnership import Partnership, Party


class Encounter(models.Model):
    """`on` is exact only as far as `precision` says; unknown dates stay unknown."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        HELD = "held", _("held")
        CANCELLED = "cancelled", _("cancelled")
        REPLACED = "replaced", _("replaced by another form")

    TRANSITIONS = {
        State.PLANNED: {State.HELD, State.CANCELLED, State.REPLACED},
        State.HELD: set[str](),
        State.CANCELLED: set[str](),
        State.REPLACED: set[str](),
    }

    class Precision(models.TextChoices):
        DAY = "day", _("Day")
        MONTH = "month", _("Month")
        SEASON = "season", _("Season")
        UNKNOWN = "unknown", _("Unknown")

    class Setting(models.TextChoices):
        ON_SITE = "on_site", _("on site")
        DIGITAL = "digital", _("digital")
        HYBRID = "hybrid", _("on site and digital")

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="encounters"
    )
    exchange_format = models.ForeignKey(
        ExchangeFormat, on_delete=models.PROTECT, null=True, blank=True, related_name="encounters"
    )
    title = LocalizedTextField()
    on = models.DateField(null=True, blank=True)
    precision = models.CharField(max_length=8, choices=Precision.choices, default=Precision.DAY)
    both_sides = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    reason = LocalizedTextField()
    # How people met; empty where the source does not say. A visit has a host.
    setting = models.CharField(max_length=8, choices=Setting.choices, blank=True)
    host = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, related_name="hosted"
    )
    mode = models.CharField(max_length=8, choices=ExchangeFormat.Mode.choices, blank=True)
    replaced_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces"
    )
    # What the source says beyond the date, or does not say.
    note = LocalizedTextField()
    subject_type = models.CharField(max_length=64, blank=True)
    subject_id = models.CharField(max_length=64, blank=True)
    # Where more stands about it, on this portal: written by whoever owns the subject.
    page = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = [models.F("on").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(on=None) & models.Q(precision="unknown"))
                | (models.Q(on__isnull=False) & ~models.Q(precision="unknown")),
                name="encounter_date_or_unknown",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["cancelled", "replaced"]) | ~models.Q(reason={}),
                name="encounter_missed_has_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(replaced_by=None)
                | (models.Q(state="replaced") & ~models.Q(replaced_by=models.F("id"))),
                name="encounter_replaced_by_another",
            ),
            models.UniqueConstraint(
                fields=["subject_type", "subject_id"],
                condition=~models.Q(subject_type=""),
                name="encounter_subject_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def kind(self) -> str:
        """Learn, develop or act: its own word, else that of its format; empty when unknown."""
        return self.mode or (self.exchange_format.mode if self.exchange_format else "")
