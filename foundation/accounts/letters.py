"""The mails about somebody's account, in the language of the page they asked from or of the person.

Codes and links are secret: staff see in the outbox that such a mail left, never what it says.
"""

from __future__ import annotations

import secrets

from django.utils.translation import get_language

from foundation.accounts.models import Invitation, Mandate, User
from foundation.mail import outbox
from foundation.mail.models import OutgoingMail

LANGUAGES = ("de", "en", "fi")


def send_code(user: User, code: str) -> OutgoingMail:
    """The code that logs `user` in."""
    return _to_person(user, "account_code", secret=True, language=page_language(), code=code)


def send_reset_link(user: User, link: str) -> OutgoingMail:
    """The link under which `user` sets a new password."""
    return _to_person(user, "account_reset", secret=True, language=page_language(), link=link)


def tell_unknown(email: str) -> OutgoingMail:
    """Somebody asked for a code or a password under an address that has no account here."""
    return outbox.queue(
        "account_unknown",
        key=_key(),
        to=email,
        language=page_language(),
        subject=None,
        context={},
        secret=True,
    )


def tell_change(user: User, happened: str) -> OutgoingMail:
    """`happened`: password-changed, factor-added, factor-removed or recovery-codes."""
    return _to_person(user, "account_notice", language=user.language, happened=happened)


def tell_role(mandate: Mandate, *, of_what: str, link: str, by: User | None) -> OutgoingMail:
    """The person has a role now; `of_what` names its object or is empty."""
    return outbox.queue(
        "account_role",
        key=f"account-role-{mandate.pk}",
        to=mandate.user.email,
        to_name=mandate.user.name,
        language=mandate.user.language,
        subject=mandate,
        context={"mandate": mandate, "of_what": of_what, "link": link},
        by=by,
    )


def send_invitation(
    invitation: Invitation, *, of_what: str, link: str, language: str, by: User
) -> OutgoingMail:
    """The link to an invitation, whose token stands nowhere else."""
    return outbox.queue(
        "account_invitation",
        key=f"account-invitation-{invitation.pk}",
        to=invitation.email,
        language=language,
        subject=invitation,
        context={"invitation": invitation, "of_what": of_what, "link": link, "by": by},
        secret=True,
        by=by,
    )


def send_leaving_code(user: User, code: str) -> OutgoingMail:
    """The code with which `user` confirms that the account shall go."""
    return _to_person(
        user, "account_leaving_code", secret=True, language=page_language(), code=code
    )


def tell_erased(email: str, *, name: str, language: str, key: str) -> OutgoingMail:
    """The last mail to somebody whose account was erased; its words go when it has left."""
    return outbox.queue(
        "account_erased",
        key=key,
        to=email,
        to_name=name,
        language=language,
        subject=None,
        context={},
        secret=True,
    )


def page_language() -> str:
    """The language of the page in use, one of de, en, fi."""
    language = (get_language() or "de").split("-")[0]
    return language if language in LANGUAGES else "de"


def _to_person(
    user: User, kind: str, *, language: str, secret: bool = False, **context: str
) -> OutgoingMail:
    return outbox.queue(
        kind,
        key=_key(),
        to=user.email,
        to_name=user.name,
        language=language,
        subject=user,
        context=context,
        secret=secret,
    )


def _key() -> str:
    return f"account-{secrets.token_hex(12)}"
