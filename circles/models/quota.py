"""What a call with quotas asks beyond its criteria: attributes with a closed list of values.
Off by default; a trigger keeps attributes and limits as they were when the call opened.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from circles.models.application import Application
from circles.models.call import Call
from foundation.languages import LocalizedText, LocalizedTextField


class QuotaAttribute(models.Model):
    """A question of the application form whose answers are drawn with quotas."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="attributes")
    position = models.PositiveSmallIntegerField()
    question = LocalizedTextField(default=LocalizedText)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["call", "position"], name="attribute_position_once")
        ]

    def __str__(self) -> str:
        return f"{self.call_id} attribute {self.position}"


class QuotaValue(models.Model):
    """One possible answer; of those seated by lot, `least` to `most` shall have given it."""

    attribute = models.ForeignKey(QuotaAttribute, on_delete=models.CASCADE, related_name="values")
    position = models.PositiveSmallIntegerField()
    label = LocalizedTextField(default=LocalizedText)
    least = models.PositiveSmallIntegerField(default=0)
    most = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["attribute", "position"], name="quota_value_position_once"
            ),
            models.CheckConstraint(condition=Q(least__lte=F("most")), name="quota_least_to_most"),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=8), name="quota_value_position"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attribute_id} {self.code}"

    @property
    def code(self) -> str:
        """How published files name it: a, b, c …, which says nothing about a person."""
        return chr(ord("a") + self.position - 1)


class QuotaAnswer(models.Model):
    """What an applicant said about an attribute, with consent; deleted with the person's data."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="quota_answers"
    )
    attribute = models.ForeignKey(QuotaAttribute, on_delete=models.PROTECT, related_name="+")
    value = models.ForeignKey(QuotaValue, on_delete=models.PROTECT, related_name="answers")
    consent_version = models.CharField(max_length=20)
    consented_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "attribute"], name="quota_answer_once")
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.attribute_id}"
