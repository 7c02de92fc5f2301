"""What every page shows around its content: the city, the navigation, the mode."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from circles import draw_permissions
from config.pages import permissions

Entry = dict[str, Any]


def site(request: HttpRequest) -> dict[str, Any]:
    """Context for every template: names, mode, navigation and tools of the frame."""
    line = _("Official website of the city of %(city)s") % {"city": settings.CITY_NAME}
    return {
        "site": {
            "city": settings.CITY_NAME,
            "office": settings.OFFICE_NAME,
            "phone": settings.OFFICE_PHONE,
            "email": settings.OFFICE_EMAIL,
            "demo": settings.DEMO,
            "public_url": settings.PUBLIC_URL,
        },
        "official_line": line,
        "demo_mode": settings.DEMO,
        "navigation": entries(request, _navigation(request)),
        "tools": entries(request, _tools(request)),
    }


def entries(request: HttpRequest, named: list[tuple[str, str]]) -> list[Entry]:
    """(URL name, label) as links; the one that holds the current page is marked."""
    found = []
    for name, label in named:
        try:
            url = reverse(name)
        except NoReverseMatch:  # its page is not built yet
            continue
        current = request.path == url or (url != "/" and request.path.startswith(url))
        found.append({"url": url, "label": label, "current": current})
    return found


def _navigation(request: HttpRequest) -> list[tuple[str, str]]:
    named = [
        ("partnership_list", _("Partnerships")),
        ("event_list", _("Calendar of events")),
        ("div", _("D.I.V.")),
        ("idea_list", _("Ideas")),
        ("circle_list", _("Innovation circles")),
        ("draw_list", _("Draws")),
        ("result_list", _("Results")),
        ("verify", _("Check a document")),
    ]
    if permissions.can_see_desk(request.user):
        named.insert(0, ("desk", _("My desk")))
    if permissions.can_see_outbox(request.user):
        named.append(("outbox", _("Outbox")))
    if draw_permissions.can_audit_draws(request.user):
        named.append(("draw_audit", _("Audit")))
    if permissions.can_manage_roles(request.user):
        named.append(("mandate_list", _("Roles")))
    return named


def _tools(request: HttpRequest) -> list[tuple[str, str]]:
    named = [("search", _("Search"))]
    if request.user.is_authenticated:
        named.append(("account", _("My account")))
    return named
