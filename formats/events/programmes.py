"""The programme of an event: parts in their order, and who hosts, moderates and speaks."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from formats.events import programme_sheets
from formats.models import Contributor, Event, EventMaterial, EventSession, Forum
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.documents import files, uploads
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from partnerships.models import Actor


class OutsideTheEvent(DomainError):
    """A part of the programme ends before it begins or lies outside the event."""


class NotAgreed(DomainError):
    """A name is shown only of somebody who agreed to it."""


class NobodyNamed(DomainError):
    """Neither organisation nor function."""


def add_session(
    event: Event,
    *,
    title: LocalizedText,
    by: User | None,
    kind: str = "",
    description: LocalizedText | None = None,
    questions: LocalizedText | None = None,
    starts_at: dt.datetime | None = None,
    ends_at: dt.datetime | None = None,
    when: LocalizedText | None = None,
    place: str = "",
) -> EventSession:
    """One more part at the end of the programme. Raises OutsideTheEvent."""
    _demand_inside(event, starts_at, ends_at)
    with transaction.atomic():
        Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
        last = event.sessions.aggregate(last=Max("position"))["last"] or 0
        session = EventSession.objects.create(
            event=event,
            position=last + 1,
            kind=kind,
            title=title,
            description=description or LocalizedText(),
            questions=questions or LocalizedText(),
            starts_at=starts_at,
            ends_at=ends_at,
            when=when or LocalizedText(),
            place=place,
        )
        trail.record("event.session", event, by=by, position=session.position)
        programme_sheets.order(event)
    return session


def reword_session(session: EventSession, *, by: User | None, **fields: object) -> None:
    """New words and times of one part. Raises OutsideTheEvent."""
    _demand_inside(session.event, fields.get("starts_at"), fields.get("ends_at"))  # type: ignore[arg-type]
    with transaction.atomic():
        EventSession.objects.filter(pk=session.pk).update(**fields)
        trail.record("event.session-changed", session.event, by=by, position=session.position)
        programme_sheets.order(session.event)


def move_up(session: EventSession, *, by: User | None) -> None:
    """One place earlier; the first one stays."""
    with transaction.atomic():
        Event.objects.select_for_update(of=("self",)).get(pk=session.event_id)
        found = EventSession.objects.filter(event=session.event_id, position__lt=session.position)
        before = found.order_by("position").last()
        if before is None:
            return
        for row, position in ((session, before.position), (before, session.position)):
            EventSession.objects.filter(pk=row.pk).update(position=position)
        trail.record("event.session-moved", session.event, by=by, position=before.position)
        programme_sheets.order(session.event)


def drop_session(session: EventSession, *, by: User | None) -> None:
    """Take one part out of the programme, with its speakers."""
    with transaction.atomic():
        trail.record("event.session-dropped", session.event, by=by, position=session.position)
        session.delete()
        programme_sheets.order(session.event)
        programme_sheets.purge_superseded(session.event, by=by)


def involve(
    where: Event | Forum,
    role: Contributor.Role | str,
    *,
    by: User | None,
    actor: Actor | None = None,
    function: LocalizedText | None = None,
    name: str = "",
    agreed: bool = False,
    session: EventSession | None = None,
) -> Contributor:
    """Somebody hosts, initiates, moderates or speaks. Raises NotAgreed, NobodyNamed."""
    if actor is None and not function:
        raise NobodyNamed("nobody-named", _("Name an organisation or a function."))
    if name and not agreed:
        raise NotAgreed(
            "not-agreed", _("The name is shown publicly. Tick that the person has agreed to it.")
        )
    place = {"event": where} if isinstance(where, Event) else {"forum": where}
    with transaction.atomic():
        made = Contributor.objects.create(
            **place,
            session=session,
            role=role,
            actor=actor,
            function=function or LocalizedText(),
            name=name,
            named_since=timezone.localdate() if name else None,
        )
        trail.record("contributor.involved", made, by=by, role=str(role))
        if isinstance(where, Event):
            programme_sheets.order(where)
    return made


def release(contributor: Contributor, *, by: User | None) -> None:
    """Somebody is not named any more: the row goes, with the name."""
    with transaction.atomic():
        trail.record("contributor.released", contributor, by=by)
        contributor.delete()
        if contributor.event is not None:
            programme_sheets.order(contributor.event)
            programme_sheets.purge_superseded(contributor.event, by=by)


def add_material(
    event: Event, data: bytes, *, title: LocalizedText, by: User | None
) -> EventMaterial:
    """A PDF that goes with the event, for everybody who sees the event. Raises UploadRefused."""
    kind = uploads.kind_of(data, allowed=[uploads.PDF])
    with transaction.atomic():
        stored = files.store(data, name=f"{event.slug}.pdf", media_type=kind)
        made = EventMaterial.objects.create(event=event, title=title, file=stored)
        trail.record("event.material", event, by=by, sha256=stored.sha256)
    return made


def remove_material(material: EventMaterial, *, by: User | None) -> None:
    """Take a file away for good."""
    with transaction.atomic():
        trail.record("event.material-gone", material.event, by=by, material=material.pk)
        stored = material.file
        material.delete()
        files.purge(stored, by=by)


def _demand_inside(
    event: Event, starts_at: dt.datetime | None, ends_at: dt.datetime | None
) -> None:
    if ends_at and (starts_at is None or ends_at <= starts_at):
        raise OutsideTheEvent("ends-before-start", _("This part ends before it begins."))
    if starts_at is None or event.starts_at is None or event.ends_at is None:
        return
    if starts_at < event.starts_at or (ends_at or starts_at) > event.ends_at:
        raise OutsideTheEvent(
            "outside-the-event", _("This part lies outside the times of the event.")
        )
