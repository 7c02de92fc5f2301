"""The sections of a proposal: added, renamed, moved, taken out with a way back, and written.

Whoever saves says on which wording theirs is based; nothing is overwritten.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from django.db import models, transaction
from django.db.models import Count, Max
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from circles.models import Authorship, Proposal, SeatTerm, Section
from circles.proposing import proposals
from circles.seating import acting
from foundation.accounts.models import User
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from foundation.texts import paragraphs
from foundation.texts.models import Paragraph, Revision
from foundation.texts.redline import Piece, redline_by_line

MAX_SECTIONS = 60
MAX_LENGTH = 20_000


class SectionGone(DomainError):
    """The section was taken out meanwhile."""


class TooMany(DomainError):
    """More sections than anybody reads."""


class NothingChanged(DomainError):
    """What was saved is what stands there."""


@dataclasses.dataclass(frozen=True)
class Part:
    """A section as it stands: its place, its newest wording, and by whom."""

    section: Section
    revision: Revision
    author: str
    remarks: int = 0

    @property
    def slug(self) -> str:
        return self.section.paragraph.slug

    @property
    def heading(self) -> LocalizedText:
        return self.section.paragraph.heading

    @property
    def body(self) -> LocalizedText:
        return self.revision.body


@dataclasses.dataclass(frozen=True)
class Wording:
    """One wording of a section with what changed since the one before."""

    revision: Revision
    author: str
    pieces: Sequence[Piece]


def outline_of(proposal: Proposal) -> tuple[list[Part], list[Part]]:
    """The sections in order, and those that were taken out; two queries however many."""
    found = _parts(Section.objects.filter(proposal=proposal))
    standing = [part for part in found if part.section.removed_at is None]
    return standing, [part for part in found if part.section.removed_at is not None]


def parts_of(proposal: Proposal) -> list[Part]:
    """The sections that stand, in order."""
    return _parts(Section.objects.filter(proposal=proposal, removed_at=None))


def _parts(sections: models.QuerySet[Section]) -> list[Part]:
    found = (
        sections.order_by("position", "pk")
        .select_related("paragraph")
        .annotate(said=Count("remarks"))
    )
    rows = list(found)
    newest = {
        each.paragraph_id: each
        for each in _with_author(Revision.objects.all())
        .filter(paragraph__in=[row.paragraph_id for row in rows])
        .order_by("paragraph_id", "-n")
        .distinct("paragraph_id")
    }
    return [
        Part(row, newest[row.paragraph_id], author_of(newest[row.paragraph_id]), row.said)
        for row in rows
    ]


def part_of(proposal: Proposal, slug: str) -> Part | None:
    """One section, also one that was taken out; None when there is none of this name."""
    section = (
        Section.objects.select_related("paragraph", "proposal__circle")
        .filter(proposal=proposal, paragraph__slug=slug)
        .first()
    )
    if section is None:
        return None
    newest = _with_author(section.paragraph.revisions.all()).latest("n")
    return Part(section, newest, author_of(newest))


def history_of(section: Section) -> list[Wording]:
    """Who wrote what, newest first, each wording against the one before, in German."""
    rows, before = [], ""
    for each in _with_author(section.paragraph.revisions.order_by("n")):
        text = each.body.get("de")
        rows.append(Wording(each, author_of(each), redline_by_line(before, text)))
        before = text
    return rows[::-1]


def author_of(revision: Revision) -> str:
    """Who wrote it, as the room reads it."""
    written = getattr(revision, "authorship", None)
    return acting.seat_and_name(written.member if written else None)


def add(proposal: Proposal, heading: LocalizedText, *, by: User) -> Section:
    """A new section at the end, without words yet. Raises TooMany."""
    who = acting.anybody(proposal.circle, by)
    with transaction.atomic():
        proposals.locked(proposal)
        all_of_them = Section.objects.filter(proposal=proposal)
        known = all_of_them.aggregate(last=Max("position"), number=Max("paragraph__number"))
        if all_of_them.filter(removed_at=None).count() >= MAX_SECTIONS:
            raise _too_many()
        number = (known["number"] or 0) + 1
        paragraph = paragraphs.add_paragraph(
            proposal,
            number=number,
            slug=f"abschnitt-{number}",
            heading=heading,
            body=LocalizedText.of("de", ""),
            by=None,
        )
        made = Section.objects.create(
            proposal=proposal, paragraph=paragraph, position=(known["last"] or 0) + 1
        )
        _sign(paragraph.revisions.get(), who)
        who.note("proposal.section-added", made)
    return made


def rename(section: Section, heading: LocalizedText, *, by: User) -> None:
    """Give a section another heading."""
    who = acting.anybody(section.proposal.circle, by)
    with transaction.atomic():
        Paragraph.objects.filter(pk=section.paragraph_id).update(heading=heading)
        who.note("proposal.section-renamed", section)


def write(
    section: Section,
    body: LocalizedText,
    *,
    based_on: int,
    seat: SeatTerm | None = None,
    by: User,
) -> Revision:
    """Save what a member wrote on top of wording `based_on`.

    Raises NotAtWork, NotAMember, SectionGone, NothingChanged, and ParagraphChanged with their
    wording when somebody was faster.
    """
    who = acting.member(section.proposal.circle, by, seat=seat)
    with transaction.atomic():
        held = Section.objects.select_for_update(no_key=True).get(pk=section.pk)
        if held.removed_at is not None:
            raise _gone()
        newest = section.paragraph.revisions.latest("n")
        if newest.n == based_on and newest.body.stored == body.stored:
            raise NothingChanged("nothing-changed", _("You have not changed anything yet."))
        made = paragraphs.rewrite(section.paragraph, body, based_on=based_on, by=None)
        _sign(made, who)
        who.note("proposal.section-written", section, revision=made.n)
    return made


def move(section: Section, *, step: int, by: User) -> None:
    """One place up (-1) or down (1); at the end it stays where it is. Raises SectionGone."""
    who = acting.anybody(section.proposal.circle, by)
    with transaction.atomic():
        proposals.locked(section.proposal)
        rows = list(Section.objects.filter(proposal=section.proposal_id, removed_at=None))
        order = [each.pk for each in rows]
        if section.pk not in order:
            raise _gone()
        place = order.index(section.pk)
        other = place + step
        if not 0 <= other < len(order):
            return
        order[place], order[other] = order[other], order[place]
        _put(rows, order)
        who.note("proposal.section-moved", section, step=step)


def take_out(section: Section, *, by: User) -> None:
    """Take a section out; its words stay, and `put_back` brings it back. Raises SectionGone."""
    who = acting.anybody(section.proposal.circle, by)
    with transaction.atomic():
        proposals.locked(section.proposal)
        standing = Section.objects.filter(pk=section.pk, removed_at=None)
        if not standing.update(position=None, removed_at=Now()):
            raise _gone()
        who.note("proposal.section-removed", section)


def put_back(section: Section, *, by: User) -> None:
    """Bring a section back, at the end. Raises TooMany."""
    who = acting.anybody(section.proposal.circle, by)
    with transaction.atomic():
        proposals.locked(section.proposal)
        standing = Section.objects.filter(proposal=section.proposal_id, removed_at=None)
        if standing.count() >= MAX_SECTIONS:
            raise _too_many()
        last = standing.aggregate(last=Max("position"))["last"] or 0
        away = Section.objects.filter(pk=section.pk, position=None)
        if away.update(position=last + 1, removed_at=None):
            who.note("proposal.section-restored", section)


def _put(rows: Sequence[Section], order: Sequence[int]) -> None:
    places = {pk: place for place, pk in enumerate(order, start=1)}
    for row in rows:
        row.position = places[row.pk]
    Section.objects.bulk_update(rows, ["position"])


def _sign(revision: Revision, who: acting.Acting) -> None:
    if who.member is not None:
        Authorship.objects.create(revision=revision, member=who.member)


def _with_author(rows: models.QuerySet[Revision]) -> models.QuerySet[Revision]:
    return rows.select_related("authorship__member__seat", "authorship__member__person")


def _gone() -> SectionGone:
    return SectionGone(
        "section-gone", _("This section was taken out meanwhile. Bring it back first.")
    )


def _too_many() -> TooMany:
    return TooMany(
        "too-many-sections",
        _("A proposal has at most %(most)d sections. Take one out first.") % {"most": MAX_SECTIONS},
    )
