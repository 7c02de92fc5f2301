"""Importing a table into the directory: upload, look, confirm, and take back within two weeks.

The worker carries out 500 rows in a transaction each, so that the page shows how far it has come.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.documents import files
from foundation.effects import work
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from partnerships.directory import directory
from partnerships.directory.directory import Listing
from partnerships.directory.directory_reading import MOST_BYTES, Unreadable, read
from partnerships.directory.import_judging import Directory, Values, applied, judge, snapshot
from partnerships.models import Actor, DirectoryImport, ImportRow, Municipality, Topic
from partnerships.models.directory_import import UNDO_WITHIN

State, Verdict = DirectoryImport.State, ImportRow.Verdict
CARRY_OUT = "directory.import"
TAKE_BACK = "directory.import_undo"
AT_ONCE = 500


class NothingToDo(DomainError):
    """The table holds nothing that would change the directory."""


class TooLate(DomainError):
    """The time in which an import can be taken back is over."""


def upload(data: bytes, *, name: str, by: User) -> DirectoryImport:
    """Judge every row and keep the findings; changes no entry. Raises Unreadable."""
    if len(data) > MOST_BYTES:
        raise Unreadable("import-too-big", _("The file is bigger than 5 MB. Split it, please."))
    table = read(data)
    rows = judge(table.records, Directory.now())
    with transaction.atomic():
        batch = DirectoryImport.objects.create(
            file=files.store(data, name=name, media_type="text/csv"),
            encoding=table.encoding,
            separator=table.separator,
            uploaded_by=by,
        )
        for row in rows:
            row.batch = batch
        ImportRow.objects.bulk_create(rows, batch_size=1000)
        trail.record("directory_import.uploaded", batch, by=by, rows=len(rows))
    return batch


def tally(batch: DirectoryImport) -> dict[str, int]:
    """How many rows of each verdict, and how many are `to_do`, `done` and `undone`."""
    counts = dict.fromkeys(Verdict.values, 0)
    counts |= dict(batch.rows.order_by().values_list("verdict").annotate(Count("pk")))
    steps = batch.rows.aggregate(
        to_do=Count("pk", filter=Q(verdict__in=(Verdict.NEW, Verdict.CHANGED))),
        done=Count("pk", filter=Q(is_done=True)),
        undone=Count("pk", filter=Q(is_undone=True)),
    )
    return counts | steps


def confirm(batch: DirectoryImport, *, by: User) -> None:
    """Let the worker carry the good rows out; raises NothingToDo."""
    if not _to_do(batch).exists():
        raise NothingToDo("import-nothing", _("There is nothing to do: no row is new or changed."))
    with transaction.atomic():
        states.advance(batch, State.RUNNING, by=by)
        request_chunk(CARRY_OUT, batch, 0, by=by)


def discard(batch: DirectoryImport, *, by: User) -> None:
    """Close a previewed import without doing anything."""
    states.advance(batch, State.DISCARDED, by=by)


def take_back(batch: DirectoryImport, *, by: User) -> None:
    """Let the worker undo the import; raises TooLate after two weeks."""
    fresh = DirectoryImport.objects.filter(pk=batch.pk, done_at__gt=Now() - UNDO_WITHIN)
    if batch.state == State.DONE and not fresh.exists():
        raise TooLate("import-too-late", _("An import can be taken back for two weeks only."))
    with transaction.atomic():
        states.advance(batch, State.UNDOING, by=by)
        request_chunk(TAKE_BACK, batch, 0, by=by)


def carry_out(batch: DirectoryImport, chunk: int, *, by: User) -> None:
    """The next 500 rows, then the request for those after them, or the end."""
    rows = list(_to_do(batch).select_for_update(of=("self",))[:AT_ONCE])
    _make([row for row in rows if row.verdict == Verdict.NEW], by=by)
    _change([row for row in rows if row.verdict == Verdict.CHANGED], by=by)
    write(rows, "actor", "before", "after", "remarks", "verdict", "is_done")
    if _to_do(batch).exists():
        request_chunk(CARRY_OUT, batch, chunk + 1, by=by)
    else:
        states.advance(batch, State.DONE, by=by, done_at=Now())


def write(rows: Sequence[ImportRow], *fields: str) -> None:
    """Save these columns of many rows; ten times as fast as an UPDATE with a case for each."""
    if rows:
        ImportRow.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["id"], update_fields=fields
        )


def request_chunk(kind: str, batch: DirectoryImport, chunk: int, *, by: User) -> None:
    """Ask the worker for one more piece of carrying out or taking back."""
    key = f"{batch.pk}:{chunk}"
    work.request(kind, key, batch_id=batch.pk, chunk=chunk, user_id=by.pk)


def _to_do(batch: DirectoryImport) -> Any:
    return batch.rows.filter(verdict__in=(Verdict.NEW, Verdict.CHANGED), is_done=False)


def _make(rows: Sequence[ImportRow], *, by: User) -> None:
    cities, topics = Municipality.objects.in_bulk(), Topic.objects.in_bulk()
    taken = _taken(row.name for row in rows)
    good = []
    for row in rows:
        if (row.name, row.values.get("city")) in taken:
            _give_up(row)
        else:
            row.after = after = applied(None, row.values)
            good.append((row, listing_of(after, cities, topics)))
    made = directory.list_actors([listing for _row, listing in good], by=by)
    for (row, _listing), actor in zip(good, made, strict=True):
        row.actor, row.is_done = actor, True


def _change(rows: Sequence[ImportRow], *, by: User) -> None:
    actors = _by_pk(rows)
    taken = _taken(row.name for row in rows)
    good = []
    for row in rows:
        actor = actors[row.actor_id or 0]
        row.before, row.after = snapshot(actor), applied(actor, row.values)
        if taken.get((row.after["name"], row.after["city"]), actor.pk) != actor.pk:
            _give_up(row)
        else:
            row.is_done = True
            good.append((actor, row.after))
    put(good)
    trail.record_all("actor.corrected", [actor for actor, _after in good], by=by)


def put(changes: Sequence[tuple[Actor, Values]]) -> None:
    """Write snapshots onto entries, topics too; a handful of queries."""
    for actor, after in changes:
        columns = _columns(after)
        # What its contact had taken out no file brings back.
        columns["is_published"] = columns["is_published"] and actor.removed_on is None
        for field, value in columns.items():
            setattr(actor, field, value)
    if not changes:
        return
    fields = list(_columns(changes[0][1]))
    Actor.objects.bulk_update([actor for actor, _after in changes], fields, batch_size=AT_ONCE)
    through = Actor.topics.through
    through.objects.filter(actor_id__in=[actor.pk for actor, _after in changes]).delete()
    directory.link_topics((actor, topic) for actor, after in changes for topic in after["topics"])


def listing_of(after: Values, cities: dict[int, Municipality], topics: dict[int, Topic]) -> Listing:
    """A snapshot as what the directory writes."""
    return Listing(
        name=after["name"],
        kind=after["kind"],
        sector=after["sector"],
        municipality=cities.get(after["city"]),
        description=LocalizedText(after["description"]),
        website=after["website"],
        topics=[topics[pk] for pk in after["topics"] if pk in topics],
        is_published=after["is_published"],
        is_fictional=after["is_fictional"],
    )


def _columns(after: Values) -> Values:
    columns = listing_of(after, {}, {}).columns()
    del columns["municipality"]
    return {**columns, "municipality_id": after["city"]}


def _by_pk(rows: Sequence[ImportRow]) -> dict[int, Actor]:
    found = Actor.objects.filter(pk__in=[row.actor_id for row in rows]).prefetch_related("topics")
    return {actor.pk: actor for actor in found.select_for_update()}


def _taken(names: Iterable[str]) -> dict[tuple[str, int | None], int]:
    """(name, city) -> id of the standing entries with one of `names`."""
    found = Actor.objects.standing().filter(name__in=list(names))
    return {
        (name, city): pk for pk, name, city in found.values_list("pk", "name", "municipality_id")
    }


def _give_up(row: ImportRow) -> None:
    row.verdict = Verdict.FAULTY
    row.remarks = [
        *row.remarks,
        _("Meanwhile another entry of this city has this name. Nothing was done."),
    ]
