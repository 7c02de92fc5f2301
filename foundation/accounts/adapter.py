"""How allauth behaves here: nobody signs up by a form, and its mails go through the outbox."""

from __future__ import annotations

import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from foundation.accounts.models import User
from foundation.mail import outbox


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """People come in by an application, an invitation or an administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue allauth's mail; the code inside must arrive even when Redis is away."""
        user = User.objects.filter(email=email.lower()).first()
        rendered = self.render_mail(template_prefix, email, context)
        outbox.queue(
            "account",
            key=f"account-{secrets.token_hex(12)}",
            to=email,
            language=user.language if user else "de",
            subject=user or User(pk=0),
            context={"subject_line": rendered.subject, "text": rendered.body},
        )
