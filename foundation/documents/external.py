"""A signature that somebody set with software of their own, on the very file that we issued.

Accepted only when it adds exactly one signature to our last revision; nothing is kept here.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Sequence

from cryptography import x509
from django.utils.translation import gettext as _

from foundation.documents.anchors import Anchors, accepted_anchors
from foundation.documents.confinement import ConfinedFailure, Facts
from foundation.documents.files import digest_of_bytes
from foundation.documents.findings import look, number_in
from foundation.errors import DomainError

MAX_BYTES = 20 * 1024 * 1024
HEADER_WITHIN = 1024
OWN_CERTIFICATE = "own-certificate"
QUALIFIED = "qualified"  # only ever after a check against the trusted lists, which we do not make
HARMLESS = frozenset({"none", "lta-updates", "form-filling"})
ADDED_DATA = frozenset({"none", "lta-updates"})
_FIRST_IDENTIFIER = re.compile(rb"/ID\s*\[\s*(<[0-9A-Fa-f]+>|\((?:[^()\\]|\\.)*\))")


class NotAccepted(DomainError):
    """The uploaded signature is refused; the file was not kept."""


class NotAPdf(NotAccepted):
    """The upload is no readable PDF, or too large."""


class NotOurRevision(NotAccepted):
    """The upload does not begin with the file that waits for this signature."""


class WrongField(NotAccepted):
    """Nothing was signed, or another field than the expected one."""


class MoreThanASignature(NotAccepted):
    """Besides the signature something else was changed or added."""


class SignatureBroken(NotAccepted):
    """The new signature does not match the file."""


class CertificateRefused(NotAccepted):
    """The certificate is expired, revoked or of an authority that we do not know."""


@dataclasses.dataclass(frozen=True)
class ExternalSignature:
    """What an accepted signature proves; names as the certificate writes them."""

    field: str
    subject: str
    issuer: str
    serial: str
    not_before: dt.datetime
    not_after: dt.datetime
    signed_at: dt.datetime | None
    has_timestamp: bool
    level: str
    sha256: str
    size: int


def accept(
    previous: bytes,
    uploaded: bytes,
    *,
    field: str,
    trust_roots: Sequence[x509.Certificate] | None = None,
) -> ExternalSignature:
    """Check that `uploaded` is `previous` plus one valid signature in `field`, and nothing more.

    Data for later validation and document time stamps may come with it. `trust_roots` replace
    the authorities for people's certificates (settings.SIGNERS_DIR). Changes nothing.
    Raises NotAPdf, NotOurRevision, WrongField, MoreThanASignature, SignatureBroken,
    CertificateRefused, SealUnavailable.
    """
    _demand_pdf(uploaded)
    _demand_beginning(previous, uploaded)
    anchors = accepted_anchors()
    if trust_roots is not None:
        anchors = dataclasses.replace(anchors, people=tuple(trust_roots))
    try:
        answer = look(uploaded, anchors, previous=len(previous))
    except ConfinedFailure as failure:
        raise _unreadable() from failure
    mark = _the_one_mark(answer, field)
    _demand_nothing_else(answer, mark)
    if not (mark["intact"] and mark["valid"]) or mark["timestamp"] == "invalid":
        raise SignatureBroken(
            "signature-broken",
            _("The signature does not match the file. Please sign the current file once more."),
        )
    _demand_trust(mark, anchors)
    stamped = mark["timestamp"] == "valid"
    return ExternalSignature(
        field=field,
        subject=mark["signer"],
        issuer=mark["issuer"],
        serial=mark["serial"],
        not_before=dt.datetime.fromisoformat(mark["not_before"]),
        not_after=dt.datetime.fromisoformat(mark["not_after"]),
        signed_at=_moment(mark["stamped_at"] if stamped else mark["signed_at"]),
        has_timestamp=stamped,
        level=OWN_CERTIFICATE,
        sha256=digest_of_bytes(uploaded),
        size=len(uploaded),
    )


def _moment(text: str | None) -> dt.datetime | None:
    return None if text is None else dt.datetime.fromisoformat(text)


def _unreadable() -> NotAPdf:
    return NotAPdf("pdf-unreadable", _("This PDF is damaged and cannot be read."))


def _demand_pdf(uploaded: bytes) -> None:
    if len(uploaded) > MAX_BYTES:
        raise NotAPdf(
            "too-large",
            _("The file is too large: at most %(limit)s MB can be taken.")
            % {"limit": MAX_BYTES // 1024 // 1024},
        )
    if b"%PDF-" not in uploaded[:HEADER_WITHIN]:
        raise NotAPdf("not-a-pdf", _("This file is not a PDF document."))


def _demand_beginning(previous: bytes, uploaded: bytes) -> None:
    """The sentence depends on how far the two files agree."""
    if uploaded == previous:
        raise _not_signed()
    if uploaded.startswith(previous):
        return
    if number_in(uploaded) != number_in(previous):
        raise NotOurRevision(
            "another-document",
            _("This is another document. Please sign the file that you downloaded here."),
        )
    if _identifier(uploaded) != _identifier(previous):
        raise NotOurRevision(
            "another-version",
            _(
                "This file holds another version of the text. "
                "Please download the current file and sign that one."
            ),
        )
    if _begins_with_an_earlier_revision(previous, uploaded):
        raise NotOurRevision(
            "earlier-revision",
            _(
                "Somebody else has signed since you downloaded this file. "
                "Please download the current file and sign that one."
            ),
        )
    raise NotOurRevision(
        "rewritten",
        _(
            "This file does not begin with the file that we issued: your software has written it "
            "anew, or it was changed. Please sign without changing the file, or use the way "
            "“signed elsewhere”."
        ),
    )


def _identifier(pdf: bytes) -> bytes:
    """The permanent half of the file's /ID, which stands for the version of the text."""
    found = _FIRST_IDENTIFIER.search(pdf)
    return found[1] if found else b""


