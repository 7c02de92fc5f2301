"""What exactly is approved by a signature, as canonical bytes; a passkey signs their digest.

The bytes stand in the evidence, so that everything about it can be checked again later.
"""

from __future__ import annotations

import hashlib
from typing import Any

import rfc8785

from foundation.accounts import passkeys
from partnerships.models import AgreementVersion, Evidence, Signatory


def record_of(
    version: AgreementVersion, place: Signatory, *, kind: str, pdf_sha256: str, nonce: str
) -> bytes:
    """Number, version, digests, city, function, kind and nonce in the form of RFC 8785."""
    facts: dict[str, Any] = {
        "number": version.agreement.number,
        "version": version.n,
        "version_sha256": version.sha256,
        "pdf_sha256": pdf_sha256,
        "party": place.party.municipality.slug,
        "position": place.position,
        "function": {language: entry["text"] for language, entry in place.function.stored.items()},
        "kind": kind,
        "nonce": nonce,
    }
    if place.deputy_for:
        facts["deputy_for"] = place.deputy_for
        facts["authority_sha256"] = place.authority.sha256 if place.authority else ""
    return rfc8785.dumps(facts)


def challenge_of(record: bytes) -> bytes:
    """The 32 bytes that a passkey is asked to sign."""
    return hashlib.sha256(record).digest()


def is_attested_by_passkey(evidence: Evidence) -> bool:
    """Check the assertion of a passkey again, from the stored row and nothing else.

    False as well for evidence without an assertion: only this portal attests that.
    """
    record = bytes(evidence.record)
    data = evidence.data
    same = (data.get("version_sha256"), data.get("pdf_sha256"), data.get("nonce")) == (
        evidence.version_sha256,
        evidence.pdf_sha256,
        evidence.nonce,
    )
    return (
        same
        and evidence.assertion is not None
        and passkeys.still_holds(evidence.assertion, challenge_of(record))
    )
