"""Making one entry of two: everything that points at the one moves to the other, and can go back.

What would then stand there twice is set aside; the old address leads to the entry that was kept.
"""

from __future__ import annotations

from typing import Any

from django.core import serializers
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from partnerships.directory.actor_links import Link, links
from partnerships.models import Actor, ActorContact, ActorMerge


class NotMergeable(DomainError):
    """The two entries are one already, or one of them is gone."""


class NotMerged(DomainError):
    """This merge was undone before."""


def plan(dropped: Actor) -> list[tuple[str, int]]:
    """What would move: (what, how many), most first."""
    found = [
        (str(link.model._meta.verbose_name_plural), link.pointing_at(dropped.pk).count())
        for link in _moving()
    ]
    return sorted(((name, n) for name, n in found if n), key=lambda each: -each[1])


def merge(kept: Actor, dropped: Actor, *, by: User | None) -> ActorMerge:
    """Move all of `dropped` to `kept` and hide it; raises NotMergeable."""
    with transaction.atomic():
        pair = Actor.objects.standing().filter(pk__in=[kept.pk, dropped.pk])
        locked = {actor.pk: actor for actor in pair.select_for_update(of=("self",))}
        if len(locked) != 2:
            raise NotMergeable(
                "not-mergeable", _("Choose two different entries that are both still there.")
            )
        kept, dropped = locked[kept.pk], locked[dropped.pk]
        made = ActorMerge(
            kept=kept, dropped=dropped, was_published=dropped.is_published, merged_by=by
        )
        for link in _moving():
            _move(link, made)
        made.filled = _fill(kept, dropped)
        Actor.objects.filter(pk=dropped.pk).update(merged_into=kept, is_published=False)
        # One entry, one contact: the other address has nothing to be asked about any more.
        ActorContact.objects.filter(actor=dropped).delete()
        ActorMerge.objects.bulk_create([made])
        trail.record("actor.merged", kept, by=by, dropped=dropped.pk, moved=len(made.moved))
        trail.record("actor.merged_into", dropped, by=by, kept=kept.pk)
    return made


def part(made: ActorMerge, *, by: User | None) -> None:
    """Undo a merge: what had moved goes back, what was set aside stands again.

    Raises NotMerged: undone before, or something else stands in its place by now.
    """
    _demand_free_name(made.dropped)
    try:
        with transaction.atomic():
            _part(made, by=by)
    except IntegrityError as conflict:
        raise NotMerged(
            "cannot-part",
            _(
                "These entries cannot be parted any more: something that the merge had set aside "
                "was entered anew meanwhile. Enter the other organisation anew instead."
            ),
        ) from conflict


def _demand_free_name(dropped: Actor) -> None:
    same = Actor.objects.standing().filter(name=dropped.name, municipality=dropped.municipality)
    if same.exclude(pk=dropped.pk).exists():
        raise NotMerged(
            "name-taken",
            _(
                "Another entry has the name “%(name)s” by now. Rename it or merge it first, then "
                "part these two."
            )
            % {"name": dropped.name},
        )


def _part(made: ActorMerge, *, by: User | None) -> None:
    undone = ActorMerge.objects.filter(pk=made.pk, undone_at=None).update(undone_at=Now())
    if not undone:
        raise NotMerged("not-merged", _("This merge was undone before."))
    Actor.objects.filter(pk=made.dropped_id).update(
        merged_into=None, is_published=made.was_published and made.dropped.removed_on is None
    )
    by_label = {link.model._meta.label_lower: link for link in links()}
    for row in made.moved:
        link = by_label[row["model"]]
        link.model._base_manager.filter(**{"pk": row["pk"], row["column"]: made.kept_id}).update(
            **{row["column"]: made.dropped_id}
        )
    states.put_back(serializers.deserialize("python", made.aside))
    _empty(made)
    trail.record("actor.parted", made.kept, by=by, dropped=made.dropped_id)
    trail.record("actor.parted", made.dropped, by=by, kept=made.kept_id)


def _moving() -> list[Link]:
    return [link for link in links() if link.model is not ActorMerge]


def _move(link: Link, made: ActorMerge) -> None:
    for row in link.pointing_at(made.dropped.pk):
        try:
            with transaction.atomic():
                link.model._base_manager.filter(pk=row.pk).update(**{link.column: made.kept.pk})
        except IntegrityError:
            _set_aside(row, made)
        else:
            label = link.model._meta.label_lower
            made.moved.append({"model": label, "pk": row.pk, "column": link.column})


def _set_aside(row: models.Model, made: ActorMerge) -> None:
    """The kept entry stands there already; rows that must stay for ever are left alone."""
    written = serializers.serialize("python", [row])
    try:
        with transaction.atomic():
            row.delete()
    except (IntegrityError, ProtectedError):
        return
    made.aside.extend(_plain(written))


def _plain(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Serialized rows as JSON takes them."""
    for row in rows:
        for name, value in row["fields"].items():
            if isinstance(value, LocalizedText):
                row["fields"][name] = value.stored
            elif not isinstance(value, str | int | float | bool | list | dict | None):
                row["fields"][name] = str(value)
    return rows


def _fill(kept: Actor, dropped: Actor) -> dict[str, Any]:
    """Give `kept` what only `dropped` says; returns what it took over."""
    own = set(kept.topics.values_list("pk", flat=True))
    new = sorted(set(dropped.topics.values_list("pk", flat=True)) - own)
    kept.topics.add(*new)
    taken: dict[str, Any] = {"topics": new}
    for field in ("website", "description"):
        if not getattr(kept, field) and getattr(dropped, field):
            Actor.objects.filter(pk=kept.pk).update(**{field: getattr(dropped, field)})
            taken[field] = True
    return taken


def _empty(made: ActorMerge) -> None:
    """Take back what `kept` took over, unless it says something else by now."""
    kept = Actor.objects.get(pk=made.kept_id)
    dropped = Actor.objects.get(pk=made.dropped_id)
    kept.topics.remove(*made.filled.get("topics", []))
    nothing: dict[str, Any] = {"website": "", "description": LocalizedText()}
    for field, empty in nothing.items():
        if made.filled.get(field) and getattr(kept, field) == getattr(dropped, field):
            Actor.objects.filter(pk=kept.pk).update(**{field: empty})
