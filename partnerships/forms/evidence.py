"""Forms of signing: click, passkey, paper, a file from elsewhere, a certificate of one's own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from foundation.accounts.forms import PasskeyField
from foundation.documents.uploads import MAX_BYTES
from partnerships.forms.words import REQUIRED, day_field
from partnerships.models import Signatory, Submission

DIGEST = r"^[0-9a-f]{64}$"


class UploadField(forms.FileField):
    """One file, measured before it is read."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("error_messages", {"required": _("Please choose the file.")})
        super().__init__(allow_empty_file=True, **options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if upload and upload.size > MAX_BYTES:
            sentence = _("The file is larger than %(limit)s MB. It was not kept.")
            raise ValidationError(sentence % {"limit": MAX_BYTES // (1024 * 1024)})
        return upload


class SignForm(forms.Form):
    """The digests that were shown, the consent, and a code or the answer of a passkey."""

    version_sha256 = forms.RegexField(DIGEST, max_length=64, widget=forms.HiddenInput)
    pdf_sha256 = forms.RegexField(DIGEST, max_length=64, widget=forms.HiddenInput)
    credential = PasskeyField(required=False)
    consent = forms.BooleanField(
        label=_("I have read this version and sign it for my city."),
        error_messages={"required": _("Please confirm that you sign this version.")},
    )
    code = forms.CharField(
        label=_("Code from your authenticator app"),
        help_text=_("Six digits. They show that it is you."),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def __init__(self, *args: Any, asks_code: bool, has_passkey: bool, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.has_passkey = has_passkey
        if not asks_code:
            del self.fields["code"]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not typed.get("credential") and not typed.get("code"):
            if "code" in self.fields:
                self.add_error("code", _("Enter the six digits that your app shows now."))
            elif self.has_passkey:
                self.add_error(None, _("Sign with your passkey: press its button."))
        return typed


class BringForm(forms.Form):
    """A scan of paper, or a file that was signed in another program."""

    place = forms.ModelChoiceField(
        Signatory.objects.none(), label=_("Whose signature"), error_messages=REQUIRED
    )
    kind = forms.ChoiceField(
        label=_("How it was signed"),
        choices=Submission.Kind.choices,
        widget=forms.RadioSelect,
        error_messages=REQUIRED,
    )
    signed_on = day_field(_("Day of the signature"), required=True)
    file = UploadField(
        label=_("Scan or file"),
        help_text=_("PDF; a scan of paper also as JPG or PNG. At most 20 MB."),
    )

    def __init__(self, *args: Any, places: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["place"].queryset = places  # type: ignore[attr-defined]
        self.fields["place"].label_from_instance = _place_label  # type: ignore[attr-defined]


class CompareForm(forms.Form):
    """The reviewer's answer; digits only for paper."""

    answer = forms.ChoiceField(
        label=_("Your answer"), widget=forms.RadioSelect, error_messages=REQUIRED
    )
    digits = forms.CharField(
        label=_("Digits at the foot of the pages"),
        help_text=_("The 16 digits of the digest, read from the scan, not from this page."),
        max_length=100,
        required=False,
    )
    reason = forms.CharField(
        label=_("Reason, if you refuse"),
        help_text=_("Everybody involved will read it."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, kind: str, **kw: Any) -> None:
        super().__init__(*args, **kw)
        agrees = (
            _("The scan shows this version, signed by the person named.")
            if kind == Submission.Kind.PAPER
            else _("I have compared the text: it is word for word this version, and it is signed.")
        )
        self.fields["answer"].choices = [  # type: ignore[attr-defined]
            ("yes", agrees),
            ("no", _("It does not fit. I refuse it.")),
        ]
        if kind != Submission.Kind.PAPER:
            del self.fields["digits"]


class DeputyForm(forms.Form):
    """For whom somebody signs, and the document that allows it."""

    deputy_for = forms.CharField(
        label=_("Signs in place of"),
        help_text=_("Name and function of the person who is represented."),
        max_length=200,
        error_messages=REQUIRED,
    )
    file = UploadField(
        label=_("Authority document"), help_text=_("PDF, JPG or PNG, at most 20 MB.")
    )


class FileNumberForm(forms.Form):
    """The number under which a city files the agreement."""

    number = forms.CharField(label=_("Own file number"), max_length=80, error_messages=REQUIRED)


class UploadForm(forms.Form):
    """The file that came back from one's own signing program."""

    file = UploadField(label=_("Signed PDF"), help_text=_("At most 20 MB."))


def _place_label(place: Signatory) -> str:
    return f"{place.name}, {place.function} ({place.party})"
