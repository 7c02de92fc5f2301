"""All addresses of the portal: public paths in German, names in English."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("config.pages.urls")),
    path("", include("partnerships.urls")),
    path("", include("formats.urls")),
    path("", include("circles.urls")),
    path("konto/", include("foundation.accounts.urls")),
    path("admin/", admin.site.urls),
]

handler403 = "config.pages.errors.forbidden"
handler404 = "config.pages.errors.not_found"
handler500 = "config.pages.errors.server_error"
