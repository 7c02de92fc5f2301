"""The seal's key on a hardware token (PKCS#11), for installations that have one.

Needs the optional package python-pkcs11, which docs/operations.md tells how to add.
"""

from __future__ import annotations

import functools
import os
from pathlib import Path

from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from pyhanko.sign.signers.pdf_cms import Signer

from foundation.documents.authority import PASSPHRASE_FILE, trust_anchors, unavailable


def token_signer(directory: Path) -> Signer:
    """A signer for the token of settings.SEAL_TOKEN; its PIN stands in `seal.pass`.

    Token, key and certificate bear settings.SEAL_TOKEN_LABEL. Raises SealUnavailable.
    """
    return _signer_of_process(
        os.getpid(), directory, settings.SEAL_TOKEN, settings.SEAL_TOKEN_LABEL
    )


@functools.cache
def _signer_of_process(process: int, directory: Path, module: str, label: str) -> Signer:
    """One session a process: a token refuses a second login, and a fork must not share one."""
    try:
        # An optional package: only installations with a token have it.
        from pkcs11.exceptions import PKCS11Error
        from pyhanko.config.pkcs11 import TokenCriteria
        from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
    except ImportError as error:
        raise unavailable("python-pkcs11") from error
    try:
        pin = (directory / PASSPHRASE_FILE).read_text().strip()
    except OSError as error:
        raise unavailable(PASSPHRASE_FILE) from error
    anchors = trust_anchors()
    chain = [x509.Certificate.load(each.public_bytes(Encoding.DER)) for each in anchors]
    try:
        session = open_pkcs11_session(
            module, token_criteria=TokenCriteria(label=label), user_pin=pin
        )
        signer = PKCS11Signer(session, cert_label=label, key_label=label, ca_chain=chain)
        if signer.signing_cert is None:
            raise unavailable(f"PKCS#11 {label}")
    except (PKCS11Error, OSError, ValueError, LookupError) as error:
        raise unavailable(f"PKCS#11 {label}") from error
    return signer
