"""Taking an import back: what it made goes, what it changed returns, what people did stays."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from partnerships.directory.actor_links import links
from partnerships.directory.import_judging import Values, snapshot
from partnerships.directory.imports import AT_ONCE, TAKE_BACK, State, put, request_chunk, write
from partnerships.models import Actor, DirectoryImport, ImportRow


def undo(batch: DirectoryImport, chunk: int, *, by: User) -> None:
    """The next 500 rows, then the request for those after them, or the end."""
    rows = list(
        batch.rows.filter(is_done=True, is_undone=False)
        .select_for_update(of=("self",))
        .order_by("-line")[:AT_ONCE]
    )
    actors = _actors_of(rows)
    _remove([row for row in rows if row.before is None], actors, by=by)
    _return([row for row in rows if row.before is not None], actors, by=by)
    for row in rows:
        row.is_undone = True
    write(rows, "actor", "remarks", "is_undone")
    if batch.rows.filter(is_done=True, is_undone=False).exists():
        request_chunk(TAKE_BACK, batch, chunk + 1, by=by)
    else:
        states.advance(batch, State.UNDONE, by=by)


def _actors_of(rows: Sequence[ImportRow]) -> dict[int, Actor]:
    found = Actor.objects.filter(pk__in=[row.actor_id for row in rows if row.actor_id])
    return {actor.pk: actor for actor in found.prefetch_related("topics").select_for_update()}


def _remove(rows: Sequence[ImportRow], actors: dict[int, Actor], *, by: User) -> None:
    """Delete what the import made, unless it was changed or is used by now."""
    used = _used([row.actor_id for row in rows if row.actor_id])
    gone = []
    for row in rows:
        actor = actors.get(row.actor_id or 0)
        if actor is None:
            continue
        if actor.pk in used:
            _remark(row, _("Is used by now, so it stays."))
        elif snapshot(actor) != row.after:
            _remark(row, _("Was changed since, so it stays."))
        else:
            gone.append(actor)
            row.actor = None
    trail.record_all("actor.removed", gone, by=by)
    going = [actor.pk for actor in gone]
    ImportRow.objects.filter(actor__in=going).update(actor=None)
    Actor.objects.filter(pk__in=going).delete()


def _return(rows: Sequence[ImportRow], actors: dict[int, Actor], *, by: User) -> None:
    """Give changed entries back what they said, field by field."""
    back = []
    for row in rows:
        actor = actors.get(row.actor_id or 0)
        if actor is None or row.before is None or row.after is None:
            continue
        now = snapshot(actor)
        earlier: Values = dict(now)
        for field, was in row.before.items():
            if now[field] == row.after[field]:
                earlier[field] = was
            elif was != row.after[field]:
                _remark(row, _("Was changed since; that part stays as it is now."))
        back.append((actor, earlier))
    put(back)
    trail.record_all("actor.corrected", [actor for actor, _earlier in back], by=by)


def _used(ids: Sequence[int]) -> set[int]:
    """Those of the entries that anything but imports and their own contact points at."""
    used: set[int] = set()
    for link in links():
        used |= set(link.pointing_at(*ids).values_list(link.column, flat=True))
    return used


def _remark(row: ImportRow, words: str) -> None:
    if words not in row.remarks:
        row.remarks = [*row.remarks, words]
