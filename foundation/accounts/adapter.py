"""How allauth behaves here: nobody signs up, limits key on accounts, mails go to the outbox."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from foundation.accounts import letters, mandates
from foundation.accounts.models import User
from foundation.accounts.returning import is_own_address
from foundation.accounts.tries import WRONG_PASSWORDS
from foundation.posting.limits import TooOften


class AccountAdapter(DefaultAccountAdapter):
    """People come in by an application, an invitation or an administrator."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "Address and password do not fit together. You can also log in with a code."
        ),
        "incorrect_code": _("This code is not right. Please compare it with the newest mail."),
        "too_many_login_attempts": _(
            "That was tried too often. Please wait a few minutes, or ask for a new code."
        ),
        "invalid_password_reset": _("This link was used before or is too old."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        """`next=` never leaves the host."""
        return is_own_address(self.request, url)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link for a new password, on the portal's own address whatever host was asked."""
        path = urlsplit(super().get_reset_password_from_key_url(key)).path
        return f"{settings.PUBLIC_URL}{path}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """allauth's mails in our words; those that it does not need here are not sent."""
        user = context.get("user") or User.objects.filter(email=email.lower()).first()
        if user is None:
            return
        if template_prefix == "account/email/login_code":
            letters.send_code(user, context["code"])
        elif template_prefix == "account/email/password_reset_key":
            letters.send_reset_link(user, context["password_reset_url"])
        elif template_prefix == "account/email/password_reset":
            letters.tell_change(user, "password-changed")

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Notices without network address and browser: we do not keep those."""
        self.send_mail(template_prefix, email or user.email, {"user": user})

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Only refusals: what went well shows on the next page anyway."""
        if message:
            messages.add_message(request, level, message, extra_tags=extra_tags)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a password try by address of mail, known or not, never by network address."""
        try:
            WRONG_PASSWORDS.use(credentials["email"].lower())
        except TooOften as refusal:
            raise self.validation_error("too_many_login_attempts") from refusal

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        user: User | None = super().authenticate(request, **credentials)
        if user is not None:
            WRONG_PASSWORDS.give_back(credentials["email"].lower())
        return user

    def post_login(self, request: HttpRequest, user: User, **login: Any) -> HttpResponse:
        """Staff whose roles rest for want of a second factor go to set it up first."""
        response = super().post_login(request, user, **login)
        if mandates.rest_without_factor(user):
            aim = urlencode({"next": response["Location"]})
            return HttpResponseRedirect(f"{reverse('enrol_factor')}?{aim}")
        return response
