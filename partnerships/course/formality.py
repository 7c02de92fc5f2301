"""How formal a partnership is: noted step by step, and mapped to the four usual categories.

The categories are those of the German section of the Council of European Municipalities and
Regions; the relation (innovation, project, town twinning, contact) stays a word of its own.
"""

from __future__ import annotations

import datetime as dt

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from partnerships.models import FormalityStep, Partnership

Formality = Partnership.Formality
Relation = Partnership.Relation


class Category(models.TextChoices):
    """What the usual lists of city ties would call it."""

    PARTNERSHIP = "partnership", gettext_lazy("Partnership")
    FRIENDSHIP = "friendship", gettext_lazy("Friendship")
    PROJECT = "project", gettext_lazy("Project partnership")
    CONTACT = "contact", gettext_lazy("Contact")


class BasisMissing(DomainError):
    """A degree of formality needs the paper or decision that it rests on."""


class NotYet(DomainError):
    """A step of formality cannot hold from a day that is still to come."""


def note_letter(partnership: Partnership, number: str) -> None:
    """A concluded letter of intent counts by itself, unless the tie is more formal already."""
    partnership.refresh_from_db(fields=["formality"])
    if partnership.formality in {Formality.NONE, Formality.NOTED}:
        basis = LocalizedText.of("de", text=number, en=number)
        note_formality(partnership, Formality.LETTER_OF_INTENT, basis=basis, by=None)


def note_formality(
    partnership: Partnership,
    formality: Partnership.Formality,
    *,
    basis: LocalizedText,
    by: User | None,
    since: dt.date | None = None,
) -> FormalityStep:
    """Note how formal the partnership is since a day; raises BasisMissing, NotYet.

    The step with the latest day decides what the partnership is today.
    """
    since = since or timezone.localdate()
    if not basis:
        raise BasisMissing(
            "basis-missing", _("Name the basis, for example a council decision or a letter.")
        )
    if since > timezone.localdate():
        raise NotYet("not-yet", _("This day is still to come. Note the step when it holds."))
    with transaction.atomic():
        Partnership.objects.select_for_update().get(pk=partnership.pk)
        step = FormalityStep.objects.create(
            partnership=partnership, formality=formality, basis=basis, since=since, by=by
        )
        newest = partnership.formality_steps.order_by("-since", "-pk")[0]
        Partnership.objects.filter(pk=partnership.pk).update(formality=newest.formality)
        trail.record("partnership.formality", partnership, by=by, step=step.pk, to=formality)
    partnership.formality = newest.formality
    return step


def category_of(partnership: Partnership) -> Category:
    """The usual category: without a signed basis a contact, else by relation and term.

    Only town twinning without an end is called a partnership there; an innovation partnership is
    a friendship while it is open-ended and a project partnership when it is limited in time.
    """
    if partnership.relation == Relation.CONTACT:
        return Category.CONTACT
    if partnership.formality not in (Formality.LETTER_OF_INTENT, Formality.CONTRACT):
        return Category.CONTACT
    if partnership.relation == Relation.PROJECT:
        return Category.PROJECT
    if partnership.relation == Relation.TWINNING:
        return Category.FRIENDSHIP if partnership.ends_on else Category.PARTNERSHIP
    return Category.PROJECT if partnership.ends_on else Category.FRIENDSHIP
