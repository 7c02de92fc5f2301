"""Whom we believe: the authorities of the seal, of people's certificates and of time stamps.

Three folders of PEM files; one of them never vouches for the purpose of another.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings

from foundation.documents.authority import (
    fingerprint,
    is_production,
    is_test_certificate,
    trust_anchors,
    trust_directory,
    unavailable,
)

STAMP_ANCHORS_FILE = "tsa.pem"


@dataclasses.dataclass(frozen=True)
class Anchors:
    """Certificates of authorities by purpose."""

    seals: tuple[x509.Certificate, ...]
    people: tuple[x509.Certificate, ...]
    stamps: tuple[x509.Certificate, ...]

    @property
    def armored(self) -> str:
        """All of them once, as PEM text."""
        every = {fingerprint(each): each for each in (*self.seals, *self.people, *self.stamps)}
        return "".join(each.public_bytes(Encoding.PEM).decode() for each in every.values())

    @property
    def of_seals(self) -> frozenset[str]:
        """SHA-256 fingerprints of the seal's authorities."""
        return frozenset(map(fingerprint, self.seals))

    @property
    def of_people(self) -> frozenset[str]:
        """SHA-256 fingerprints of the authorities of people's certificates."""
        return frozenset(map(fingerprint, self.people))

    @property
    def of_tests(self) -> frozenset[str]:
        """SHA-256 fingerprints of generated test authorities (MUSTER) among them."""
        every = (*self.seals, *self.people, *self.stamps)
        return frozenset(fingerprint(each) for each in every if is_test_certificate(each))


def accepted_anchors() -> Anchors:
    """The anchors of this installation; raises SealUnavailable when a file cannot be read.

    Outside production the generated test authority also vouches for people and time stamps.
    """
    seals = trust_anchors()
    tests = [] if is_production() else [each for each in seals if is_test_certificate(each)]
    return Anchors(
        seals=tuple(seals),
        people=(*_in_folder(Path(settings.SIGNERS_DIR)), *tests),
        stamps=(*_in_file(trust_directory() / STAMP_ANCHORS_FILE), *tests),
    )


def _in_folder(folder: Path) -> list[x509.Certificate]:
    return [each for path in sorted(folder.glob("*.pem")) for each in _in_file(path)]


def _in_file(path: Path) -> list[x509.Certificate]:
    if not path.exists():
        return []
    try:
        return x509.load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError) as error:
        raise unavailable(path.name) from error
