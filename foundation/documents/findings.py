"""The technical side of a verdict: what the signatures of some bytes prove, in words and numbers.

Asks a cell to look; decides nothing about releases.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Iterable

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from foundation.documents.authority import is_test_certificate, trust_anchors
from foundation.documents.confinement import Facts, Limits, run_confined

INSPECTION = Limits(memory=768, processor=20, seconds=30.0)
_NUMBER = re.compile(rb"<dc:identifier>stadtbruecke:([^<\s]{1,80})</dc:identifier>")
COVERAGES = ("unclear", "contiguous-block-from-start", "entire-revision", "entire-file")
MODIFICATIONS = ("none", "lta-updates", "form-filling", "annotations", "other")


@dataclasses.dataclass(frozen=True)
class Findings:
    """What holds for all signatures together; the weakest one decides every word.

    cryptography: intact | broken | none; trust: trusted | test | untrusted | none;
    timestamp: valid | invalid | none; coverage: entire-file or the best that was reached;
    modification: none … other, as far as allowed by the seal, else "other".
    """

    cryptography: str = "none"
    trust: str = "none"
    timestamp: str = "none"
    coverage: str = "none"
    modification: str = "none"
    revisions: int = 0
    signatures: int = 0
    seal_key: str = ""
    signer_keys: frozenset[str] = frozenset()

    @property
    def sound(self) -> bool:
        """Everything that mathematics can say is well; trust is another question."""
        return (
            self.cryptography == "intact"
            and self.coverage == "entire-file"
            and self.modification in {"none", "lta-updates", "form-filling"}
        )


def examine(data: bytes) -> Findings:
    """Check all signatures against our trust anchors, in a cell.

    Raises ConfinedFailure (reason "broken" for anything that is no proper PDF), SealUnavailable.
    """
    anchors = trust_anchors()
    armored = "".join(anchor.public_bytes(Encoding.PEM).decode() for anchor in anchors)
    answer, _nothing = run_confined("inspect", {"anchors": armored}, data, limits=INSPECTION)
    return summarise(answer, test_anchors=_fingerprints(filter(is_test_certificate, anchors)))


def number_in(data: bytes) -> str:
    """The document number in the metadata, readable even when the file is damaged; or ""."""
    found = _NUMBER.search(data)
    return found[1].decode(errors="replace") if found else ""


def _fingerprints(certificates: Iterable[x509.Certificate]) -> frozenset[str]:
    return frozenset(
        hashlib.sha256(each.public_bytes(Encoding.DER)).hexdigest() for each in certificates
    )


def summarise(answer: Facts, *, test_anchors: frozenset[str]) -> Findings:
    """One word per question from the cell's answer about every signature."""
    signatures = answer["signatures"]
    if not signatures:
        return Findings(revisions=answer["revisions"])
    keys = [each["signer_key"] for each in signatures]
    return Findings(
        cryptography=_cryptography(signatures),
        trust=_trust(signatures, test_anchors),
        timestamp=_timestamp(signatures),
        coverage=_coverage(signatures),
        modification=_modification(signatures, others=answer["other_signatures"]),
        revisions=answer["revisions"],
        signatures=len(signatures),
        seal_key=keys[0],
        signer_keys=frozenset(keys),
    )


def _cryptography(signatures: list[Facts]) -> str:
    """Both validations must agree: the embedded one and, where trust holds, the AdES one."""
    intact = all(each["intact"] and each["valid"] for each in signatures)
    agreed = all(each["ades"] for each in signatures if each["trusted"])
    return "intact" if intact and agreed else "broken"


def _trust(signatures: list[Facts], test_anchors: frozenset[str]) -> str:
    if not all(each["trusted"] and each["ades"] for each in signatures):
        return "untrusted"
    return "test" if any(each["anchor"] in test_anchors for each in signatures) else "trusted"


def _timestamp(signatures: list[Facts]) -> str:
    words = {each["timestamp"] for each in signatures}
    return next(word for word in ("invalid", "none", "valid") if word in words)


def _coverage(signatures: list[Facts]) -> str:
    """The last signature must reach to the end, every earlier one to the end of its revision."""
    *earlier, last = (each["coverage"] for each in signatures)
    if any(each not in {"entire-revision", "entire-file"} for each in earlier):
        return min((*earlier, last), key=COVERAGES.index)
    return last


def _modification(signatures: list[Facts], *, others: int) -> str:
    """What was added after a signature; one of an unknown kind is no allowed addition."""
    if others or not all(each["modification_allowed"] for each in signatures):
        return "other"
    return max((each["modification"] for each in signatures), key=MODIFICATIONS.index)
