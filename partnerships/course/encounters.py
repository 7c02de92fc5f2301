"""Writing meetings of both cities down, no more exact than the source is."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from foundation import states
from foundation.accounts.models import User
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from partnerships.course.participation import demand_own_party
from partnerships.course.standing import demand_active
from partnerships.models import Encounter, ExchangeFormat, Partnership, Party

State = Encounter.State


class ReasonMissing(DomainError):
    """What did not take place needs a reason."""


class NotInItsPlace(DomainError):
    """What replaced a meeting is another meeting of the same partnership."""


def note(
    partnership: Partnership,
    *,
    title: LocalizedText,
    by: User | None,
    on: dt.date | None = None,
    precision: Encounter.Precision = Encounter.Precision.DAY,
    state: Encounter.State = State.PLANNED,
    exchange_format: ExchangeFormat | None = None,
    both_sides: bool = True,
    reason: LocalizedText | None = None,
    remark: LocalizedText | None = None,
    subject_key: tuple[str, str] = ("", ""),
    setting: Encounter.Setting | str = "",
    host: Party | None = None,
    mode: ExchangeFormat.Mode | str = "",
) -> Encounter:
    """Write a meeting down; the same `subject_key` never makes a second row.

    `host` is the city that was visited, `setting` how people met, `state` what has become of it
    by now. Raises ReasonMissing for one that did not happen, ForeignParty.
    """
    if host is not None:
        demand_own_party(partnership, host)
    if state == State.PLANNED:
        demand_active(partnership)
    with transaction.atomic():
        values = {
            "partnership": partnership,
            "title": title,
            "on": on,
            "precision": precision if on else Encounter.Precision.UNKNOWN,
            "exchange_format": exchange_format,
            "both_sides": both_sides,
            "note": remark or LocalizedText(),
            "setting": setting,
            "host": host,
            "mode": mode,
        }
        if subject_key[0]:
            encounter, _created = Encounter.objects.get_or_create(
                subject_type=subject_key[0], subject_id=subject_key[1], defaults=values
            )
        else:
            encounter = Encounter.objects.create(**values)
        if state not in {State.PLANNED, encounter.state}:
            settle(encounter, state, reason=reason, by=by)
    return encounter


def adopt(encounter: Encounter, subject_key: tuple[str, str], page: str) -> None:
    """A meeting that stands here already is described elsewhere from now on.

    Raises NotInItsPlace when something else describes it.
    """
    written = Encounter.objects.filter(pk=encounter.pk, subject_type="").update(
        subject_type=subject_key[0], subject_id=subject_key[1], page=page
    )
    if not written:
        raise NotInItsPlace("described-elsewhere", _("This meeting has a page of its own already."))
    encounter.refresh_from_db()


def correct(
    subject_key: tuple[str, str],
    *,
    title: LocalizedText,
    on: dt.date | None,
    precision: Encounter.Precision,
    setting: Encounter.Setting | str,
    exchange_format: ExchangeFormat | None,
    page: str,
) -> Encounter | None:
    """Take over what the subject's owner knows better now; None when it is not written down."""
    found = Encounter.objects.filter(subject_type=subject_key[0], subject_id=subject_key[1])
    found.update(
        title=title,
        on=on,
        precision=precision if on else Encounter.Precision.UNKNOWN,
        setting=setting,
        exchange_format=exchange_format,
        page=page,
    )
    return found.first()


def settle(
    encounter: Encounter,
    state: Encounter.State,
    *,
    by: User | None,
    reason: LocalizedText | None = None,
    replaced_by: Encounter | None = None,
) -> None:
    """Say what became of a planned meeting, and which one took its place.

    Raises ReasonMissing, NotInItsPlace, UndeclaredMove.
    """
    if state in {State.CANCELLED, State.REPLACED} and not reason:
        raise ReasonMissing("reason-missing", _("Say why the meeting did not take place."))
    if replaced_by is not None:
        foreign = replaced_by.partnership_id != encounter.partnership_id
        if state != State.REPLACED or foreign or replaced_by.pk == encounter.pk:
            raise NotInItsPlace(
                "not-in-its-place",
                _("Only another meeting of this partnership can take the place of this one."),
            )
    states.advance(
        encounter, state, by=by, reason=reason or encounter.reason, replaced_by=replaced_by
    )
