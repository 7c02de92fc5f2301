"""What a session deals with. Upper apps attach their subject, known here only by its key."""

from __future__ import annotations

from django.db import models, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from formats.models import AgendaItem, Meeting, Minutes
from formats.sittings import packs
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.documents.rendering import check_limits
from foundation.errors import DomainError
from foundation.languages import LocalizedText

Kind = AgendaItem.Kind
T = LocalizedText.of
# The customary order; draws and results of circles come in by themselves, before the resolutions.
STANDARD = (
    (Kind.OPENING, T("de", "Eröffnung, Ladung, Beschlussfähigkeit",
                     en="Opening, summons, quorum")),
    (Kind.AGENDA, T("de", "Tagesordnung", en="Agenda")),
    (Kind.MINUTES, T("de", "Niederschrift der letzten Sitzung", en="Minutes of the last session")),
    (Kind.ORDERS, T("de", "Sachstand der Arbeitsaufträge", en="State of the work orders")),
    (Kind.VISIONS, T("de", "Themen und Zukunftsvisionen", en="Topics and visions")),
    (Kind.PRIORITIES, T("de", "Priorisierung", en="Prioritisation")),
    (Kind.RESOLUTIONS, T("de", "Beschlüsse und Arbeitsaufträge", en="Resolutions and work orders")),
    (Kind.OTHER, T("de", "Verschiedenes, nächster Termin", en="Other business, next session")),
)  # fmt: skip


class AgendaClosed(DomainError):
    """The session was held or cancelled; its agenda stays as it is."""


class AgendaFixed(DomainError):
    """Members were invited to this agenda: items may be added, not taken away or turned round."""


def add_item(
    meeting: Meeting,
    title: LocalizedText,
    subject: models.Model | None = None,
    *,
    kind: str = Kind.MATTER,
    explanation: LocalizedText | None = None,
    is_public: bool = True,
    leads_to: str = "",
    by: User | None,
) -> AgendaItem:
    """Append an item; the same subject stays one item of a session.

    After the invitation it is a late item, which the session must admit. `leads_to` is the path of
    the page on which the matter happens, such as the live view of a draw.
    """
    _demand_printable(title, explanation or LocalizedText())
    with transaction.atomic():
        meeting = lock(meeting)
        key = ("", "") if subject is None else trail.subject_key(subject)
        if subject is not None:
            known = meeting.agenda_items.filter(subject_type=key[0], subject_id=key[1]).first()
            if known is not None:
                return known
        last = meeting.agenda_items.aggregate(last=Max("position"))["last"] or 0
        item = AgendaItem.objects.create(
            meeting=meeting,
            position=last + 1,
            kind=kind,
            title=title,
            explanation=explanation or LocalizedText(),
            is_public=is_public,
            is_late=meeting.state == Meeting.State.INVITED,
            subject_type=key[0],
            subject_id=key[1],
            leads_to=leads_to,
        )
        trail.record("agenda.item-added", meeting, by=by, item=item.pk, late=item.is_late)
        changed(meeting)
    return item


def lay_out(meeting: Meeting, *, by: User) -> int:
    """Complete the agenda to the customary one and put it in order; returns how many were added.

    Minutes that wait for approval become an item each.
    """
    with transaction.atomic():
        meeting = lock(meeting, before_invitation=True)
        kinds = set(meeting.agenda_items.values_list("kind", flat=True))
        wanted: list[tuple[str, LocalizedText, Minutes | None]] = []
        for kind, title in STANDARD:
            waiting = _open_minutes(meeting) if kind == Kind.MINUTES else []
            wanted += [(kind, _of_minutes(each), each) for each in waiting]
            wanted += [] if waiting else [(kind, title, None)]
        added = [
            add_item(meeting, title, subject, kind=kind, by=by)
            for kind, title, subject in wanted
            if kind not in kinds
        ]
        _number(sorted(meeting.agenda_items.all(), key=_rank))
    return len(added)


def _of_minutes(minutes: Minutes) -> LocalizedText:
    number = minutes.meeting.number
    return T("de", f"Niederschrift der Sitzung {number}", en=f"Minutes of session {number}")


def _rank(item: AgendaItem) -> tuple[int, int]:
    """The customary place: whatever is not customary comes before the resolutions."""
    places: list[str] = [kind for kind, _title in STANDARD]
    kind = item.kind if item.kind in places else Kind.RESOLUTIONS
    return 2 * places.index(kind) - (item.kind not in places), item.position


def edit_item(
    item: AgendaItem,
    *,
    title: LocalizedText,
    explanation: LocalizedText,
    is_public: bool,
    by: User,
) -> None:
    """Change the words of an item and who may see it, until it is put to the vote.

    Other words than those of the invitation make it a late item; translations do not.
    """
    _demand_printable(title, explanation)
    with transaction.atomic():
        meeting = lock(item.meeting)
        known = AgendaItem.objects.get(pk=item.pk)
        if known.resolutions.exists():
            raise AgendaFixed(
                "item-voted-on",
                _("This item was put to the vote. Its words, and who may read them, stay."),
            )
        was_said = _words(known.title, known.explanation)
        is_new = meeting.state == Meeting.State.INVITED and _words(title, explanation) != was_said
        late = {"is_late": True, "admitted_at": None} if is_new else {}
        AgendaItem.objects.filter(pk=item.pk).update(
            title=title, explanation=explanation, is_public=is_public, **late
        )
        trail.record(
            "agenda.item-edited", meeting, by=by, item=item.pk, public=is_public, late=is_new
        )
        changed(meeting)


