"""The one way to the seal's key: today a PKCS#12 file with its passphrase beside it.

A hardware token (PKCS#11) would be another pyHanko Signer from here; callers stay as they are.
"""

from __future__ import annotations

from pathlib import Path

from cryptography import x509
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


def seal_signer(directory: Path | None = None) -> Signer:
    """A signer with the seal's key and its whole chain, from `directory` or settings.SEAL_DIR.

    Raises SealUnavailable: files missing, unreadable, wrong passphrase, or a test seal in
    production.
    """
    directory = directory or seal_directory()
    try:
        packed = (directory / KEY_FILE).read_bytes()
    except OSError as error:
        raise unavailable(KEY_FILE) from error
    try:
        passphrase = (directory / PASSPHRASE_FILE).read_bytes().strip()
    except OSError as error:
        raise unavailable(PASSPHRASE_FILE) from error
    try:
        signer = SimpleSigner.load_pkcs12_data(packed, other_certs=[], passphrase=passphrase)
    except ValueError as error:
        raise unavailable(KEY_FILE) from error
    certificate = x509.load_der_x509_certificate(certificate_of(signer))
    if is_production() and is_test_certificate(certificate):
        raise SealUnavailable(
            "test-seal-in-production",
            _("This installation has only a test seal (MUSTER), which must not be used here."),
        )
    return signer


def certificate_of(signer: Signer) -> bytes:
    """The signer's certificate (DER); raises SealUnavailable when there is none."""
    if signer.signing_cert is None:
        raise unavailable(KEY_FILE)
    der: bytes = signer.signing_cert.dump()
    return der
