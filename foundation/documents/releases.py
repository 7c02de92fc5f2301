"""Putting a sealed file on the list of releases, after proving to ourselves that it holds.

A file that our own verification would not accept never gets onto the list.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from foundation.audit.trail import record, subject_key
from foundation.documents.confinement import ConfinedFailure
from foundation.documents.files import digest_of_bytes, read, store
from foundation.documents.findings import Findings, examine, number_in
from foundation.documents.levels import WITH_STAMP
from foundation.documents.models import Release
from foundation.errors import DomainError

PDF = "application/pdf"
IDENTITY = ("subject_type", "subject_id", "number", "kind", "stage")


class NotReleasable(DomainError):
    """The file is not a sound sealed document of this number; nothing was stored."""


def release(
    pdf: bytes,
    subject: models.Model,
    *,
    number: str,
    kind: str,
    stage: Release.Stage,
    name: str,
    by: object | None,
    evidence: Sequence[dict[str, Any]] = (),
    level: str = "",
) -> Release:
    """Store a sealed PDF and list it as the newest release of (subject, kind).

    Idempotent: the same bytes give the same row. `evidence` is what verification shows per party,
    in the domain's words (JSON); `level` is what was promised (levels.py), and a promised time
    stamp must be there. Raises NotReleasable, StorageFailed.
    """
    subject_type, subject_id = subject_key(subject)
    identity = {
        "subject_type": subject_type,
        "subject_id": subject_id,
        "number": number,
        "kind": kind,
        "stage": stage,
    }
    return _list(pdf, identity, subject, name=name, level=level, evidence=evidence, by=by)


def renew(listed: Release, pdf: bytes, *, by: object | None) -> Release:
    """List the same document with something appended, such as a fresh time stamp.

    The older release stays on the list. Raises NotReleasable when `pdf` does not begin with the
    bytes of `listed`, StorageFailed, BytesLost.
    """
    if not pdf.startswith(read(listed.file)):
        raise NotReleasable(
            "not-a-continuation", _("This file does not begin with the release that it renews.")
        )
    identity = {name: getattr(listed, name) for name in IDENTITY}
    return _list(
        pdf,
        identity,
        listed,
        name=listed.file.name,
        level=listed.level,
        evidence=listed.evidence,
        by=by,
    )


def _list(
    pdf: bytes,
    identity: dict[str, str],
    about: models.Model,
    *,
    name: str,
    level: str,
    evidence: Sequence[dict[str, Any]],
    by: object | None,
) -> Release:
    sha256 = digest_of_bytes(pdf)
    known = Release.objects.filter(sha256=sha256).first()
    if known is not None:
        return _same(known, identity)
    findings = _proof(pdf, identity["number"], level)
    with transaction.atomic():
        listed = Release.objects.create(
            **identity,
            file=store(pdf, name=name, media_type=PDF),
            sha256=sha256,
            revisions=findings.revisions,
            signatures=findings.signatures,
            seal_key=findings.seal_key,
            is_test=findings.trust == "test",
            evidence=list(evidence),
            level=level,
            # Two workers at once: the database lets only one of them replace it.
            replaces=_latest(identity),
        )
        stage = str(identity["stage"])
        record("released", about, by=by, release=listed.pk, sha256=sha256, stage=stage)
    return listed


def _same(known: Release, identity: dict[str, str]) -> Release:
    """The row that lists these bytes already, if it lists them as the same thing."""
    if any(getattr(known, field) != value for field, value in identity.items()):
        raise NotReleasable(
            "listed-otherwise", _("This very file is already issued as another document.")
        )
    return known


def latest(subject: models.Model, kind: str) -> Release | None:
    """The release of (subject, kind) that no other one replaces."""
    subject_type, subject_id = subject_key(subject)
    return _latest({"subject_type": subject_type, "subject_id": subject_id, "kind": kind})


def _latest(identity: dict[str, str]) -> Release | None:
    chain = {name: identity[name] for name in ("subject_type", "subject_id", "kind")}
    return Release.objects.filter(**chain, replaced_by=None).first()


def newest_of(listed: Release) -> Release:
    """The release that holds the same concluded document with the latest time stamp."""
    if listed.stage != Release.Stage.FINAL:
        return listed
    newer = Release.objects.filter(
        subject_type=listed.subject_type,
        subject_id=listed.subject_id,
        kind=listed.kind,
        stage=Release.Stage.FINAL,
        replaced_by=None,
    )
    return newer.select_related("file").first() or listed


def history_of_file(listed: Release) -> list[tuple[int, dt.datetime]]:
    """(revisions, since when) of the releases that this one continues, oldest first, with itself.

    An issued file stands alone: another version of the text may have come before it.
    """
    if listed.stage != Release.Stage.FINAL:
        return [(listed.revisions, listed.issued_at)]
    found = Release.objects.filter(
        subject_type=listed.subject_type,
        subject_id=listed.subject_id,
        kind=listed.kind,
        stage=Release.Stage.FINAL,
        pk__lte=listed.pk,
    )
    return list(found.order_by("pk").values_list("revisions", "issued_at"))


def with_number(number: str) -> models.QuerySet[Release]:
    """All releases of a document number, newest first; for the public page."""
    return Release.objects.filter(number=number).order_by("-pk")


def _proof(pdf: bytes, number: str, level: str) -> Findings:
    try:
        findings = examine(pdf)
    except ConfinedFailure as failure:
        raise NotReleasable(
            "not-releasable", _("This file is not a readable sealed PDF; it was not issued.")
        ) from failure
    if not findings.sound or findings.trust not in {"trusted", "test"}:
        raise NotReleasable(
            "not-releasable", _("The seal of this file does not hold; it was not issued.")
        )
    if level == WITH_STAMP and findings.timestamp != "valid":
        raise NotReleasable(
            "time-stamp-missing",
            _("The time stamp that was promised for this file is missing; it was not issued."),
        )
    if number_in(pdf) != number:
        raise NotReleasable(
            "number-missing",
            _("This file does not carry the number %(number)s; it was not issued.")
            % {"number": number},
        )
    return findings
