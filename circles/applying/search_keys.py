"""What of an application is compared: by people who search, and to see whether two are alike."""

from __future__ import annotations

from circles.drawing.tickets import normal_identity
from circles.lottery import LotteryFault
from foundation.languages import search_key

SHORTEST_NUMBER = 6
TELLING_DIGITS = 9  # +49 521 12345 and 0521 12345 end alike


def keys_of(name: str, email: str, phone: str, reference: str) -> dict[str, str]:
    """The columns `name_key`, `phone_key`, `email_key` and `looked_for` of an application."""
    words = (name, email, reference, reference.replace("-", ""))
    return {
        "name_key": search_key(name)[:200],
        "phone_key": phone_key(phone),
        "email_key": email_key(email),
        "looked_for": " ".join(filter(None, map(search_key, words)))[:700],
    }


def email_key(email: str) -> str:
    """The address as the ticket knows it; any other in small letters, so that twins are found."""
    try:
        return normal_identity(email) if email.strip() else ""
    except LotteryFault:
        return email.strip().lower()


def phone_key(phone: str) -> str:
    """The last digits of a telephone number; nothing for what is too short to be one."""
    digits = "".join(sign for sign in phone if sign in "0123456789")
    return digits[-TELLING_DIGITS:] if len(digits) >= SHORTEST_NUMBER else ""
