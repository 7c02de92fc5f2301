"""What every page shows around its content: the city, the navigation, the mode."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _


def site(request: HttpRequest) -> dict[str, Any]:
    """Context for every template: `site` (names, mode) and `navigation` (url, label, current)."""
    return {
        "site": {
            "city": settings.CITY_NAME,
            "office": settings.OFFICE_NAME,
            "phone": settings.OFFICE_PHONE,
            "email": settings.OFFICE_EMAIL,
            "demo": settings.DEMO,
            "public_url": settings.PUBLIC_URL,
        },
        "navigation": navigation(request),
    }


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The public entries of the header; the current one is marked."""
    entries = [
        ("partnership_list", _("Partnerships")),
        ("div", _("D.I.V.")),
        ("circle_list", _("Innovation circles")),
        ("draw_list", _("Draws")),
        ("verify", _("Check a document")),
    ]
    if request.user.is_authenticated:
        entries.insert(0, ("desk", _("My desk")))
    found = []
    for name, label in entries:
        url = reverse(name)
        found.append({"url": url, "label": label, "current": request.path.startswith(url)})
    return found
