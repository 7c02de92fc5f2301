"""What can be subscribed to, over all apps: wishes with their names in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from django.utils.translation import override

from circles.calling.announcements import CALLS
from circles.resulting.announcements import RESULTS
from formats.sittings.announcements import SESSIONS
from foundation.subscriptions.wishes import Wish
from partnerships.deeds.announcements import NEWS, TOPICS
from partnerships.models import Partnership, Topic

Offer = tuple[Wish, str]


def general() -> list[Offer]:
    """What is not about one thing."""
    return [
        (Wish(CALLS), _("Public calls of the innovation circles")),
        (Wish(SESSIONS), _("Public sessions of the D.I.V.")),
        (Wish(RESULTS), _("Results, and what became of them")),
        (Wish(NEWS), _("News of all partnerships")),
    ]


def partnerships() -> list[Offer]:
    """News of one partnership, of those that everybody sees."""
    found = Partnership.objects.visible_to(AnonymousUser()).order_by("slug")
    return [(Wish.about(NEWS, each), each.name) for each in found]


def topics() -> list[Offer]:
    """New projects on one topic of the directory."""
    return [(Wish.about(TOPICS, each), str(each)) for each in Topic.objects.all()]


def everything() -> list[Offer]:
    """All offers, each with a name that says enough when it stands alone."""
    return [
        *general(),
        *((wish, _("News: %(name)s") % {"name": name}) for wish, name in partnerships()),
        *((wish, _("Projects on the topic: %(name)s") % {"name": name}) for wish, name in topics()),
    ]


def names_of(wishes: Iterable[Wish], language: str = "") -> list[str]:
    """The names of those `wishes` that are on offer, in `language` or in that of the page."""
    wanted = set(wishes)
    if not language:
        return [name for wish, name in everything() if wish in wanted]
    with override(language):
        return names_of(wanted)
