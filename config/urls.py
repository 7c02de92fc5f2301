"""All addresses of the portal: public paths in German, names in English."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from circles import urls as circles
from config.pages import urls as pages
from formats import urls as formats
from partnerships import urls as partnerships

# One list: each `include` that does not know an address costs it as much as finding it.
urlpatterns: list[URLPattern | URLResolver] = [
    *pages.urlpatterns,
    *partnerships.urlpatterns,
    *formats.urlpatterns,
    *circles.urlpatterns,
    path("konto/", include("foundation.accounts.urls")),
    path("admin/", admin.site.urls),
]

handler403 = "config.pages.errors.forbidden"
handler404 = "config.pages.errors.not_found"
handler500 = "config.pages.errors.server_error"
