"""Who signs for which city: one to three people a side, each with a function."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from foundation.documents.models import StoredFile
from foundation.languages import LocalizedTextField
from partnerships.models.agreement import Agreement
from partnerships.models.partnership import Party

MOST_A_SIDE = 3


class Signatory(models.Model):
    """`user` may still be without password: a code by e-mail lets them in."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="signatories")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="signatories")
    position = models.PositiveSmallIntegerField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="signatories"
    )
    name = models.CharField(max_length=200)
    function = LocalizedTextField()
    # Signs "in Vertretung": for whom, and the document that allows it.
    deputy_for = models.CharField(max_length=200, blank=True)
    authority = models.OneToOneField(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Evidence over older versions keeps its row when somebody else signs the next one.
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["party__position", "position"]
        verbose_name_plural = "signatories"
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "party", "position"],
                condition=models.Q(released_at=None),
                name="signatory_position_once",
            ),
            models.CheckConstraint(
                condition=models.Q(position__range=(1, MOST_A_SIDE)), name="signatory_one_to_three"
            ),
            # Nobody signs for two parties.
            models.UniqueConstraint(
                fields=["agreement", "user"],
                condition=models.Q(released_at=None),
                name="signatory_one_party",
            ),
            models.CheckConstraint(
                condition=models.Q(deputy_for="", authority=None)
                | (~models.Q(deputy_for="") & models.Q(authority__isnull=False)),
                name="signatory_deputy_has_authority",
            ),
        ]

    def __str__(self) -> str:
        return self.name
