"""Where else there is work: pages that no item leads to, for those who may open them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from config.pages import permissions
from foundation.accounts.models import User
from partnerships import permissions as of_partnerships
from partnerships import ways


def of(user: User) -> list[ways.Way]:
    """(URL name, label), partnerships first."""
    found = ways.staff(user)
    if of_partnerships.can_keep_directory(user):
        found += [
            ("checkup_list", _("Answers from the directory")),
            ("directory_import", _("Import into the directory")),
        ]
    if permissions.can_see_outbox(user):
        found += [("subscriber_numbers", _("Subscribers")), ("contact", _("Team and contact"))]
    return found
