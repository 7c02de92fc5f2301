"""The one way to the seal's key: a PKCS#12 file with its passphrase beside it, or a token."""

from __future__ import annotations

from pathlib import Path

from cryptography import x509
from django.conf import settings
from django.utils.translation import gettext as _
from pyhanko.sign.signers.pdf_cms import Signer, SimpleSigner

from foundation.documents.authority import (
    KEY_FILE,
    PASSPHRASE_FILE,
    SealUnavailable,
    is_production,
    is_test_certificate,
    seal_directory,
    unavailable,
)
from foundation.documents.token import token_signer


def seal_signer(directory: Path | None = None) -> Signer:
    """A signer with the seal's key and its whole chain, from `directory` or settings.SEAL_DIR.

    With settings.SEAL_TOKEN the key stays on that token. Raises SealUnavailable: files missing,
    unreadable, wrong passphrase, no token, or a test seal in production.
    """
    directory = directory or seal_directory()
    signer = token_signer(directory) if settings.SEAL_TOKEN else _file_signer(directory)
    certificate = x509.load_der_x509_certificate(certificate_of(signer))
    if is_production() and is_test_certificate(certificate):
        raise SealUnavailable(
            "test-seal-in-production",
            _("This installation has only a test seal (MUSTER), which must not be used here."),
        )
    return signer


def _file_signer(directory: Path) -> Signer:
    try:
        packed = (directory / KEY_FILE).read_bytes()
    except OSError as error:
        raise unavailable(KEY_FILE) from error
    try:
        passphrase = (directory / PASSPHRASE_FILE).read_bytes().strip()
    except OSError as error:
        raise unavailable(PASSPHRASE_FILE) from error
    try:
        return SimpleSigner.load_pkcs12_data(packed, other_certs=[], passphrase=passphrase)
    except ValueError as error:
        raise unavailable(KEY_FILE) from error


def certificate_of(signer: Signer) -> bytes:
    """The signer's certificate (DER); raises SealUnavailable when there is none."""
    if signer.signing_cert is None:
        raise unavailable(KEY_FILE)
    der: bytes = signer.signing_cert.dump()
    return der
