"""Secrets of authenticator apps rest encrypted, so that a stolen backup opens no door."""

from __future__ import annotations

import base64
import hashlib
from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.errors import DomainError


class SecretUnreadable(DomainError):
    """Encrypted with a key that this installation no longer knows."""


def _fernet() -> MultiFernet:
    """Keys from SECRET_KEY and its predecessors; the first one encrypts."""
    keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet(
        Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"factor:{key}".encode()).digest()))
        for key in keys
    )


class FactorAdapter(DefaultMFAAdapter):
    """allauth's door to stored secrets."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right, or it was used before."),
    }

    def encrypt(self, text: str) -> str:
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Raises SecretUnreadable after a change of SECRET_KEY without its predecessor."""
        try:
            return _fernet().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as error:
            raise SecretUnreadable(
                "factor-unreadable",
                gettext(
                    "Your second factor cannot be checked: the portal's key was changed. "
                    "Please tell the office; an administrator can reset your second factor."
                ),
            ) from error

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Passkeys belong to the address of the portal, whatever host a request names."""
        return {"id": urlsplit(settings.PUBLIC_URL).hostname or "localhost", "name": "Stadtbrücke"}
