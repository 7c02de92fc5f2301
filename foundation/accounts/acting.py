"""Who acts in this request: a person, never a nobody."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from foundation.accounts.models import User


def acting(request: HttpRequest) -> User:
    """The person who is logged in; without one the door is closed (403)."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
