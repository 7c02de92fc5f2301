"""Is this file ours, whole and current? One verdict from everything that must hold.

Needed together: cryptography, trust, time stamp, coverage, modification, revisions, digest.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from foundation.documents.confinement import ConfinedFailure
from foundation.documents.files import digest_of_bytes
from foundation.documents.findings import Findings, examine, number_in
from foundation.documents.levels import WITH_STAMP
from foundation.documents.models import Release
from foundation.documents.releases import history_of_file
from foundation.errors import DomainError

MAX_BYTES = 20 * 1024 * 1024
# Readers accept some bytes before the header, and so does the rest of the world.
HEADER_WITHIN = 1024

VALID = "valid"
VALID_TEST = "valid-test"
VALID_OLDER = "valid-older-release"
NOT_FINAL = "not-final"
INCOMPLETE = "incomplete"
CHANGED = "changed"
NOT_ISSUED_HERE = "not-issued-here"


class NotVerifiable(DomainError):
    """The upload is no PDF, too large or broken; it was not kept."""


@dataclasses.dataclass(frozen=True)
class Verdict:
    """The answer and its reasons; words of the technical fields stand in Findings."""

    verdict: str
    cryptography: str
    trust: str
    timestamp: str
    coverage: str
    modification: str
    revisions: int
    sha256_known: bool
    evidence: list[dict[str, Any]]
    sha256: str
    number: str
    kind: str
    stage: str
    level: str
    signatures: int
    issued_at: dt.datetime | None

    @property
    def holds(self) -> bool:
        """Whether the file is exactly one that was issued and concluded here."""
        return self.verdict in {VALID, VALID_TEST, VALID_OLDER}

    def as_dict(self) -> dict[str, Any]:
        """For JSON: every field, the time in ISO form."""
        facts = dataclasses.asdict(self)
        facts["issued_at"] = None if self.issued_at is None else self.issued_at.isoformat()
        return facts


def verify(data: bytes) -> Verdict:
    """Compare a file with the list of releases and check its signatures; keeps nothing.

    Raises NotVerifiable for files that are neither PDFs nor damaged documents of ours.
    """
    if len(data) > MAX_BYTES:
        raise NotVerifiable(
            "file-too-large",
            _("The file is larger than %(limit)s MB. Documents of this portal are much smaller.")
            % {"limit": MAX_BYTES // (1024 * 1024)},
        )
    sha256 = digest_of_bytes(data)
    listed = Release.objects.filter(sha256=sha256).select_related("replaced_by", "file").first()
    number = number_in(data)
    findings = _findings(data, listed, tolerate=listed is not None or _issued(number))
    if listed is not None:
        return _verdict(_judge(listed, findings), findings, sha256, listed.number, listed)
    if _issued(number) or _sealed_here(findings):
        return _verdict(CHANGED, findings, sha256, number, None)
    return _verdict(NOT_ISSUED_HERE, findings, sha256, "", None)


def _findings(data: bytes, listed: Release | None, *, tolerate: bool) -> Findings:
    """A damaged copy of our own document gets a verdict; anything else broken gets a sentence."""
    if b"%PDF-" not in data[:HEADER_WITHIN] and not tolerate:
        raise NotVerifiable("not-a-pdf", _("This file is not a PDF document."))
    try:
        return examine(data, known=[] if listed is None else history_of_file(listed))
    except ConfinedFailure as failure:
        if tolerate:
            return Findings(cryptography="broken")
        raise NotVerifiable(
            "pdf-unreadable",
            _("This PDF is damaged and cannot be read, so it cannot be checked."),
        ) from failure


def _issued(number: str) -> bool:
    return bool(number) and Release.objects.filter(number=number).exists()


def _sealed_here(findings: Findings) -> bool:
    """Whether any signature bears a certificate that one of our releases was sealed with."""
    keys = findings.signer_keys
    return bool(keys) and Release.objects.filter(seal_key__in=keys).exists()


def _judge(listed: Release, findings: Findings) -> str:
    """The verdict on bytes that are on the list."""
    if not findings.sound or findings.trust not in {"trusted", "test"}:
        return INCOMPLETE
    if findings.timestamp == "invalid":
        return INCOMPLETE
    if listed.level == WITH_STAMP and findings.timestamp != "valid":
        return INCOMPLETE
    if (findings.revisions, findings.signatures) != (listed.revisions, listed.signatures):
        return INCOMPLETE
    if listed.stage != Release.Stage.FINAL:
        return NOT_FINAL
    if _replaced(listed):
        return VALID_OLDER
    return VALID_TEST if listed.is_test or findings.trust == "test" else VALID


def _replaced(listed: Release) -> bool:
    return Release.objects.filter(replaces=listed, stage=Release.Stage.FINAL).exists()


def _verdict(
    word: str, findings: Findings, sha256: str, number: str, listed: Release | None
) -> Verdict:
    return Verdict(
        verdict=word,
        cryptography=findings.cryptography,
        trust=findings.trust,
        timestamp=findings.timestamp,
        coverage=findings.coverage,
        modification=findings.modification,
        revisions=findings.revisions,
        sha256_known=listed is not None,
        evidence=[] if listed is None else list(listed.evidence),
        sha256=sha256,
        number=number,
        kind="" if listed is None else listed.kind,
        stage="" if listed is None else listed.stage,
        level="" if listed is None else listed.level,
        signatures=findings.signatures,
        issued_at=None if listed is None else listed.issued_at,
    )
