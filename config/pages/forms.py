"""The forms of the pages that mix apps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.accounts.forms import AddressField, ProvingForm


class OutboxFilter(forms.Form):
    """What to show of the outbox."""

    q = forms.CharField(label=_("Name, address or subject"), max_length=100, required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("all")),
            ("held", _("on hold")),
            ("letter", _("letter to be printed")),
            ("queued", _("leaves now")),
            ("failed", _("not delivered")),
            ("sent", _("left")),
            ("cancelled", _("thrown away")),
        ],
    )


class RewriteForm(forms.Form):
    """New words for a mail on hold."""

    subject = forms.CharField(label=_("Subject"), max_length=200)
    body = forms.CharField(
        label=_("Text"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 18})
    )

    def clean_subject(self) -> str:
        """One line: a line break would end the head of the mail."""
        return " ".join(str(self.cleaned_data["subject"]).split())


class CallNoteForm(forms.Form):
    """What was answered on the telephone."""

    note = forms.CharField(
        label=_("What was answered?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Please note in a few words what was answered.")},
    )


class NumberForm(forms.Form):
    """The number that stands on a document."""

    number = forms.CharField(
        label=_("Number of the document"),
        max_length=80,
        help_text=_("It stands at the foot of every page."),
        error_messages={"required": _("Please enter the number of the document.")},
    )

    def clean_number(self) -> str:
        return "".join(str(self.cleaned_data["number"]).split())


class UploadForm(forms.Form):
    """A document to be checked."""

    document = forms.FileField(
        label=_("PDF file"),
        help_text=_("At most 20 MB. We check the file and do not keep it."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
        error_messages={"required": _("Please choose a file.")},
    )


class BarrierForm(forms.Form):
    """A barrier on these pages."""

    problem = forms.CharField(
        label=_("What does not work for you?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Please describe the barrier in a few words.")},
    )
    page = forms.CharField(
        label=_("On which page?"),
        max_length=300,
        required=False,
        help_text=_("The address, or a few words."),
    )
    email = AddressField(
        required=False, help_text=_("Only if you want an answer. We use it for nothing else.")
    )

    def clean_page(self) -> str:
        return " ".join(str(self.cleaned_data["page"]).split())

    def clean(self) -> dict[str, Any]:
        return super().clean() or {}


def _understood() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("I understand that nobody can restore my account."),
        error_messages={"required": _("Please tick this box if you want to go on.")},
    )


class LeaveByFactorForm(ProvingForm):
    """Deleting one's account, confirmed by the second factor."""

    understood = _understood()

    def confirmation(self) -> dict[str, Any]:
        """What config.leaving.delete_account takes."""
        return {"proof": self.proof}


class LeaveByCodeForm(forms.Form):
    """Deleting one's account, confirmed by a mailed code."""

    understood = _understood()
    code = forms.CharField(
        label=_("Code from our mail"),
        max_length=20,
        help_text=_("Eight letters. It is valid for ten minutes."),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}
        ),
        error_messages={"required": _("Please enter the code from the mail.")},
    )

    def confirmation(self) -> dict[str, Any]:
        """What config.leaving.delete_account takes."""
        return {"code": self.cleaned_data["code"]}
