"""How partnerships come and go quiet: first contacts, silence, and entries of the directory."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.pages.desk.items import AT_MOST, Item
from foundation.accounts.mandates import subjects_of
from foundation.accounts.models import Role, User
from foundation.look import moments
from partnerships.course import dormancy
from partnerships.directory import checkups
from partnerships.models import Municipality, Opening, Party
from partnerships.permissions import can_keep_directory, can_see_openings, is_office


def items(user: User) -> list[Item]:
    """What waits for the office, and the silence that partners and the office should end."""
    return [
        *(_openings() if can_see_openings(user) else []),
        *(_answers() if can_keep_directory(user) else []),
        *_silences(user),
    ]


def _openings() -> list[Item]:
    """One line for all first contacts that nobody has decided on."""
    waiting = Opening.objects.filter(state=Opening.State.OPEN).order_by("at", "pk")
    found = list(waiting.select_related("home", "other")[: AT_MOST + 1])
    if not found:
        return []
    what = ngettext(
        "A first contact is not taken up yet: %(first)s",
        "%(n)s first contacts are not taken up yet, the oldest: %(first)s",
        len(found),
    )
    return [
        Item(
            what % {"n": _number(len(found)), "first": found[0]},
            _("Begin a partnership, or let the contact go with a reason."),
            reverse("opening_list"),
            _("Decide"),
            since=found[0].at,
        )
    ]


def _answers() -> list[Item]:
    """One line for all entries whose contacts ask for a change."""
    found = list(checkups.waiting()[: AT_MOST + 1])
    if not found:
        return []
    what = ngettext(
        "A contact asks for a change in the directory: %(first)s",
        "%(n)s contacts ask for changes in the directory, the oldest: %(first)s",
        len(found),
    )
    return [
        Item(
            what % {"n": _number(len(found)), "first": found[0].actor},
            _("Answers to the yearly question. Nothing changes before you agree."),
            reverse("checkup_list"),
            _("Decide"),
            since=found[0].answered_at,
        )
    ]


def _silences(user: User) -> list[Item]:
    silent: QuerySet[Any] = dormancy.dormant()
    if not is_office(user):
        cities = subjects_of(user, Role.PARTNER, Municipality)
        if not cities:
            return []
        # A subquery: a second join would count meetings twice.
        ours = Party.objects.filter(municipality_id__in=cities)
        silent = silent.filter(pk__in=ours.values("partnership"))
    return [
        Item(
            _("No meeting for a long time: %(name)s") % {"name": each},
            _("Since %(day)s. Plan a meeting, let the partnership rest, or end it.")
            % {"day": moments.day_text(each.silent_since)},
            reverse("partnership_standing", args=[each.slug]),
            _("Look"),
            since=_noon(each.silent_since),
        )
        for each in silent.order_by("silent_since", "pk")[:AT_MOST]
    ]


def _noon(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


def _number(found: int) -> str:
    """More than this many are not counted."""
    return str(found) if found <= AT_MOST else _("More than %(n)d") % {"n": AT_MOST}
