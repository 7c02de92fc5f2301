"""The team of the office, as everybody reads it: the function first, the person may be replaced."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from foundation.languages import LocalizedText, LocalizedTextField


class OfficeContact(models.Model):
    """One function of the office; a name is shown only when the person has agreed."""

    function = LocalizedTextField()
    helps_with = LocalizedTextField(default=LocalizedText)
    unit = models.CharField(max_length=200, blank=True)
    person_name = models.CharField(max_length=200, blank=True)
    name_is_public = models.BooleanField(default=False)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    # Off: strangers reach the mailbox only through the form.
    shows_email = models.BooleanField(default=False)
    is_public = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(name_is_public=False) | ~Q(person_name=""),
                name="office_contact_shows_a_name",
            ),
            models.CheckConstraint(
                condition=Q(shows_email=False) | ~Q(email=""),
                name="office_contact_shows_an_address",
            ),
        ]

    def __str__(self) -> str:
        return str(self.function)
