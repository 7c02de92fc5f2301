"""What a session deals with. Upper apps attach their subject, known here only by its key."""

from __future__ import annotations

from django.db import models, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from formats.models import AgendaItem, Meeting
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText


class AgendaClosed(DomainError):
    """The session was held or cancelled; its agenda stays as it is."""


def add_item(
    meeting: Meeting, title: LocalizedText, subject: models.Model | None = None, *, by: User | None
) -> AgendaItem:
    """Append an item; the same subject stays one item of a session."""
    with transaction.atomic():
        meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if meeting.state in (Meeting.State.HELD, Meeting.State.CANCELLED):
            raise AgendaClosed(
                "agenda-closed", _("This session is over or cancelled. Choose another session.")
            )
        key = ("", "") if subject is None else trail.subject_key(subject)
        if subject is not None:
            known = meeting.agenda_items.filter(subject_type=key[0], subject_id=key[1]).first()
            if known is not None:
                return known
        last = meeting.agenda_items.aggregate(last=Max("position"))["last"] or 0
        item = AgendaItem.objects.create(
            meeting=meeting,
            position=last + 1,
            title=title,
            subject_type=key[0],
            subject_id=key[1],
        )
        trail.record("agenda.item-added", meeting, by=by, item=item.pk)
    return item


def take_off(meeting: Meeting, subject: models.Model, *, by: User) -> None:
    """Take the item about `subject` off the agenda: another session deals with it.

    Raises AgendaClosed when the session was held; a cancelled session keeps its agenda.
    """
    with transaction.atomic():
        meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if meeting.state == Meeting.State.CANCELLED:
            return
        if meeting.state == Meeting.State.HELD:
            raise AgendaClosed("agenda-closed", _("This session is over. Its agenda stays."))
        subject_type, subject_id = trail.subject_key(subject)
        gone = meeting.agenda_items.filter(subject_type=subject_type, subject_id=subject_id)
        for item in gone:
            trail.record("agenda.item-taken-off", meeting, by=by, item=item.pk)
        gone.delete()


def set_note(subject: models.Model, note: LocalizedText, *, by: User | None) -> int:
    """Say something beside the item about `subject`, in invitation and session page.

    A session that was held or cancelled keeps its agenda; returns how many items were changed.
    """
    subject_type, subject_id = trail.subject_key(subject)
    open_items = AgendaItem.objects.filter(
        subject_type=subject_type, subject_id=subject_id
    ).exclude(meeting__state__in=[Meeting.State.HELD, Meeting.State.CANCELLED])
    for item in open_items.select_related("meeting"):
        trail.record("agenda.noted", item.meeting, by=by, item=item.pk)
    return open_items.update(note=note)


def item_of(subject: models.Model) -> AgendaItem | None:
    """The newest item about `subject`, with its session."""
    subject_type, subject_id = trail.subject_key(subject)
    return (
        AgendaItem.objects.filter(subject_type=subject_type, subject_id=subject_id)
        .select_related("meeting__body")
        .order_by("-meeting__starts_at")
        .first()
    )
