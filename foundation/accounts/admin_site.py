"""Django's admin for master data only, behind the portal's own login and second factor."""

from __future__ import annotations

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.http import HttpRequest

from foundation.accounts.mandates import has_second_factor


class PortalAdmin(AdminSite):
    """Only administrators with an enrolled second factor get in."""

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and has_second_factor(request.user)


PortalAdmin.login = secure_admin_login(PortalAdmin.login)  # type: ignore[method-assign]