def _begins_with_an_earlier_revision(previous: bytes, uploaded: bytes) -> bool:
    ends = [found.end() for found in re.finditer(rb"%%EOF", previous)][:-1]
    # The first end is the text before the portal's own seal: that much says nothing.
    return any(uploaded.startswith(previous[:end]) for end in ends[1:])


def _the_one_mark(answer: Facts, field: str) -> Facts:
    before, after = answer["previous_fields"], answer["fields"]
    added = {each["field"]: each for each in answer["signatures"] if not before.get(each["field"])}
    people = {name for name, each in added.items() if each["kind"] == "signature"}
    stamps = set(added) - people
    if people - {field} or set(after) - set(before) - stamps:
        raise WrongField(
            "another-field",
            _("A signature was set in another field than yours. Please sign only your own field."),
        )
    if field not in people:
        raise _not_signed()
    return added[field]


def _not_signed() -> WrongField:
    return WrongField(
        "not-signed", _("This file is not signed in your field. Please sign it and try again.")
    )


def _demand_nothing_else(answer: Facts, mark: Facts) -> None:
    """After the new signature only data for later validation; before it only what seals allow.

    It must not lock the file either: others have to sign after it, and the last seal to be set.
    """
    if mark["certification"] or mark["locks_fields"]:
        raise MoreThanASignature(
            "locks-the-file",
            _(
                "Your signature locks this file, so that nobody could sign after you. Please sign "
                "without “certify” and without “lock document after signing”."
            ),
        )
    marks: list[Facts] = answer["signatures"]
    fine = all(
        each["modification_allowed"]
        and each["modification"] in HARMLESS
        and each["coverage"] in {"entire-revision", "entire-file"}
        for each in marks
    )
    if not fine or mark["modification"] not in ADDED_DATA:
        raise MoreThanASignature(
            "more-than-a-signature",
            _(
                "Besides your signature something else was changed in this file. "
                "Please sign the file exactly as you downloaded it."
            ),
        )


def _demand_trust(mark: Facts, anchors: Anchors) -> None:
    now = dt.datetime.now(dt.UTC)
    if dt.datetime.fromisoformat(mark["not_after"]) < now:
        raise CertificateRefused(
            "certificate-expired", _("The certificate of this signature has expired.")
        )
    if dt.datetime.fromisoformat(mark["not_before"]) > now:
        raise CertificateRefused(
            "certificate-not-yet-valid", _("The certificate of this signature is not valid yet.")
        )
    if mark["trust_problem"].startswith("REVOKED"):
        raise CertificateRefused(
            "certificate-revoked", _("The certificate of this signature was revoked.")
        )
    if not (mark["trusted"] and mark["ades"]) or mark["anchor"] not in anchors.of_people:
        raise CertificateRefused(
            "certificate-untrusted",
            _(
                "The certificate of this signature is of an authority that we do not know "
                "(%(issuer)s)."
            )
            % {"issuer": mark["issuer"]},
        )
