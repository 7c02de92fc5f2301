"""The named pages that the frame links to; the gallery stands without the product's routes."""

from django.http import HttpResponse
from django.urls import path

NAMES = (
    "account_login account_logout set_language help easy_language contact draw_list verify "
    "transparency imprint privacy accessibility"
)


def page(request):
    return HttpResponse("")


urlpatterns = [path(f"{name}/", page, name=name) for name in NAMES.split()]