def raise_item(item: AgendaItem, *, by: User) -> None:
    """One place up, until members are invited."""
    with transaction.atomic():
        meeting = lock(item.meeting, before_invitation=True)
        items = list(meeting.agenda_items.all())
        at = [each.pk for each in items].index(item.pk)
        if at:
            items[at - 1], items[at] = items[at], items[at - 1]
        _number(items)
        trail.record("agenda.item-raised", meeting, by=by, item=item.pk)


def remove_item(item: AgendaItem, *, by: User) -> None:
    """Take a matter off that no upper app put on, until members are invited."""
    with transaction.atomic():
        meeting = lock(item.meeting, before_invitation=True)
        if item.subject_type and item.kind != Kind.MINUTES:
            raise AgendaFixed(
                "item-of-another-page",
                _("This item belongs to a call or a circle. It is moved on their pages."),
            )
        if item.papers.exists():
            raise AgendaFixed("item-has-papers", _("Take its papers off first."))
        trail.record("agenda.item-taken-off", meeting, by=by, item=item.pk)
        item.delete()
        _number(list(meeting.agenda_items.all()))


def admit_late(item: AgendaItem, *, by: User) -> None:
    """The session agrees to deal with an item that came after the invitation."""
    with transaction.atomic():
        meeting = lock(item.meeting)
        if not meeting.is_open:
            raise AgendaClosed("session-not-open", _("Only the open session can admit this item."))
        AgendaItem.objects.filter(pk=item.pk, is_late=True).update(admitted_at=timezone.now())
        trail.record("agenda.late-item-admitted", meeting, by=by, item=item.pk)
    item.refresh_from_db()


def take_off(meeting: Meeting, subject: models.Model, *, by: User) -> None:
    """Take the item about `subject` off the agenda: another session deals with it.

    Raises AgendaClosed when the session was held or has dealt with it, AgendaFixed when papers
    belong to it; a cancelled session keeps its agenda.
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
            _demand_untouched(item)
            trail.record("agenda.item-taken-off", meeting, by=by, item=item.pk)
        gone.delete()
        changed(meeting)


def _demand_untouched(item: AgendaItem) -> None:
    number = {"number": item.meeting.number}
    if item.resolutions.exists() or item.entries.exists():
        raise AgendaClosed(
            "item-dealt-with", _("Session %(number)s has dealt with this item already.") % number
        )
    if item.papers.exists():
        raise AgendaFixed(
            "item-has-papers",
            _("In session %(number)s papers belong to this item. Take them off there first.")
            % number,
        )


def lead_to(subject: models.Model, path: str, *, by: User | None) -> None:
    """Say where the matter about `subject` happens: `path` is a page of this portal."""
    item = item_of(subject)
    if item is None or item.leads_to == path:
        return
    with transaction.atomic():
        AgendaItem.objects.filter(pk=item.pk).update(leads_to=path)
        trail.record("agenda.item-leads", item.meeting, by=by, item=item.pk)


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


def _demand_printable(*texts: LocalizedText) -> None:
    """Packs and minutes are PDFs: what they cannot print is refused while somebody can mend it."""
    for words in _words(*texts):
        check_limits(words)


def _words(*texts: LocalizedText) -> list[str]:
    """The texts as they were first written, without their translations."""
    return [text.get(text.source or "") for text in texts]


def lock(meeting: Meeting, *, before_invitation: bool = False) -> Meeting:
    """The session, locked, while its agenda may still change."""
    locked = Meeting.objects.select_for_update(of=("self",)).select_related("body")
    meeting = locked.get(pk=meeting.pk)
    if not meeting.is_standing:
        raise AgendaClosed(
            "agenda-closed", _("This session is over or cancelled. Choose another session.")
        )
    if before_invitation and meeting.state != Meeting.State.SCHEDULED:
        raise AgendaFixed(
            "agenda-fixed",
            _("Members were invited to this agenda. Add late items; the session admits them."),
        )
    return meeting


def changed(meeting: Meeting) -> None:
    """Readers of the open data learn of it; members get a new pack once they were invited."""
    Meeting.objects.filter(pk=meeting.pk).update(changed_at=timezone.now())
    if meeting.state == Meeting.State.INVITED:
        packs.request(meeting)


def _number(items: list[AgendaItem]) -> None:
    for position, item in enumerate(items, start=1):
        item.position = position
    AgendaItem.objects.bulk_update(items, ["position"])


def _open_minutes(meeting: Meeting) -> list[Minutes]:
    """Minutes of earlier sessions that still wait for approval, the oldest first."""
    waiting = Minutes.objects.filter(
        meeting__body=meeting.body, meeting__starts_at__lt=meeting.starts_at
    ).exclude(state=Minutes.State.APPROVED)
    return list(waiting.select_related("meeting").order_by("meeting__starts_at"))
