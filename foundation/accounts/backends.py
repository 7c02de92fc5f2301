"""What Django's admin may show: master data to administrators, and to nobody else."""

from __future__ import annotations

from typing import Any

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
        return user_obj.is_active and mandates.holds(user_obj, Role.ADMINISTRATOR)

    def has_module_perms(self, user_obj: User | AnonymousUser, app_label: str) -> bool:
        return self.has_perm(user_obj, app_label)

    def authenticate(self, request: Any, **credentials: Any) -> None:
        return None
