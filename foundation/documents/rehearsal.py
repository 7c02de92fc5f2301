"""Whether a brought file can be concluded: a copy is sealed with a key that is thrown away at once.

The real key stays with the worker that seals; the copy is looked at and never leaves the memory.
"""

from __future__ import annotations

import datetime as dt
import secrets

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from django.utils.translation import gettext as _
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.signers.pdf_cms import Signer, SimpleSigner

from foundation.documents.anchors import accepted_anchors
from foundation.documents.authority import (
    certificate_builder,
    distinguished,
    key_usage,
    new_key,
)
from foundation.documents.confinement import ConfinedFailure, Facts
from foundation.documents.external import HARMLESS, MoreThanASignature
from foundation.documents.findings import look
from foundation.documents.sealing import CannotSeal, conclude
from foundation.documents.timestamps import SourceAway


def demand_concludable(pdf: bytes) -> None:
    """Raise MoreThanASignature when the last seal could not follow what stands in this file."""
    signer = _thrown_away()
    try:
        sealed = conclude(pdf, signer=signer)
        answer = look(sealed, accepted_anchors())
    except SourceAway:
        # Says nothing about the file: the worker will wait for the source.
        return
    except (CannotSeal, PdfError, ValueError, ConfinedFailure) as refusal:
        raise _not_concludable() from refusal
    if not all(_still_holds(mark) for mark in answer["signatures"]):
        raise _not_concludable()


def _still_holds(mark: Facts) -> bool:
    return bool(
        mark["intact"] and mark["modification_allowed"] and mark["modification"] in HARMLESS
    )


def _not_concludable() -> MoreThanASignature:
    return MoreThanASignature(
        "not-concludable",
        _(
            "After your signature this file takes no further one, so the agreement could not be "
            "concluded with it. Please sign the file exactly as you downloaded it, or use the way "
            "“signed elsewhere”."
        ),
    )


def _thrown_away() -> Signer:
    key = new_key()
    name = distinguished("MUSTER Probe")
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    certificate = (
        certificate_builder(name, name, key.public_key(), now, days=1)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(key_usage(authority=False), critical=True)
        .sign(key, hashes.SHA256())
    )
    word = secrets.token_hex(16).encode()
    packed = pkcs12.serialize_key_and_certificates(
        b"probe", key, certificate, None, BestAvailableEncryption(word)
    )
    return SimpleSigner.load_pkcs12_data(packed, other_certs=[], passphrase=word)
