"""Applications that may come from one person: pointed out when they arrive, decided by people.

Same name, same telephone or same mailbox are signs, not proof: nobody is refused by a program.
"""

from __future__ import annotations

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import ngettext

from circles.models import Application, Call, Likeness

COUNTING = (Application.State.SUBMITTED, Application.State.QUALIFIED, Application.State.REJECTED)


def point_out(application: Application) -> int:
    """Note every application of the call that looks like this one; returns how many are new."""
    application.refresh_from_db(
        fields=["name_key", "phone_key", "email_key", "user", "reached_by", "call", "state"]
    )
    _one_at_a_time(application)
    signs = Q(pk__in=[])
    if application.name_key:
        signs |= Q(name_key=application.name_key)
    if application.phone_key:
        signs |= Q(phone_key=application.phone_key)
    if application.email_key:
        signs |= Q(email_key=application.email_key)
    mailbox = application.reached_by_id or application.user_id
    if mailbox is not None:
        signs |= Q(user=mailbox) | Q(reached_by=mailbox)
    alike = Application.objects.filter(
        signs, call=application.call_id, state__in=COUNTING, erased_at=None
    ).exclude(pk=application.pk)
    made = [_pair(application, other) for other in alike]
    before = Likeness.objects.count() if made else 0
    Likeness.objects.bulk_create(made, ignore_conflicts=True)
    return Likeness.objects.count() - before if made else 0


def open_pairs(call: Call) -> QuerySet[Likeness]:
    """Pairs of the call that nobody has decided yet, as long as both count."""
    counting = {
        f"{side}__{field}": value
        for side in ("first", "second")
        for field, value in (("state__in", COUNTING), ("erased_at", None))
    }
    return of_call(call).filter(is_same=None, **counting)


def of_call(call: Call) -> QuerySet[Likeness]:
    """All pairs of a call, decided or not."""
    return Likeness.objects.filter(first__call=call)


def in_words(count: int) -> list[str]:
    """That so many pairs still block the freeze, in a sentence; empty for none."""
    if not count:
        return []
    return [
        ngettext(
            "%(n)d pair of applications may come from one person: look at both and decide.",
            "%(n)d pairs of applications may come from one person each: look and decide.",
            count,
        )
        % {"n": count}
    ]


def _pair(application: Application, other: Application) -> Likeness:
    first, second = sorted((application, other), key=lambda each: each.pk)
    mailboxes = {application.user_id, application.reached_by_id} - {None}
    return Likeness(
        first=first,
        second=second,
        same_name=bool(first.name_key) and first.name_key == second.name_key,
        same_phone=bool(first.phone_key) and first.phone_key == second.phone_key,
        same_mailbox=bool(mailboxes & {other.user_id, other.reached_by_id})
        or (bool(first.email_key) and first.email_key == second.email_key),
    )


def _one_at_a_time(application: Application) -> None:
    """Of two alike that arrive at once, the later one waits and then sees the first."""
    compared = (application.name_key, application.phone_key, application.email_key)
    keys = {f"{application.call_id} {key}" for key in compared}
    with connection.cursor() as cursor:
        for key in sorted(keys):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
