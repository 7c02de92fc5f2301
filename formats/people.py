"""The person behind an address: found, or made without a password."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from foundation.accounts.models import User


def find_or_create(email: str, *, name: str, language: str = "de") -> User:
    """The user with this address; two requests at once get the same one."""
    address = email.strip().lower()
    known = User.objects.filter(email=address).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            return User.objects.create_user(address, name=name, language=language)
    except (IntegrityError, ValidationError):
        return User.objects.get(email=address)
