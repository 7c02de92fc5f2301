"""Forms of the contact page: a function of the office, and what a visitor writes to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.accounts.forms import AddressField
from partnerships.directory import office_contacts
from partnerships.directory.office_contacts import Details
from partnerships.forms.voices import MessageForm
from partnerships.forms.words import WordsForm
from partnerships.models import OfficeContact


class OfficeContactForm(WordsForm):
    """A function of the office; the person behind it may be replaced."""

    WORDS = {
        "function": (_("Function"), 1, True),
        "helps_with": (_("Helps with"), 2, False),
    }

    unit = forms.CharField(label=_("Department or office"), max_length=200, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    email = AddressField(
        label=_("Mailbox of the function"),
        help_text=_("Messages from the contact form go there. Empty: to the office."),
        required=False,
    )
    shows_email = forms.BooleanField(label=_("Show the address to everybody."), required=False)
    person_name = forms.CharField(label=_("Person at present"), max_length=200, required=False)
    name_is_public = forms.BooleanField(
        label=_("The person agrees that everybody can read the name."), required=False
    )
    is_public = forms.BooleanField(label=_("Show it on the page."), required=False, initial=True)

    def details(self) -> Details:
        """What was typed, for the domain."""
        plain = {name: self.cleaned_data[name] for name in OfficeContactForm.base_fields}
        return Details(
            function=self.words("function"), helps_with=self.words("helps_with"), **plain
        )


class OfficeMessageForm(MessageForm):
    """What a visitor writes to the office; whom it concerns may be left open."""

    to = forms.ModelChoiceField(
        OfficeContact.objects.none(),
        label=_("Whom does it concern?"),
        required=False,
        empty_label=_("I do not know: to the office"),
    )

    field_order = ["to", "message", "name", "email"]

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["to"].queryset = office_contacts.shown()  # type: ignore[attr-defined]
