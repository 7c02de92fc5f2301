"""Forms of those who speak for a partnership: contacts, ambassadors, statements, news."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.accounts.forms import AddressField
from partnerships.forms.agreements import parties_of
from partnerships.forms.words import REQUIRED, WordsForm, day_field
from partnerships.models import Actor, Partnership, Party

SPOKEN = [("de", _("German")), ("en", _("English")), ("fi", _("Finnish"))]


class ContactDetailsForm(WordsForm):
    """A contact function with its mailbox; the person behind it may be replaced."""

    WORDS = {"function": (_("Function"), 1, True)}

    office = forms.CharField(label=_("Department or office"), max_length=200, required=False)
    email = AddressField(
        label=_("Mailbox of the function"),
        help_text=_("Messages from the contact form go there. Empty: to the office."),
        required=False,
    )
    shows_email = forms.BooleanField(label=_("Show the address to everybody."), required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    person_name = forms.CharField(label=_("Person at present"), max_length=200, required=False)
    name_is_public = forms.BooleanField(
        label=_("The person agrees that everybody can read the name."), required=False
    )


class ContactForm(ContactDetailsForm):
    """A new contact function on the side of one city."""

    party = forms.ModelChoiceField(Party.objects.none(), label=_("City"), error_messages=REQUIRED)

    def __init__(self, *args: Any, partnership: Partnership, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["party"].queryset = parties_of(partnership)  # type: ignore[attr-defined]


class ContactChangeForm(ContactDetailsForm):
    """New details; taking it off the page keeps the row."""

    is_public = forms.BooleanField(label=_("Show it on the page."), required=False)


class MessageForm(forms.Form):
    """What a visitor writes to a contact point."""

    name = forms.CharField(label=_("Your name"), max_length=120, error_messages=REQUIRED)
    email = AddressField(label=_("Your e-mail address"))
    message = forms.CharField(
        label=_("Your message"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages=REQUIRED,
    )


class AmbassadorForm(WordsForm):
    """An innovation ambassador of one city."""

    WORDS = {"role": (_("Role"), 1, True)}

    party = forms.ModelChoiceField(Party.objects.none(), label=_("City"), error_messages=REQUIRED)
    person_name = forms.CharField(label=_("Name"), max_length=200, required=False)
    name_is_public = forms.BooleanField(
        label=_("The person agrees that everybody can read the name."), required=False
    )
    email = AddressField(
        label=_("E-mail address of an account"),
        help_text=_("With it the person can log contacts. Empty: without an account."),
        required=False,
    )

    def __init__(self, *args: Any, partnership: Partnership, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["party"].queryset = parties_of(partnership)  # type: ignore[attr-defined]


class IntroductionForm(forms.Form):
    """Two actors who met, and when."""

    first = forms.ModelChoiceField(
        Actor.objects.filter(is_published=True), label=_("First actor"), error_messages=REQUIRED
    )
    second = forms.ModelChoiceField(
        Actor.objects.filter(is_published=True), label=_("Second actor"), error_messages=REQUIRED
    )
    on = day_field(_("Date"), required=True)
    note = forms.CharField(label=_("Note"), max_length=500, required=False)


class StatementForm(forms.Form):
    """Words of somebody in office, as they were said, with a translation beside them."""

    role = forms.CharField(
        label=_("Role of the person"),
        help_text=_("With the year, so that it does not look current: “Mayor (2022)”."),
        max_length=200,
        error_messages=REQUIRED,
    )
    party = forms.ModelChoiceField(
        Party.objects.none(), label=_("City"), required=False, empty_label=_("neither")
    )
    language = forms.ChoiceField(label=_("Language of the original"), choices=SPOKEN)
    original = forms.CharField(
        label=_("Original"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=REQUIRED,
    )
    translation_language = forms.ChoiceField(
        label=_("Language of the translation"), choices=SPOKEN, initial="en"
    )
    translation = forms.CharField(
        label=_("Translation"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    said_on = day_field(_("Date"))
    source = forms.CharField(label=_("Source"), max_length=300, error_messages=REQUIRED)

    def __init__(self, *args: Any, partnership: Partnership, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["party"].queryset = parties_of(partnership)  # type: ignore[attr-defined]


class NewsForm(WordsForm):
    """News with place, date and source."""

    WORDS = {"title": (_("Headline"), 1, True), "body": (_("Text"), 8, True)}

    place = forms.CharField(label=_("Place"), max_length=120, error_messages=REQUIRED)
    on = day_field(_("Date"), required=True)
    source = forms.CharField(label=_("Source"), max_length=300, error_messages=REQUIRED)
    source_url = forms.URLField(
        label=_("Address of the source"), max_length=200, required=False, assume_scheme="https"
    )
