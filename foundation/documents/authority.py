"""Where the seal's key and certificates lie, and the test authority that a demo generates.

Everything that this authority signs is marked MUSTER; a production installation refuses it.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.conf import settings
from django.utils.translation import gettext as _

from foundation.errors import DomainError

KEY_FILE = "seal.p12"
PASSPHRASE_FILE = "seal.pass"  # noqa: S105 - a file name
ANCHORS_FILE = "ca.pem"
AUTHORITY_KEY_FILE = "ca-key.pem"
# Written as the organisational unit into every certificate of a generated test authority.
TEST_MARK = "MUSTER"
_DOCUMENT_SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")


class SealUnavailable(DomainError):
    """The seal cannot be used: files missing, unreadable, wrong passphrase or a test seal."""


def seal_directory() -> Path:
    """Where the seal lies (settings.SEAL_DIR)."""
    return Path(settings.SEAL_DIR)


def trust_directory() -> Path:
    """Where the certificates to believe lie: settings.TRUST_DIR, or beside the seal."""
    return Path(settings.TRUST_DIR or settings.SEAL_DIR)


def is_production() -> bool:
    """Whether this installation issues documents that count."""
    return settings.PORTAL_MODE == "production"


def is_test_certificate(certificate: x509.Certificate) -> bool:
    """Whether a generated test authority made this certificate."""
    units = certificate.issuer.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)
    return any(unit.value == TEST_MARK for unit in units)


def trust_anchors(directory: Path | None = None) -> list[x509.Certificate]:
    """The authorities whose seals we accept, from `ca.pem`; raises SealUnavailable."""
    path = (directory or trust_directory()) / ANCHORS_FILE
    try:
        return x509.load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError) as error:
        raise unavailable(path.name) from error


def unavailable(name: str) -> SealUnavailable:
    """The refusal that names the file which stands in the way."""
    return SealUnavailable(
        "seal-unavailable",
        _(
            "The portal's seal cannot be used at the moment (%(file)s). "
            "Nothing was sealed and nothing was lost; the administration has to act."
        )
        % {"file": name},
    )


def ensure_test_authority(directory: Path | None = None) -> Path:
    """Generate a test CA and seal once, marked MUSTER; returns the directory.

    Safe when several processes start at once. Raises SealUnavailable in production.
    """
    directory = directory or seal_directory()
    if is_production():
        raise SealUnavailable(
            "no-test-authority-in-production",
            _("A production installation needs a real seal; none is generated."),
        )
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _locked(directory):
        # The key file is written last: where it lies, the other two lie as well.
        if not (directory / KEY_FILE).exists():
            _generate(directory)
    return directory


@contextlib.contextmanager
def _locked(directory: Path) -> Iterator[None]:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _generate(directory: Path) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    ca_key = new_key()
    ca_name = distinguished("MUSTER Stadtbrücke Test-CA")
    ca = (
        certificate_builder(ca_name, ca_name, ca_key.public_key(), now, days=3650)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(key_usage(authority=True), critical=True)
        .sign(ca_key, hashes.SHA256())
    )
    seal_key = new_key()
    identifier = x509.SubjectKeyIdentifier.from_public_key(ca_key.public_key())
    seal = (
        certificate_builder(
            distinguished("MUSTER Siegel der Stadtbrücke (ohne rechtliche Wirkung)"),
            ca_name,
            seal_key.public_key(),
            now,
            days=1825,
        )
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(key_usage(authority=False), critical=True)
        .add_extension(
            x509.ExtendedKeyUsage([_DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION]),
            critical=False,
        )
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier),
            critical=False,
        )
        .sign(ca_key, hashes.SHA256())
    )
    passphrase = secrets.token_hex(24).encode()
    packed = pkcs12.serialize_key_and_certificates(
        b"seal", seal_key, seal, [ca], BestAvailableEncryption(passphrase)
    )
    # Only a test authority lies beside its own key: it goes on to make signers and revocations.
    unlocked = ca_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    write_once(directory / AUTHORITY_KEY_FILE, unlocked, 0o400)
    write_once(directory / ANCHORS_FILE, ca.public_bytes(Encoding.PEM), 0o444)
    write_once(directory / PASSPHRASE_FILE, passphrase, 0o400)
    write_once(directory / KEY_FILE, packed, 0o400)


def new_key() -> ec.EllipticCurvePrivateKey:
    """On the curve P-256: pyHanko checks keys before each use, which takes RSA much longer."""
    return ec.generate_private_key(ec.SECP256R1())


def distinguished(common_name: str) -> x509.Name:
    """A name of the test authority, marked MUSTER."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "DE"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Stadtbrücke"),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, TEST_MARK),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def certificate_builder(
    subject: x509.Name,
    issuer: x509.Name,
    public_key: ec.EllipticCurvePublicKey | rsa.RSAPublicKey,
    now: datetime,
    *,
    days: int,
) -> x509.CertificateBuilder:
    """A certificate of the test authority, to be completed and signed."""
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        # A day back, so that clocks that go behind accept the first seal.
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
    )


def key_usage(*, authority: bool) -> x509.KeyUsage:
    """Signing certificates for an authority, documents for everybody else."""
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def write_once(path: Path, data: bytes, mode: int) -> None:
    """Write to a temporary name and rename, so that nobody reads half a key."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 of the certificate as hexadecimal, as certificate viewers show it."""
    return hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest()
