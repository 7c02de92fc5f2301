"""What the generated test authority makes besides the seal: signers, a time stamper, revocations.

Everything is marked MUSTER; without the authority's own key, as in production, nothing is made.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    load_pem_private_key,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID

from foundation.documents.authority import (
    AUTHORITY_KEY_FILE,
    certificate_builder,
    distinguished,
    key_usage,
    new_key,
    seal_directory,
    trust_anchors,
    unavailable,
    write_once,
)

REVOCATIONS_FILE = "ca.crl"
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
_DAY = dt.timedelta(days=1)
DOCUMENT_SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")


def make_signer(
    common_name: str,
    passphrase: bytes,
    *,
    directory: Path | None = None,
    key: Key | None = None,
    stamps_time: bool = False,
    starts: dt.datetime | None = None,
    days: int = 365,
) -> bytes:
    """A PKCS#12 with `key` or a new one, and a certificate that the test authority signed.

    `stamps_time` makes a time stamping certificate. Raises SealUnavailable where no test
    authority lies.
    """
    directory = directory or seal_directory()
    ca_key, ca = _authority(directory)
    key = key or new_key()
    usage = ExtendedKeyUsageOID.TIME_STAMPING if stamps_time else DOCUMENT_SIGNING
    identifier = x509.SubjectKeyIdentifier.from_public_key(ca_key.public_key())
    now = (starts or dt.datetime.now(dt.UTC)).replace(microsecond=0)
    certificate = (
        certificate_builder(
            distinguished(common_name), ca.subject, key.public_key(), now, days=days
        )
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(key_usage(authority=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([usage]), critical=stamps_time)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier),
            critical=False,
        )
        .sign(ca_key, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(
        common_name.encode(), key, certificate, [ca], BestAvailableEncryption(passphrase)
    )


def refresh_revocations(directory: Path | None = None, *, revoke: tuple[int, ...] = ()) -> None:
    """Write `ca.crl` anew when it is older than a day or lacks a serial number of `revoke`.

    What was revoked stays revoked. Does nothing without the test authority's key.
    """
    directory = directory or seal_directory()
    path = directory / REVOCATIONS_FILE
    if not (directory / AUTHORITY_KEY_FILE).exists():
        return
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    revoked, age = _standing(path, now)
    if age < _DAY and revoked >= set(revoke):
        return
    ca_key, ca = _authority(directory)
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(ca.subject)
        .last_update(now - _DAY / 24)
        .next_update(now + 30 * _DAY)
        .add_extension(x509.CRLNumber(int(now.timestamp())), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), critical=False
        )
    )
    for serial in sorted(revoked | set(revoke)):
        builder = builder.add_revoked_certificate(
            x509.RevokedCertificateBuilder()
            .serial_number(serial)
            .revocation_date(now - _DAY / 24)
            .build()
        )
    signed = builder.sign(ca_key, hashes.SHA256()).public_bytes(Encoding.DER)
    write_once(path, signed, 0o444)


def _standing(path: Path, now: dt.datetime) -> tuple[set[int], dt.timedelta]:
    """Serial numbers and age of the list that is there."""
    if not path.exists():
        return set(), dt.timedelta.max
    standing = x509.load_der_x509_crl(path.read_bytes())
    return {each.serial_number for each in standing}, now - standing.last_update_utc


def _authority(directory: Path) -> tuple[Key, x509.Certificate]:
    try:
        key = load_pem_private_key((directory / AUTHORITY_KEY_FILE).read_bytes(), password=None)
    except (OSError, ValueError) as error:
        raise unavailable(AUTHORITY_KEY_FILE) from error
    if not isinstance(key, Key):
        raise unavailable(AUTHORITY_KEY_FILE)
    return key, trust_anchors(directory)[0]
