"""All addresses of the portal: public paths in German, names in English."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("config.pages.urls")),
    path("", include("partnerships.urls")),
    path("", include("formats.urls")),
    path("", include("circles.urls")),
    path("konto/", include("allauth.urls")),
    path("sprache/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
]
