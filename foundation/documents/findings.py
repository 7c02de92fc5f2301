"""The technical side of a verdict: what the signatures of some bytes prove, in words and numbers.

Asks a cell to look; decides nothing about releases.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Sequence

from foundation.documents.anchors import Anchors, accepted_anchors
from foundation.documents.confinement import Facts, Limits, run_confined
from foundation.documents.seal_fields import OWN_FIELDS

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
    stamps: int = 0
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


def examine(data: bytes, *, known: Sequence[tuple[int, dt.datetime]] = ()) -> Findings:
    """Check all signatures against our trust anchors, in a cell.

    `known`: (revisions, since when) of releases that begin like this file, oldest first: each
    signature is judged at the time from which we know it, else now.
    Raises ConfinedFailure (reason "broken" for anything that is no proper PDF), SealUnavailable.
    """
    anchors = accepted_anchors()
    return summarise(look(data, anchors, known=known), anchors=anchors)


def look(
    data: bytes,
    anchors: Anchors,
    *,
    known: Sequence[tuple[int, dt.datetime]] = (),
    previous: int = 0,
) -> Facts:
    """The cell's answer about every signature and field; `previous` as inspection.py says."""
    facts = {
        "anchors": anchors.armored,
        "known": [(revisions, moment.isoformat()) for revisions, moment in known],
        "previous": previous,
    }
    answer, _nothing = run_confined("inspect", facts, data, limits=INSPECTION)
    return answer


def number_in(data: bytes) -> str:
    """The document number in the metadata, readable even when the file is damaged; or ""."""
    found = _NUMBER.search(data)
    return found[1].decode(errors="replace") if found else ""


def summarise(answer: Facts, *, anchors: Anchors) -> Findings:
    """One word per question from the cell's answer about every signature."""
    marks: list[Facts] = answer["signatures"]
    signatures = [each for each in marks if each["kind"] == "signature"]
    if not signatures:
        return Findings(revisions=answer["revisions"])
    return Findings(
        cryptography=_cryptography(marks),
        trust=_trust(signatures, anchors),
        timestamp=_timestamp(marks),
        coverage=_coverage(marks, data_added=answer["data_added"]),
        modification=_modification(marks),
        revisions=answer["revisions"],
        signatures=len(signatures),
        stamps=len(marks) - len(signatures),
        seal_key=signatures[0]["signer_key"],
        signer_keys=frozenset(each["signer_key"] for each in signatures),
    )


def _cryptography(marks: list[Facts]) -> str:
    """Both validations must agree: the embedded one and, where trust holds, the AdES one."""
    intact = all(each["intact"] and each["valid"] for each in marks)
    agreed = all(each["ades"] for each in marks if each["trusted"])
    return "intact" if intact and agreed else "broken"


def _trust(signatures: list[Facts], anchors: Anchors) -> str:
    """Seals must come from the seal's authority, signatures of people from one for people."""
    for each in signatures:
        own = each["field"] in OWN_FIELDS or each["certification"]
        accepted = anchors.of_seals if own else anchors.of_people
        if not (each["trusted"] and each["ades"] and each["anchor"] in accepted):
            return "untrusted"
    return "test" if any(each["anchor"] in anchors.of_tests for each in signatures) else "trusted"


def _timestamp(marks: list[Facts]) -> str:
    """Time stamps of people's own software count only when they are broken."""
    for each in marks:
        ours = each["kind"] == "timestamp" or each["field"] in OWN_FIELDS
        if each["timestamp"] == "invalid" or (ours and each["timestamp"] == "unknown"):
            return "invalid"
    return "valid" if marks[-1]["timestamp"] == "valid" else "none"


def _coverage(marks: list[Facts], *, data_added: bool) -> str:
    """The last mark must reach to the end, every earlier one to the end of its revision.

    Data for later validation may follow the last mark: software of others writes it in that order.
    """
    *earlier, last = (each["coverage"] for each in marks)
    if any(each not in {"entire-revision", "entire-file"} for each in earlier):
        return min((*earlier, last), key=COVERAGES.index)
    if data_added and last == "entire-revision" and marks[-1]["modification"] == "lta-updates":
        return "entire-file"
    return last


def _modification(marks: list[Facts]) -> str:
    """What was added after a signature, as far as that one allows it."""
    if not all(each["modification_allowed"] for each in marks):
        return "other"
    return max((each["modification"] for each in marks), key=MODIFICATIONS.index)
