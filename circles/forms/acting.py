"""On whose seat somebody acts who reads one mailbox for two members; nobody else is asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext as _

from circles.models import SeatTerm
from circles.seating import acting

F = TypeVar("F", bound=forms.Form)


class SeatField(forms.ModelChoiceField):
    """One of the own seats, by seat and name."""

    def label_from_instance(self, obj: Any) -> str:
        return acting.seat_and_name(obj)


def ask_seat(form: F, terms: Sequence[SeatTerm], *, first: SeatTerm | None = None) -> F:
    """The form, with `seat` for whoever has several; it begins with the one that comes `first`."""
    if len(terms) > 1:
        own = SeatTerm.objects.filter(pk__in=[term.pk for term in terms])
        form.fields["seat"] = SeatField(
            own.select_related("seat", "person").order_by("seat__number"),
            label=_("For whom are you doing this?"),
            help_text=_("Your mailbox is shared by two members. Each acts once for themselves."),
            initial=first or terms[0],
            empty_label=None,
        )
        form.order_fields(["seat"])
    return form


def seat_in(form: forms.Form) -> SeatTerm | None:
    """What was chosen, or None."""
    found: SeatTerm | None = form.cleaned_data.get("seat")
    return found
