"""Ways to pages that belong to no single partnership: those for everybody, and those for staff.

Lists link to them by name, so that a page is found where its readers are.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from partnerships import permissions

Way = tuple[str, str]


def public() -> list[Way]:
    """(URL name, label) for every reader."""
    return [
        ("news_list", _("News")),
        ("municipality_list", _("Cities and regions")),
        ("actor_list", _("Directory of actors")),
        ("topic_list", _("Topics")),
        ("challenge_list", _("Shared challenges")),
    ]


def staff(user: permissions.Reader) -> list[Way]:
    """Only what `user` may open."""
    if not user.is_authenticated:
        return []
    asked = [
        (permissions.can_list_agreements(user), "agreement_list", _("All agreements")),
        (permissions.can_see_analyses(user), "analysis_list", _("Looking for partner cities")),
        (permissions.can_see_openings(user), "opening_list", _("First contacts")),
    ]
    return [(name, label) for allowed, name, label in asked if allowed]
