"""What Django's admin may show: master data to administrators, and to nobody else."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.models import AnonymousUser
from django.db import models

from foundation.accounts import mandates
from foundation.accounts.models import Role, User


class MandateBackend(BaseBackend):
    """Logs nobody in; answers Django's permission questions from the mandates of this moment."""

    def has_perm(
        self, user_obj: User | AnonymousUser, perm: str, obj: models.Model | None = None
    ) -> bool:
        """`perm` is "app.action_model"; only what ADMIN_MODELS names is ever granted."""
        app_label, _dot, codename = perm.partition(".")
        action, _line, model = codename.partition("_")
        if action not in settings.ADMIN_MODELS.get(f"{app_label}.{model}", ()):
            return False
        return _is_administrator(user_obj)

    def has_module_perms(self, user_obj: User | AnonymousUser, app_label: str) -> bool:
        apps = {label.partition(".")[0] for label in settings.ADMIN_MODELS}
        return app_label in apps and _is_administrator(user_obj)

    def authenticate(self, request: Any, **credentials: Any) -> None:
        return None


def _is_administrator(user: User | AnonymousUser) -> bool:
    return user.is_active and mandates.holds(user, Role.ADMINISTRATOR)
