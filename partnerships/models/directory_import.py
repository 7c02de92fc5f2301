"""A table that was uploaded to the directory: judged row by row, carried out only when confirmed.

What a row made or changed is kept beside it, so that the import can be taken back.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.documents.models import StoredFile
from partnerships.models.actor import Actor

UNDO_WITHIN = dt.timedelta(days=14)


class DirectoryImport(models.Model):
    """`encoding` and `separator` say how the file was read."""

    class State(models.TextChoices):
        PREVIEWED = "previewed", _("waits for your decision")
        RUNNING = "running", _("is being imported")
        DONE = "done", _("imported")
        UNDOING = "undoing", _("is being taken back")
        UNDONE = "undone", _("taken back")
        DISCARDED = "discarded", _("discarded")

    TRANSITIONS = {
        State.PREVIEWED: {State.RUNNING, State.DISCARDED},
        State.RUNNING: {State.DONE},
        State.DONE: {State.UNDOING},
        State.UNDOING: {State.UNDONE},
        State.UNDONE: set[str](),
        State.DISCARDED: set[str](),
    }

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    encoding = models.CharField(max_length=12)
    separator = models.CharField(max_length=1)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREVIEWED)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(db_default=Now())
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    state__in=["previewed", "running", "discarded"], done_at__isnull=True
                )
                | models.Q(state__in=["done", "undoing", "undone"], done_at__isnull=False),
                name="directory_import_done_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"import {self.pk}"

    @property
    def is_under_way(self) -> bool:
        return self.state in {self.State.RUNNING, self.State.UNDOING}

    @property
    def can_be_undone(self) -> bool:
        """Whether taking it back is still offered."""
        if self.state != self.State.DONE or self.done_at is None:
            return False
        return timezone.now() < self.done_at + UNDO_WITHIN


class ImportRow(models.Model):
    """One row: `line` in the file, `values` by column, `remarks` in the uploader's language.

    `before` and `after` are the entry around the change; `before` is empty for a new entry.
    """

    class Verdict(models.TextChoices):
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        UNCHANGED = "unchanged", _("unchanged")
        REPEATED = "repeated", _("repeated")
        FAULTY = "faulty", _("faulty")

    batch = models.ForeignKey(DirectoryImport, on_delete=models.PROTECT, related_name="rows")
    line = models.PositiveIntegerField()
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    name = models.CharField(max_length=300, blank=True)
    values = models.JSONField(default=dict)
    remarks = models.JSONField(default=list)
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, null=True, related_name="+")
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    is_done = models.BooleanField(default=False)
    is_undone = models.BooleanField(default=False)

    class Meta:
        ordering = ["line", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "line"], name="import_row_once"),
            models.CheckConstraint(
                condition=models.Q(is_done=False) | models.Q(verdict__in=["new", "changed"]),
                name="import_row_only_good_ones_done",
            ),
        ]

    def __str__(self) -> str:
        return f"line {self.line}"
