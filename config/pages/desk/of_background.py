"""Mails and background work on the desk: what failed, what waits for somebody to let it go."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.pages import permissions
from config.pages.desk.items import AT_MOST, Item
from foundation.accounts.models import User
from foundation.effects.models import Effect
from foundation.mail.models import OutgoingMail


def items(user: User) -> list[Item]:
    """What this reader may see of it."""
    office = permissions.can_see_outbox(user)
    return [
        *(_failed_mails() if office else []),
        *(_dead_letters() if permissions.can_see_dead_letters(user) else []),
        *(_mails_on_hold() if office else []),
        *(_letters() if office else []),
    ]


def _failed_mails() -> list[Item]:
    dead = Effect.objects.filter(kind="mail.deliver", state=Effect.State.DEAD).order_by("-due_at")
    by_id = {effect.arguments["mail_id"]: effect for effect in dead[:AT_MOST]}
    mails = OutgoingMail.objects.filter(pk__in=by_id, state=OutgoingMail.State.QUEUED)
    return [
        Item(
            what=_("A mail to %(who)s could not be delivered")
            % {"who": _("a subscriber") if mail.hides_address else mail.to_name or mail.to},
            why=mail.subject if not mail.secret else "",
            url=reverse("outgoing_mail", args=[mail.pk]),
            action=_("Look and try again"),
            since=by_id[mail.pk].due_at,
            failed=True,
        )
        for mail in mails
    ]


def _dead_letters() -> list[Item]:
    dead = Effect.objects.filter(state=Effect.State.DEAD).exclude(kind="mail.deliver")
    return [
        Item(
            what=_("A step in the background failed: %(kind)s") % {"kind": effect.kind},
            why=_("%(times)s tries. Last reason: %(reason)s")
            % {"times": effect.attempts, "reason": effect.last_error or _("unknown")},
            action=_("Try again"),
            since=effect.due_at,
            failed=True,
            revives=effect.pk,
        )
        for effect in dead.order_by("-due_at")[:AT_MOST]
    ]


def _mails_on_hold() -> list[Item]:
    held = OutgoingMail.objects.filter(state=OutgoingMail.State.HELD).exclude(to="")
    return _one_line(
        held,
        ngettext("%(n)d mail is on hold", "%(n)d mails are on hold", held.count()),
        _("They leave when somebody has read them and lets them go."),
        _("Read and let go"),
        "?state=held",
    )


def _letters() -> list[Item]:
    unprinted = OutgoingMail.objects.filter(
        state=OutgoingMail.State.HELD, to="", printed_at=None, phoned_at=None
    )
    count = unprinted.count()
    return _one_line(
        unprinted,
        ngettext("%(n)d letter is to be printed", "%(n)d letters are to be printed", count),
        _("These people have no e-mail address."),
        _("Print"),
        "?state=letter",
    )


def _one_line(
    mails: QuerySet[OutgoingMail], what: str, why: str, action: str, query: str
) -> list[Item]:
    count = mails.count()
    oldest = mails.order_by("created_at").first()
    if oldest is None:
        return []
    url = reverse("outbox") + query
    return [Item(what % {"n": count}, why, url, action, since=oldest.created_at)]
