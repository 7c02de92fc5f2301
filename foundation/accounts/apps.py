from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class AccountsConfig(AppConfig):
    default = True
    name = "foundation.accounts"
    label = "accounts"


class PortalAdminConfig(admin_apps.AdminConfig):
    """Django's admin with our own, stricter door."""

    default = False
    default_site = "foundation.accounts.admin_site.PortalAdmin"
