"""Who may use the pages that mix apps."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from foundation.accounts.mandates import effective_mandates, holds
from foundation.accounts.models import Role, User

Reader = User | AnonymousUser


def can_see_desk(user: Reader) -> bool:
    """Everybody with a role that has effect; citizens have their own page."""
    return user.is_authenticated and bool(effective_mandates(user))


def can_see_outbox(user: Reader) -> bool:
    return holds(user, Role.OFFICE)


def can_see_dead_letters(user: Reader) -> bool:
    return holds(user, Role.OFFICE) or holds(user, Role.ADMINISTRATOR)


def can_manage_roles(user: Reader) -> bool:
    return holds(user, Role.ADMINISTRATOR)
