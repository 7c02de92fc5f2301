"""The forms of role management; each asks for a fresh second factor when there is none."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.pages import subjects
from foundation.accounts.appointments import Office
from foundation.accounts.forms import AddressField, ProvingForm
from foundation.accounts.invitations import NOT_BY_INVITATION
from foundation.accounts.models import Mandate, Role


class RoleFilter(forms.Form):
    """What to show of the list of roles."""

    q = forms.CharField(label=_("Name or address"), max_length=100, required=False)
    role = forms.ChoiceField(
        label=_("Role"), choices=[("", _("all")), *Role.choices], required=False
    )


class LastDayField(forms.DateField):
    """The last day of a term; the term ends with that day in the city's time zone."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(label=_("Last day"), required=False, widget=widget, **options)

    def clean(self, value: Any) -> dt.datetime | None:
        day = super().clean(value)
        if day is None:
            return None
        midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min)
        return timezone.make_aware(midnight, timezone.get_default_timezone())


class _ForAnOffice(ProvingForm):
    """What a role is given for; subclasses add to whom."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    subject = forms.ChoiceField(
        label=_("For"),
        required=False,
        help_text=_("Partners, signatories and members of circles need something to be for."),
    )
    last_day = LastDayField(help_text=_("Auditors need one; others may have one."))
    function = forms.CharField(
        label=_("Function"),
        max_length=200,
        required=False,
        help_text=_("For example: Lord Mayor, internal audit."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = subjects.choices()  # type: ignore[attr-defined]

    def office(self) -> Office:
        """The wish in the domain's terms."""
        data = self.cleaned_data
        return Office(
            role=Role(data["role"]),
            subject=subjects.find(data["subject"]),
            ends_at=data["last_day"],
            function=data["function"],
        )

    def of_what(self) -> str:
        """The name of the object for the mail, or nothing."""
        subject = subjects.find(self.cleaned_data["subject"])
        return "" if subject is None else subjects.name_of(subject)


class GrantForm(_ForAnOffice):
    """A role for a person whom the administrator vouches for."""

    email = AddressField()
    name = forms.CharField(label=_("Name"), max_length=200)
    field_order = ["email", "name", "role", "subject", "last_day", "function", "code"]


class InviteForm(_ForAnOffice):
    """A role for whoever owns an address, after they confirmed it."""

    email = AddressField()
    language = forms.ChoiceField(
        label=_("Language of the mail"), choices=settings.LANGUAGES, required=False
    )
    field_order = ["email", "language", "role", "subject", "last_day", "function", "code"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (role.value, role.label) for role in Role if role not in NOT_BY_INVITATION
        ]


class DeputyForm(ProvingForm):
    """A deputy for the holder of a mandate; role and object are those of the holder."""

    email = AddressField()
    name = forms.CharField(label=_("Name"), max_length=200)
    last_day = LastDayField(help_text=_("Empty: as long as the role of the person deputised."))
    field_order = ["email", "name", "last_day", "code"]

    def __init__(self, *args: Any, principal: Mandate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.principal = principal

    def _subject(self) -> Any:
        return subjects.find(f"{self.principal.subject_type}:{self.principal.subject_id}")

    def office(self) -> Office:
        return Office(
            role=Role(self.principal.role),
            subject=self._subject(),
            ends_at=self.cleaned_data["last_day"] or self.principal.ends_at,
            function=self.principal.function,
            deputy_of=self.principal,
        )

    def of_what(self) -> str:
        subject = self._subject()
        return "" if subject is None else subjects.name_of(subject)
