"""The forms around a person's account: getting in, second factor, password, own data.

Where allauth leads, the forms derive from its own and differ in words and in how tries are counted.
"""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.internal.userkit import filter_users_by_email
from allauth.core import context
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from foundation.accounts import factor, letters, passkeys
from foundation.accounts.models import User
from foundation.accounts.people import one_line
from foundation.accounts.proof import Proof, find_proof, prove_now
from foundation.accounts.tries import MAILS, WRONG_PASSWORDS
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.posting.limits import TooOften


class AddressField(forms.EmailField):
    """An address of mail, with our words."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("E-mail address"))
        options.setdefault("max_length", 254)
        super().__init__(**options)
        self.widget.attrs["autocomplete"] = "email"
        self.error_messages["required"] = _("Please enter your e-mail address.")

    def clean(self, value: Any) -> str:
        return str(super().clean(value)).lower()


class CodeField(forms.CharField):
    """A code of the authenticator app."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Code from your authenticator app"))
        options.setdefault("max_length", 20)
        super().__init__(**options)
        self.widget.attrs |= {"autocomplete": "one-time-code", "inputmode": "numeric"}
        self.error_messages["required"] = _("Please enter the code that your app shows now.")


class NewPasswordField(forms.CharField):
    """A password to be set, with the rules beside it."""

    def __init__(self, **options: Any) -> None:
        widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
        options.setdefault("help_text", _("At least 12 characters. A short sentence is best."))
        super().__init__(widget=widget, strip=False, max_length=200, **options)
        self.error_messages["required"] = _("Please enter a password.")


def _password(label: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})
    missing = {"required": _("Please enter your password.")}
    return forms.CharField(
        label=label, widget=widget, strip=False, max_length=200, error_messages=missing
    )


def _count_mails(address: str) -> None:
    """Limit code and reset mails by the address they go to; raises ValidationError."""
    try:
        for limit in MAILS:
            limit.use(address)
    except TooOften as refusal:
        raise ValidationError(refusal.message, code=refusal.code) from refusal


class LoginForm(allauth_forms.LoginForm):
    """Address and password; the code of the app follows on the next page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = AddressField()
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"] = _password(_("Password"))
        self.order_fields(["login", "password"])


class AskForCodeForm(allauth_forms.RequestLoginCodeForm):
    """The address to which a login code goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = AddressField()

    def clean_email(self) -> str:
        address = str(self.cleaned_data["email"])
        _count_mails(address)
        found = filter_users_by_email(address, is_active=True, for_login=True)
        self._user = found[0] if found else None
        return address


class EnterCodeForm(allauth_forms.ConfirmLoginCodeForm):
    """The code from the mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attrs = {"autocomplete": "one-time-code", "autocapitalize": "characters"}
        self.fields["code"] = forms.CharField(
            label=_("Code"),
            max_length=20,
            widget=forms.TextInput(attrs=attrs),
            error_messages={"required": _("Please enter the code from the mail.")},
        )


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    """The address to which the link for a new password goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = AddressField()

    def clean_email(self) -> str:
        address = str(super().clean_email())
        _count_mails(address)
        return address

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """One mail either way, so that nobody learns who has an account."""
        if self.users:
            return str(super().save(request, **kwargs))
        letters.tell_unknown(self.cleaned_data["email"])
        return str(self.cleaned_data["email"])


class _TwicePassword(forms.Form):
    """A new password, typed twice."""

    password1 = NewPasswordField(label=_("New password"))
    password2 = NewPasswordField(label=_("New password, once more"), help_text="")

    user: User

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, second = data.get("password1"), data.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two entries differ."))
        elif first:
            try:
                password_validation.validate_password(first, self.user)
            except ValidationError as refusal:
                self.add_error("password1", refusal)
        return data


