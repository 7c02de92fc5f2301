"""How anything changes its state: one door for all models.

`advance` refuses undeclared moves, writes on condition of the old state, and records the event.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.serializers.base import DeserializedObject
from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from foundation.audit import trail
from foundation.errors import DomainError

Transitions = Mapping[str, frozenset[str] | set[str]]


class UndeclaredMove(DomainError):
    """The transition table of the model has no such move."""


class SomebodyWasFaster(DomainError):
    """The state changed between reading and writing."""


def advance(
    obj: models.Model, to: str, /, *, by: object | None, field: str = "state", **fields: Any
) -> None:
    """Move `obj` to state `to`, writing `fields` in the same UPDATE, recorded in the trail.

    `by` is the acting user, or None when the portal acts by itself (deadlines).
    Raises UndeclaredMove or SomebodyWasFaster; on success `obj` carries the new values.
    """
    old = str(getattr(obj, field))
    table: Transitions = obj.TRANSITIONS  # type: ignore[attr-defined]
    if to not in table.get(old, frozenset()):
        raise _undeclared()
    values = {field: str(to), **fields}
    with transaction.atomic():
        _open_the_guard(True)
        manager = type(obj)._base_manager
        written = manager.filter(pk=obj.pk, **{field: old}).update(**values)
        _open_the_guard(False)
        if written == 0:
            raise SomebodyWasFaster(
                "somebody-was-faster",
                _("Somebody else was faster. Reload the page to see what they did."),
            )
        trail.record(f"state.{to}", obj, by=by, previous=old)
    for name, value in values.items():
        setattr(obj, name, value)


def advance_all(
    rows: models.QuerySet[Any], to: str, *, by: object | None, field: str = "state", **fields: Any
) -> int:
    """Move all `rows` to state `to` in one UPDATE; `fields` may be expressions. How many moved.

    Raises UndeclaredMove when the move is not declared for one of them.
    """
    with transaction.atomic():
        objs = list(rows.select_for_update())
        moved: dict[str, list[models.Model]] = {}
        for obj in objs:
            moved.setdefault(str(getattr(obj, field)), []).append(obj)
        for old in moved:
            if to not in rows.model.TRANSITIONS.get(old, frozenset()):
                raise _undeclared()
        _open_the_guard(True)
        manager = rows.model._base_manager
        manager.filter(pk__in=[obj.pk for obj in objs]).update(**{field: str(to), **fields})
        _open_the_guard(False)
        for old, those in moved.items():
            trail.record_all(f"state.{to}", those, by=by, previous=old)
    return len(objs)


def put_back(rows: Iterable[DeserializedObject]) -> None:
    """Write rows again that were taken away and kept as text, each in the state it was in.

    The one other door: for undoing. Whoever undoes records it; raises IntegrityError when
    something else stands there by now.
    """
    with transaction.atomic():
        _open_the_guard(True)
        for row in rows:
            row.save()
        _open_the_guard(False)


def _open_the_guard(on: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('stadtbruecke.advance', %s, true)", ["on" if on else "off"]
        )


def _undeclared() -> UndeclaredMove:
    return UndeclaredMove(
        "undeclared-move",
        _("This step is not possible now. Reload the page to see where things stand."),
    )
