"""The shared target picture grows in versions; team and local actors bring in what they see.

Every contribution gets an answer: taken up, partly, or not, and then why.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from partnerships.course.standing import demand_active
from partnerships.models import Actor, Partnership, PictureContribution, PictureVersion

Answer = PictureContribution.Answer


class PictureMovedOn(DomainError):
    """Somebody else wrote a newer version meanwhile."""


class NoPictureYet(DomainError):
    """There is nothing to contribute to yet."""


class ReasonMissing(DomainError):
    """What is not taken up in full needs a reason."""


class AnsweredAlready(DomainError):
    """The contribution has its answer."""


def newest(partnership: Partnership) -> PictureVersion | None:
    """The version that stands, or None before the first one."""
    return partnership.picture_versions.order_by("-n").first()


def append(
    partnership: Partnership, text: LocalizedText, *, by: User | None, note: str = ""
) -> PictureVersion:
    """The next version, inside the caller's transaction."""
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    last = partnership.picture_versions.aggregate(last=Max("n"))["last"] or 0
    version = PictureVersion.objects.create(
        partnership=partnership, n=last + 1, text=text, note=note, by=by
    )
    trail.record("target_picture.written", partnership, by=by, version=version.n)
    return version


def write(
    partnership: Partnership, text: LocalizedText, *, based_on: int, by: User | None, note: str = ""
) -> PictureVersion | None:
    """A new version on top of version `based_on` (0: none yet); None if nothing changed.

    Approvals over the old words do not count for the new ones. Raises PictureMovedOn, AtRest.
    """
    demand_active(partnership)
    with transaction.atomic():
        locked = Partnership.objects.select_for_update().get(pk=partnership.pk)
        standing = newest(locked)
        if (standing.n if standing else 0) != based_on:
            raise PictureMovedOn(
                "picture-moved-on",
                _(
                    "Somebody else wrote a newer version meanwhile. Your words are kept below: "
                    "read the newer version, then save again."
                ),
            )
        if standing is not None and standing.text == text:
            return None
        version = append(locked, text, by=by, note=note)
        Partnership.objects.filter(pk=locked.pk).update(target_picture=text)
    partnership.target_picture = text
    return version


def contribute(
    partnership: Partnership,
    *,
    contributor: str,
    text: str,
    by: User | None,
    actor: Actor | None = None,
) -> PictureContribution:
    """Note what an actor or a member of the team says about the version that stands.

    Raises NoPictureYet, AtRest.
    """
    demand_active(partnership)
    version = newest(partnership)
    if version is None:
        raise NoPictureYet("no-picture-yet", _("Write a first version of the target picture."))
    with transaction.atomic():
        made = PictureContribution.objects.create(
            version=version,
            actor=actor,
            contributor=contributor or (actor.name if actor else ""),
            text=text,
            by=by,
        )
        trail.record("target_picture.contributed", partnership, by=by, contribution=made.pk)
    return made


def answer(
    contribution: PictureContribution,
    what: PictureContribution.Answer,
    *,
    by: User | None,
    reason: str = "",
) -> None:
    """Say once what became of a contribution; raises ReasonMissing, AnsweredAlready."""
    if what != Answer.TAKEN_UP and not reason.strip():
        raise ReasonMissing(
            "reason-missing", _("Say why the contribution is not taken up in full.")
        )
    with transaction.atomic():
        written = PictureContribution.objects.filter(pk=contribution.pk, answer=Answer.OPEN).update(
            answer=what, reason=reason.strip(), answered_by=by, answered_at=timezone.now()
        )
        if not written:
            raise AnsweredAlready("answered-already", _("This contribution has an answer already."))
        trail.record(
            "target_picture.answered",
            contribution.version.partnership,
            by=by,
            contribution=contribution.pk,
            answer=str(what),
        )
