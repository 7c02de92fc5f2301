"""Putting a sealed file on the list of releases, after proving to ourselves that it holds.

A file that our own verification would not accept never gets onto the list.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from foundation.audit.trail import record, subject_key
from foundation.documents.confinement import ConfinedFailure
from foundation.documents.files import digest_of_bytes, store
from foundation.documents.findings import Findings, examine, number_in
from foundation.documents.models import Release
from foundation.errors import DomainError

PDF = "application/pdf"


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
) -> Release:
    """Store a sealed PDF and list it as the newest release of (subject, kind).

    Idempotent: the same bytes give the same row. `evidence` is what verification shows per party,
    in the domain's words (JSON). Raises NotReleasable, StorageFailed.
    """
    sha256 = digest_of_bytes(pdf)
    subject_type, subject_id = subject_key(subject)
    identity = {
        "subject_type": subject_type,
        "subject_id": subject_id,
        "number": number,
        "kind": kind,
        "stage": stage,
    }
    known = Release.objects.filter(sha256=sha256).first()
    if known is not None:
        return _same(known, identity)
    findings = _proof(pdf, number)
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
            # Two workers at once: the database lets only one of them replace it.
            replaces=latest(subject, kind),
        )
        record("released", subject, by=by, release=listed.pk, sha256=sha256, stage=str(stage))
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
    return Release.objects.filter(
        subject_type=subject_type, subject_id=subject_id, kind=kind, replaced_by=None
    ).first()


def with_number(number: str) -> models.QuerySet[Release]:
    """All releases of a document number, newest first; for the public page."""
    return Release.objects.filter(number=number).order_by("-pk")


def _proof(pdf: bytes, number: str) -> Findings:
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
    if number_in(pdf) != number:
        raise NotReleasable(
            "number-missing",
            _("This file does not carry the number %(number)s; it was not issued.")
            % {"number": number},
        )
    return findings
