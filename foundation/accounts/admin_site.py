"""Django's admin for master data only, behind the portal's own login and second factor."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.accounts.mandates import holds
from foundation.accounts.models import Role
from foundation.accounts.returning import way_back


class PortalAdmin(AdminSite):
    """Only administrators get in; their mandate rests until a second factor is enrolled."""

    site_title = site_header = "Stadtbrücke"
    index_title = _("Master data")

    def register(
        self,
        model_or_iterable: type[models.Model] | Iterable[type[models.Model]],
        admin_class: Any = None,
        **options: Any,
    ) -> None:
        """Take only what the settings allow: libraries bring accounts, factors and groups along."""
        single = isinstance(model_or_iterable, type)
        offered = [model_or_iterable] if single else list(model_or_iterable)  # type: ignore[arg-type]
        allowed = [model for model in offered if model._meta.label_lower in settings.ADMIN_MODELS]  # type: ignore[union-attr]
        super().register(allowed, admin_class, **options)  # type: ignore[arg-type]

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and holds(request.user, Role.ADMINISTRATOR)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """There is one login page, and it is not this one."""
        aim = way_back(request, reverse("admin:index"))
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        return redirect(aim) if self.has_permission(request) else redirect_to_login(aim)

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("change_password")

    def password_change_done(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("account")

    def logout(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("account_logout")
