"""Drafting together: a question on the wall, short texts from many devices, groups by the chair.

Nobody logs in to write; the code on the wall lets in, and what a device wrote it can take back.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Collection, Mapping

from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from formats.models import Drafting, Meeting, Snippet, SnippetGroup
from formats.weighing.passes import LETTERS
from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from foundation.posting.limits import Limit

# Forty people in a room share one network address; each device has its own allowance. Whoever
# throws cookies away is another device each time: the wall has one, too.
BY_DEVICE = Limit("snippet-device", at_most=40, per=dt.timedelta(minutes=10))
ON_WALL = Limit("snippet-wall", at_most=120, per=dt.timedelta(minutes=1))
MOST = 1000


class WallClosed(DomainError):
    """The chair has closed the wall, or it is full."""


def begin(meeting: Meeting, question: LocalizedText, *, by: User) -> Drafting:
    """Put a question on the wall of a session."""
    if meeting.state == Meeting.State.CANCELLED:
        raise WallClosed("meeting-cancelled", _("This session was cancelled. Choose another."))
    code = "".join(secrets.choice(LETTERS) for _n in range(8))
    with transaction.atomic():
        made = Drafting.objects.create(meeting=meeting, question=question, code=code)
        trail.record("drafting.begun", made, by=by, meeting=meeting.pk)
    return made


def write(drafting: Drafting, text: str, *, device: str) -> Snippet:
    """Put a short text on the wall. Raises WallClosed, TooOften."""
    BY_DEVICE.use(f"{drafting.pk}-{device}")
    ON_WALL.use(str(drafting.pk))
    with transaction.atomic():
        _hold_open(drafting)
        if drafting.snippets.filter(is_hidden=False).count() >= MOST:
            raise WallClosed("wall-full", _("The wall is full. Please tell the chair."))
        return Snippet.objects.create(
            drafting=drafting, text=" ".join(text.split()), device=_digest(device)
        )


def take_back(drafting: Drafting, pk: int, *, device: str) -> None:
    """Take an own text from the wall, as long as the chair has not grouped it."""
    with transaction.atomic():
        _hold_open(drafting)
        drafting.snippets.filter(pk=pk, device=_digest(device), group=None).delete()


def written_by(drafting: Drafting, device: str) -> list[Snippet]:
    """What this device has put on the wall."""
    return list(drafting.snippets.filter(device=_digest(device), is_hidden=False))


def sort(headings: Mapping[Snippet, str], *, hidden: Collection[int] = (), by: User) -> None:
    """Put texts under headings, {snippet: heading}; an empty heading takes one out of its group.

    Those in `hidden` leave the wall without being erased.
    """
    if not headings:
        return
    with transaction.atomic():
        drafting = next(iter(headings)).drafting
        Drafting.objects.select_for_update().get(pk=drafting.pk)
        for snippet, heading in headings.items():
            group = None
            if heading:
                group, _made = SnippetGroup.objects.get_or_create(drafting=drafting, title=heading)
            Snippet.objects.filter(pk=snippet.pk, drafting=drafting).update(
                group=group, is_hidden=snippet.pk in hidden
            )
        SnippetGroup.objects.filter(drafting=drafting, snippets=None).delete()
        trail.record("drafting.sorted", drafting, by=by, snippets=len(headings))


def hide(
    drafting: Drafting,
    *,
    by: User,
    words: str = "",
    since: dt.datetime | None = None,
    again: bool = False,
) -> int:
    """Take all texts without a heading off the wall, or with `again` put them back. How many.

    Only those that contain `words`, and that were written at `since` or later.
    """
    found = drafting.snippets.filter(group=None, is_hidden=again, text__icontains=words)
    if since is not None:
        found = found.filter(written_at__gte=since)
    with transaction.atomic():
        Drafting.objects.select_for_update(of=("self",)).get(pk=drafting.pk)
        number = found.update(is_hidden=not again)
        trail.record("drafting.hidden", drafting, by=by, snippets=number, again=again)
    return number


def close(drafting: Drafting, *, by: User) -> None:
    """Nobody writes any more; the wall stays to be read."""
    states.advance(drafting, Drafting.State.CLOSED, by=by)


def reopen(drafting: Drafting, *, by: User) -> None:
    states.advance(drafting, Drafting.State.OPEN, by=by)


def wall_of(drafting: Drafting) -> tuple[list[SnippetGroup], list[Snippet]]:
    """(groups with their texts, texts without a group), hidden ones left out; three queries."""
    visible = Snippet.objects.filter(is_hidden=False)
    groups = drafting.groups.prefetch_related(Prefetch("snippets", visible))
    return list(groups), list(drafting.snippets.filter(is_hidden=False, group=None))


def words_of_group(pk: int) -> tuple[str, str]:
    """(heading, one text a line) of a group, to begin a vision with; empty when it is gone."""
    group = SnippetGroup.objects.filter(pk=pk).first()
    if group is None:
        return "", ""
    texts = group.snippets.filter(is_hidden=False).values_list("text", flat=True)
    return group.title, "\n".join(texts)


def _hold_open(drafting: Drafting) -> None:
    held = Drafting.objects.select_for_update(of=("self",)).get(pk=drafting.pk)
    if held.state != Drafting.State.OPEN:
        raise WallClosed(
            "wall-closed", _("The chair has closed the wall. Your text is kept below, not sent.")
        )


def _digest(device: str) -> str:
    return hashlib.sha256(device.encode()).hexdigest()
