"""The draw of one call: pool, declarations, result. One per call, and never changed.

Every published file lies here as the bytes whose digest everybody compares.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from circles.models.application import Application
from circles.models.call import Call


class Draw(models.Model):
    """The frozen pool of a call; append-only. "Drawn" is derived from its result."""

    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="draw")
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    seats = models.PositiveSmallIntegerField()
    received = models.PositiveIntegerField()
    withdrawn = models.PositiveIntegerField()
    qualified = models.PositiveIntegerField()
    rejected = models.PositiveIntegerField()
    pool_txt = models.BinaryField()
    pool_sha256 = models.CharField(max_length=64)
    lottery_txt = models.BinaryField(null=True)
    lottery_sha256 = models.CharField(max_length=64, blank=True)
    rejected_txt = models.BinaryField(null=True)
    rejected_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    received=models.F("withdrawn") + models.F("qualified") + models.F("rejected")
                ),
                name="draw_counts_add_up",
            ),
        ]

    def __str__(self) -> str:
        return f"draw of call {self.call_id}"


class Declaration(models.Model):
    """A fingerprint of what will be drawn and how; proposed by one person, confirmed by another."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="declarations")
    version = models.PositiveSmallIntegerField()
    declaration_txt = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    drand_round = models.PositiveBigIntegerField(null=True)
    dice_count = models.PositiveSmallIntegerField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(db_default=Now())
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    cut_off_at = models.DateTimeField(null=True)
    fallback_on = models.DateField(null=True)
    lapsed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "version"], name="declaration_version_once"),
            models.UniqueConstraint(
                fields=["draw"], condition=Q(lapsed_at=None), name="declaration_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | (
                    Q(confirmed_by__isnull=False, confirmed_at__isnull=False)
                    & ~Q(confirmed_by=models.F("proposed_by"))
                ),
                name="declaration_two_people",
            ),
            models.CheckConstraint(
                condition=Q(drand_round=None, cut_off_at=None)
                | Q(drand_round__isnull=False, cut_off_at__isnull=False),
                name="declaration_round_has_cut_off",
            ),
            models.CheckConstraint(
                condition=Q(fallback_on=None) | Q(drand_round__isnull=False),
                name="declaration_fallback_needs_round",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draw_id} v{self.version}"


class DrawResult(models.Model):
    """What came out: a function of public files. One per draw, for ever."""

    draw = models.OneToOneField(Draw, on_delete=models.PROTECT, related_name="result")
    declaration = models.OneToOneField(Declaration, on_delete=models.PROTECT, related_name="result")
    seed_txt = models.BinaryField()
    seed_sha256 = models.CharField(max_length=64)
    result_txt = models.BinaryField()
    result_sha256 = models.CharField(max_length=64)
    drawn_at = models.DateTimeField(db_default=Now())
    software = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.result_sha256


class Place(models.Model):
    """The place of one ticket in the order: 1 … seats, then the reserve list."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="places")
    number = models.PositiveIntegerField()
    ticket = models.CharField(max_length=40)
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, null=True, related_name="places"
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "number"], name="place_number_once"),
            models.UniqueConstraint(fields=["draw", "ticket"], name="place_ticket_once"),
        ]

    def __str__(self) -> str:
        return f"{self.draw_id} {self.number}"
