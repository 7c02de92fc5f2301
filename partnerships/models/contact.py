"""Whom to ask: the function comes first, the person behind it may change.

A function mailbox outlives the person; agreements name only the function.
"""

from __future__ import annotations

from django.db import models

from foundation.languages import LocalizedTextField
from partnerships.models.partnership import Partnership, Party


class ContactRole(models.Model):
    """One contact function on the side of one city."""

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="contact_roles"
    )
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="contact_roles")
    position = models.PositiveSmallIntegerField(default=0)
    function = LocalizedTextField()
    office = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    person_name = models.CharField(max_length=200, blank=True)
    name_is_public = models.BooleanField(default=False)
    is_public = models.BooleanField(default=True)
    phone = models.CharField(max_length=40, blank=True)
    # Off: strangers reach the mailbox only through the form.
    shows_email = models.BooleanField(default=False)

    class Meta:
        ordering = ["party__position", "position", "pk"]

    def __str__(self) -> str:
        return str(self.function)
