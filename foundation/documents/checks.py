"""Is the seal fit for this installation? Asked by Django whenever a command starts.

A production installation with the generated test authority, or without any seal, does not start.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from foundation.documents.authority import (
    KEY_FILE,
    SealUnavailable,
    is_production,
    is_test_certificate,
    seal_directory,
    trust_anchors,
)
from foundation.documents.signer import seal_signer


def seal_is_fit(app_configs: Sequence[Any] | None, **options: Any) -> list[CheckMessage]:
    """Errors for production only: no anchors, a test authority, or a key that others can read."""
    if not is_production():
        return []
    trust = "TRUST_DIR" if settings.TRUST_DIR else "SEAL_DIR"
    try:
        anchors = trust_anchors()
    except SealUnavailable:
        return [
            Error(
                f"{trust} holds no readable ca.pem: nothing could be sealed or verified.",
                hint="Put the certificates to believe there; see docs/operations.md.",
                id="documents.E001",
            )
        ]
    if any(is_test_certificate(anchor) for anchor in anchors):
        return [
            Error(
                f"{trust} holds the generated test authority (MUSTER).",
                hint="Replace seal.p12, seal.pass and ca.pem by the city's own seal.",
                id="documents.E002",
            )
        ]
    key = seal_directory() / KEY_FILE
    # Web processes may lack the key altogether; where it lies, only its owner may read it.
    if key.exists() and key.stat().st_mode & 0o077:
        return [
            Error(
                "seal.p12 can be read by other users of this machine.",
                hint="chmod 400 seal.p12 seal.pass",
                id="documents.E003",
            )
        ]
    return []


def reason_not_to_seal() -> str | None:
    """For the worker, which alone holds the key: why it could not seal; None when it can."""
    for fault in seal_is_fit(None):
        return str(fault.msg)
    try:
        seal_signer()
    except SealUnavailable as refusal:
        return str(refusal.message)
    return None
