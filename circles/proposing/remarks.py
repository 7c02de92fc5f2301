"""What members say about a section, the points they have not settled, and the sources."""

from __future__ import annotations

from django.db import IntegrityError, models, transaction
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from circles.models import (
    OpenPoint,
    PointSettlement,
    Proposal,
    ProposalSource,
    Section,
    SectionRemark,
)
from circles.seating import acting
from foundation.accounts.models import User
from foundation.errors import DomainError


class SettledAlready(DomainError):
    """Somebody settled or reopened the point meanwhile."""


def remark(section: Section, text: str, *, by: User) -> SectionRemark:
    """A member says something about a section. Raises NotAtWork, NotAMember."""
    who = acting.member(section.proposal.circle, by)
    with transaction.atomic():
        made = SectionRemark.objects.create(section=section, member=who.member, text=text.strip())
        who.note("proposal.remarked", section, remark=made.pk)
    return made


def remarks_on(section: Section) -> models.QuerySet[SectionRemark]:
    """The remarks on a section, oldest first, each with its member."""
    return section.remarks.select_related("member__seat", "member__person")


def raise_point(
    proposal: Proposal, question: str, *, section: Section | None = None, by: User
) -> OpenPoint:
    """A member raises what is to be settled. Raises NotAtWork, NotAMember."""
    who = acting.member(proposal.circle, by)
    with transaction.atomic():
        made = OpenPoint.objects.create(
            proposal=proposal,
            section=section,
            question=question.strip(),
            member=who.member,
        )
        who.note("proposal.point-raised", made)
    return made


def settle(point: OpenPoint, word: str, *, by: User) -> PointSettlement:
    """A member says how it was settled. Raises SettledAlready."""
    who = acting.member(point.proposal.circle, by)
    try:
        with transaction.atomic():
            made = PointSettlement.objects.create(point=point, word=word.strip(), member=who.member)
            who.note("proposal.point-settled", point)
    except IntegrityError as error:
        raise _settled_already() from error
    return made


def reopen(point: OpenPoint, *, by: User) -> None:
    """Open a settled point again; the word stays beside it. Raises SettledAlready."""
    who = acting.member(point.proposal.circle, by)
    with transaction.atomic():
        if not point.settlements.filter(reopened_at=None).update(reopened_at=Now()):
            raise _settled_already()
        who.note("proposal.point-reopened", point)


def points_of(proposal: Proposal) -> list[OpenPoint]:
    """All points, open ones first, each with the `word` that settles it now, or None; one query."""
    standing = PointSettlement.objects.filter(point=OuterRef("pk"), reopened_at=None)
    found = OpenPoint.objects.filter(proposal=proposal).annotate(
        is_settled=Exists(standing), word=Subquery(standing.values("word")[:1])
    )
    rows = found.select_related("member__seat", "member__person", "section__paragraph")
    return list(rows.order_by("is_settled", "pk"))


def settlements_of(point: OpenPoint) -> models.QuerySet[PointSettlement]:
    """How it was settled each time, oldest first."""
    return point.settlements.select_related("member__seat", "member__person")


def add_source(proposal: Proposal, *, title: str, address: str, note: str, by: User) -> None:
    """A member names what the proposal stands on."""
    who = acting.member(proposal.circle, by)
    with transaction.atomic():
        made = ProposalSource.objects.create(
            proposal=proposal,
            title=title,
            address=address,
            note=note,
            member=who.member,
        )
        who.note("proposal.source-added", made)


def remove_source(source: ProposalSource, *, by: User) -> None:
    """Take a source out; versions that were kept still name it."""
    who = acting.member(source.proposal.circle, by)
    with transaction.atomic():
        if ProposalSource.objects.filter(pk=source.pk, removed_at=None).update(removed_at=Now()):
            who.note("proposal.source-removed", source)


def _settled_already() -> SettledAlready:
    return SettledAlready(
        "point-changed", _("Somebody was faster. Look at the point as it stands now.")
    )
