"""Versions of a proposal: kept by those in the room, released for everybody by the host.

A version is canonical JSON (RFC 8785) with its digest; nothing of it ever changes.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import rfc8785
from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from circles import permissions
from circles.models import Circle, Proposal, ProposalVersion
from circles.proposing import proposals, sections
from circles.seating import acting
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText


class NothingToKeep(DomainError):
    """There are no words yet, or they are those of the last version."""


class NotReleasable(DomainError):
    """The version is released already, or it is not for this person to release."""


@dataclasses.dataclass(frozen=True)
class Passage:
    """A section of a version as it is read."""

    number: int
    slug: str
    heading: LocalizedText
    body: LocalizedText
    revision: int


def keep(proposal: Proposal, *, note: str = "", by: User) -> ProposalVersion:
    """Keep the whole proposal as it stands now. Raises NotAtWork, NotAMember, NothingToKeep."""
    who = acting.anybody(proposal.circle, by)
    with transaction.atomic():
        held = proposals.locked(proposal)
        content = _content_of(held)
        if not any(each["body"].get("de") for each in content["sections"]):
            raise NothingToKeep("no-words", _("There are no words yet that could be kept."))
        data = rfc8785.dumps(content)
        digest = hashlib.sha256(data).hexdigest()
        last = held.versions.order_by("-n").first()
        if last is not None and last.sha256 == digest:
            raise NothingToKeep(
                "same-words",
                _("Version %(n)d says exactly this. Nothing has changed since.") % {"n": last.n},
            )
        known = held.versions.aggregate(last=Max("n"))["last"] or 0
        made = ProposalVersion.objects.create(
            proposal=held,
            n=known + 1,
            content=data,
            sha256=digest,
            note=note,
            kept_by=who.host,
            kept_as=who.member,
        )
        who.note("proposal.version-kept", made, n=made.n, sha256=digest)
    return made


def release(version: ProposalVersion, *, by: User) -> None:
    """Let everybody read it, for good: the host does so once the circle has said yes.

    Raises NotReleasable.
    """
    circle = version.proposal.circle
    if not permissions.can_host(by, circle):
        raise NotReleasable(
            "host-releases", _("The office or the chair releases a version. Ask them for it.")
        )
    if circle.state == Circle.State.FOUNDED:
        raise NotReleasable("not-at-work", _("The circle is not at work. Nothing was changed."))
    with transaction.atomic():
        inside = ProposalVersion.objects.filter(pk=version.pk, released_at=None)
        if not inside.update(released_at=Now()):
            raise NotReleasable("released-already", _("Everybody can read this version already."))
        trail.record("proposal.version-released", version, by=by, n=version.n)
    version.refresh_from_db(fields=["released_at"])


def passages_of(version: ProposalVersion) -> list[Passage]:
    """The sections of a version, in order."""
    return [
        Passage(
            each["number"],
            each["slug"],
            text_of(each["heading"]),
            text_of(each["body"]),
            each["revision"],
        )
        for each in version.data["sections"]
    ]


def headings_of(version: ProposalVersion) -> dict[str, LocalizedText]:
    """The headings of a version by section: the room may have changed them since."""
    return {each.slug: each.heading for each in passages_of(version)}


def text_of(words: Mapping[str, str]) -> LocalizedText:
    """A text of a version; German is its source."""
    others = {language: text for language, text in words.items() if language != "de"}
    return LocalizedText.of("de", words.get("de", ""), **others)


def _content_of(proposal: Proposal) -> dict[str, Any]:
    parts = sections.parts_of(proposal)
    return {
        "title": _plain(proposal.title),
        "sections": [
            {
                "number": number,
                "slug": part.slug,
                "heading": _plain(part.heading),
                "body": _plain(part.body),
                "revision": part.revision.n,
            }
            for number, part in enumerate(parts, start=1)
        ],
        "sources": _sources_of(proposal),
    }


def _sources_of(proposal: Proposal) -> Sequence[dict[str, str]]:
    names = ("title", "address", "note")
    return list(proposal.sources.filter(removed_at=None).order_by("pk").values(*names))


def _plain(text: LocalizedText) -> dict[str, str]:
    return {language: text.get(language) for language in text.stored if text.get(language)}
