"""RFC 3161 time stamps over bytes that are no PDF, and what such a stamp proves.

The token is a file of its own; `openssl ts -verify` reads it, too.
"""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
import hashlib

from asn1crypto import cms, tsp, x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko_certvalidator import ValidationContext

from foundation.documents.anchors import accepted_anchors
from foundation.documents.timestamps import stamp_away, time_stamper

DIGEST = "sha256"


@dataclasses.dataclass(frozen=True)
class Stamp:
    """What a token proves about bytes: `valid` when both token and authority hold."""

    valid: bool
    at: dt.datetime | None
    authority: str


def stamp(data: bytes) -> bytes:
    """The token (DER) of the configured authority over SHA-256 of `data`; raises SourceAway."""
    asked = time_stamper().async_timestamp(hashlib.sha256(data).digest(), DIGEST)
    try:
        token = asyncio.run(asked)
    except (TimestampRequestError, OSError) as error:
        raise stamp_away() from error
    return bytes(token.dump())


def examine(token: bytes, data: bytes) -> Stamp:
    """What `token` proves about `data`, by the authorities that this installation accepts."""
    try:
        content = cms.ContentInfo.load(token)
        signed = content["content"]
        info = signed["encap_content_info"]["content"].parsed
        status = asyncio.run(
            validate_tst_signed_data(signed, _context(signed), lambda _name: _digest(data))
        )
    except (ValueError, TypeError, KeyError, SignatureValidationError):
        return Stamp(False, None, "")
    if not isinstance(info, tsp.TSTInfo):
        return Stamp(False, None, "")
    sound = bool(status["intact"] and status["valid"] and status["trust_problem_indic"] is None)
    return Stamp(sound, status["timestamp"], status["signing_cert"].subject.human_friendly)


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _context(signed: cms.SignedData) -> ValidationContext:
    anchors = accepted_anchors().stamps
    return ValidationContext(
        trust_roots=[x509.Certificate.load(a.public_bytes(Encoding.DER)) for a in anchors],
        other_certs=[each.chosen for each in signed["certificates"] if each.name == "certificate"],
        allow_fetching=False,
        revocation_mode="soft-fail",
    )