class NewPasswordForm(_TwicePassword):
    """Behind the link of a reset mail; called by allauth."""

    def __init__(
        self, *args: Any, user: User | None = None, temp_key: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user = user or User()

    def save(self) -> None:
        self.user.set_password(self.cleaned_data["password1"])
        with transaction.atomic():
            self.user.save(update_fields=["password"])
            trail.record("password.changed", self.user, by=self.user)


class ChangePasswordForm(_TwicePassword):
    """Asks for the old password, unless there is none yet."""

    current = _password(_("Current password"))
    field_order = ["current", "password1", "password2"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if not user.has_usable_password():
            del self.fields["current"]

    def clean_current(self) -> str:
        """Tries count as those of the login page do."""
        current = str(self.cleaned_data["current"])
        try:
            WRONG_PASSWORDS.use(self.user.email)
        except TooOften as refusal:
            raise ValidationError(refusal.message, code=refusal.code) from refusal
        if not self.user.check_password(current):
            raise ValidationError(_("This is not your current password."), code="wrong-password")
        WRONG_PASSWORDS.give_back(self.user.email)
        return current


class FactorAtLoginForm(forms.Form):
    """The second step of a login: the app's code, or a recovery code. Called by allauth."""

    code = CodeField(
        help_text=_("Six digits. Phone lost? Enter one of your recovery codes."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        try:
            self.authenticator = factor.use_code(self.user, code, recovery=True)
        except DomainError as refusal:
            raise ValidationError(refusal.message, code=refusal.code) from refusal
        return code

    def save(self) -> None:
        self.authenticator.user = self.user
        post_authentication(context.request, self.authenticator)


class PasskeyField(forms.JSONField):
    """What the browser hands over after it has asked the passkey; filled in by a script."""

    def __init__(self, **options: Any) -> None:
        sentence = _("The passkey did not answer. Try again, or use the code of your app.")
        options.setdefault("error_messages", {"required": sentence, "invalid": sentence})
        super().__init__(widget=forms.HiddenInput, **options)

    def clean(self, value: Any) -> Any:
        answer = super().clean(value)
        if answer and not isinstance(answer, dict):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return answer


class PasskeyAtLoginForm(forms.Form):
    """The second step of a login by passkey. Called by allauth."""

    credential = PasskeyField()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.has_passkeys = bool(passkeys.passkeys_of(user))
        self.has_app = factor.has_app(user)

    def clean_credential(self) -> Authenticator:
        answer = self.cleaned_data["credential"]
        try:
            return passkeys.confirm(context.request, self.user, answer)
        except DomainError as refusal:
            raise ValidationError(refusal.message, code=refusal.code) from refusal

    def save(self) -> None:
        passkey = self.cleaned_data["credential"]
        passkey.user = self.user
        post_authentication(context.request, passkey)


class NewPasskeyForm(forms.Form):
    """A name, and what the browser made."""

    name = forms.CharField(
        label=_("Name of the passkey"),
        help_text=_("So that you know it again, such as “Office computer”."),
        max_length=100,
        error_messages={"required": _("Please give the passkey a name.")},
    )
    credential = PasskeyField(
        error_messages={"required": _("Your browser made no passkey. Please try again.")}
    )


class PasskeyNameForm(forms.Form):
    """Another name."""

    name = forms.CharField(
        label=_("Name of the passkey"),
        max_length=100,
        error_messages={"required": _("Please give the passkey a name.")},
    )


class PasskeyConfirmForm(forms.Form):
    """The answer of a passkey that confirms a step."""

    credential = PasskeyField()


class EnrolForm(forms.Form):
    """The first code of a freshly linked app."""

    code = CodeField(help_text=_("Six digits, as the app shows them."))


def _passkey_hint(request: HttpRequest) -> SafeString:
    aim = urlencode({"next": request.get_full_path()})
    words = _("You can also confirm with your passkey first.")
    return format_html('<a href="{}?{}">{}</a>', reverse("confirm_factor"), aim, words)


class ProvingForm(forms.Form):
    """Base of forms that need a fresh second factor: asks for a code only when there is none.

    After validation `proof` is set; a refused code is an error at the field, nothing typed is lost.
    Pass `request=`; fields of subclasses come first.
    """

    code = CodeField(help_text=_("This step needs a fresh confirmation."))

    proof: Proof

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.fields["code"] = self.fields.pop("code")  # to the end
        if isinstance(request.user, User) and passkeys.passkeys_of(request.user):
            self.fields["code"].help_text = _passkey_hint(request)
        self._found = find_proof(request)
        if self._found is not None:
            del self.fields["code"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self._found is not None:
            self.proof = self._found
        elif not self.errors:  # a code is spent only on a form that is otherwise right
            try:
                self.proof = prove_now(self.request, data["code"])
            except DomainError as refusal:
                self.add_error("code", ValidationError(refusal.message, code=refusal.code))
        return data


class ConfirmForm(ProvingForm):
    """Nothing but the code."""


class AccountForm(forms.ModelForm):
    """What a person may change about themselves."""

    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    language = forms.ChoiceField(label=_("Language of our mails"), choices=settings.LANGUAGES)

    class Meta:
        model = User
        fields = ["name", "language"]

    def clean_name(self) -> str:
        return one_line(str(self.cleaned_data["name"]))
