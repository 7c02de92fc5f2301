"""What a PDF's signatures really prove; runs only inside a cell, on bytes that anybody uploaded.

AdES validation alone accepts overlays and swapped attachments, so the difference analysis
of `async_validate_pdf_signature` is demanded as well.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from datetime import datetime
from io import BytesIO
from typing import Any

from asn1crypto import pem, x509
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESPassed
from pyhanko.sign.diff_analysis import DiffResult
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.ades import ades_basic_validation
from pyhanko.sign.validation.pdf_embedded import (
    EmbeddedPdfSignature,
    async_validate_pdf_signature,
    async_validate_pdf_timestamp,
)
from pyhanko.sign.validation.policy_decl import (
    CertificateFetchingRule,
    LocalKnowledge,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)
from pyhanko_certvalidator.registry import SimpleTrustManager

from foundation.documents.confinement import Facts

MAX_SIGNATURES = 20
# No network here: revocation data counts when the file carries it, and is not demanded (B-B).
_REVOCATION = CertRevTrustPolicy(
    RevocationCheckingPolicy(
        ee_certificate_rule=RevocationCheckingRule.CHECK_IF_DECLARED_SOFT,
        intermediate_ca_cert_rule=RevocationCheckingRule.CHECK_IF_DECLARED_SOFT,
    )
)


def inspect(facts: Facts, data: bytes) -> tuple[Facts, bytes]:
    """Check every signature of `data` against facts["anchors"] (PEM text).

    facts["known"] lists [revisions, ISO time]: when so much of the file is known to have existed.
    With facts["previous"] (a length) the fields of that beginning of the file are told as well.
    Answers {revisions, signatures, fields, previous_fields, data_added}: signatures in the order in
    which they were made, and whether validation data follows the last of them. Raises whatever a
    broken file provokes. Encrypted and sloppy files, which ours never are, have no signature.
    """
    logging.disable(logging.CRITICAL)
    anchors = [x509.Certificate.load(der) for _kind, _headers, der in _unarmor(facts["anchors"])]
    try:
        reader = PdfFileReader(BytesIO(data), strict=True)
        strange = reader.encrypted or reader.xrefs.hybrid_xrefs_present
    except PdfReadError:
        reader = PdfFileReader(BytesIO(data), strict=False)
        strange = True
    answer: Facts = {
        "revisions": reader.xrefs.total_revisions,
        "signatures": [],
        "fields": {},
        "previous_fields": {},
        "data_added": False,
    }
    if strange:
        return answer, b""
    signatures = []
    for name, value, field in enumerate_sig_fields(reader):
        answer["fields"][name] = value is not None
        if value is not None:
            signatures.append(EmbeddedPdfSignature(reader, field, name))
        if len(signatures) > MAX_SIGNATURES:
            raise ValueError("more signatures than any of our documents has")
    signatures.sort(key=lambda each: each.signed_revision)
    answer["signatures"] = [
        asyncio.run(_examine(each, anchors, _known_since(each, facts.get("known", ()))))
        for each in signatures
    ]
    if signatures:
        then = reader.get_historical_root(signatures[-1].signed_revision)
        answer["data_added"] = _stored(reader.root) > _stored(then)
    if facts.get("previous"):
        before = PdfFileReader(BytesIO(data[: facts["previous"]]), strict=True)
        answer["previous_fields"] = {
            name: value is not None for name, value, _field in enumerate_sig_fields(before)
        }
    return answer, b""


def _unarmor(text: str) -> list[tuple[str, dict[str, str], bytes]]:
    return list(pem.unarmor(text.encode(), multiple=True)) if text else []


def _stored(root: Any) -> int:
    """How many certificates and pieces of revocation data a revision of the file carries."""
    # pyHanko's `get` would answer with an unresolved reference.
    store = root["/DSS"] if "/DSS" in root else {}  # noqa: SIM401
    return sum(len(store[name]) for name in ("/Certs", "/CRLs", "/OCSPs") if name in store)


def _known_since(signature: EmbeddedPdfSignature, known: Any) -> datetime | None:
    """When a file with this signature was listed first: its certificate had to live then."""
    for revisions, moment in known:
        if revisions > signature.signed_revision:
            return datetime.fromisoformat(moment)
    return None


async def _examine(
    signature: EmbeddedPdfSignature, anchors: list[x509.Certificate], moment: datetime | None
) -> Facts:
    context = ValidationContext(
        trust_roots=anchors, allow_fetching=False, revocation_mode="soft-fail", moment=moment
    )
    if signature.sig_object_type == "/DocTimeStamp":
        stamp = await async_validate_pdf_timestamp(signature, validation_context=context)
        return {
            **_common(signature, stamp),
            "kind": "timestamp",
            "ades": True,
            "ades_word": "",
            "timestamp": _timestamp(stamp),
            "stamped_at": _moment(stamp.timestamp),
        }
    status = await async_validate_pdf_signature(signature, signer_validation_context=context)
    ades = await ades_basic_validation(
        signature.signed_data,
        SignatureValidationSpec(
            CertValidationPolicySpec(SimpleTrustManager.build(anchors), _REVOCATION),
            RevocationInfoGatheringSpec(
                online_fetching_rule=RevinfoOnlineFetchingRule.LOCAL_ONLY,
                certificate_fetching_rule=CertificateFetchingRule.NEVER_FETCH,
            ),
            local_knowledge=LocalKnowledge(known_certs=list(signature.other_embedded_certs)),
        ),
        timing_info=None if moment is None else _existed_at(moment),
        raw_digest=signature.compute_digest(),
    )
    stamped = status.timestamp_validity
    return {
        **_common(signature, status),
        "kind": "signature",
        "ades": ades.ades_subindic is AdESPassed.OK,
        "ades_word": str(ades.ades_subindic),
        "timestamp": "none" if stamped is None else _timestamp(stamped),
        "stamped_at": None if stamped is None else _moment(stamped.timestamp),
        "signed_at": _moment(status.signer_reported_dt),
    }


def _existed_at(moment: datetime) -> ValidationTimingInfo:
    """The file is known to have existed then: certificates need not live for ever after."""
    return ValidationTimingInfo(
        validation_time=moment, best_signature_time=moment, point_in_time_validation=True
    )


def _common(signature: EmbeddedPdfSignature, status: Any) -> Facts:
    """What holds for signatures of people, seals and time stamps of the document alike."""
    difference = status.diff_result
    coverage = status.coverage
    certificate = status.signing_cert
    problem = status.trust_problem_indic
    return {
        "field": signature.field_name,
        "intact": bool(status.intact),
        "valid": bool(status.valid),
        "trusted": bool(status.trusted),
        "trust_problem": "" if problem is None else problem.name,
        "subfilter": str(signature.sig_object.get("/SubFilter", "")),
        "signer": certificate.subject.human_friendly,
        "issuer": certificate.issuer.human_friendly,
        "serial": f"{certificate.serial_number:x}",
        "not_before": _moment(certificate.not_valid_before),
        "not_after": _moment(certificate.not_valid_after),
        "signer_key": hashlib.sha256(certificate.public_key.dump()).hexdigest(),
        "anchor": _anchor(status.validation_path),
        "coverage": "unclear" if coverage is None else coverage.name.lower().replace("_", "-"),
        "modification": (
            difference.modification_level.name.lower().replace("_", "-")
            if isinstance(difference, DiffResult)
            else "other"
        ),
        "modification_allowed": isinstance(difference, DiffResult)
        and getattr(status, "docmdp_ok", None) is not False,
        "certification": signature.docmdp_level is not None,
        "locks_fields": signature.fieldmdp is not None,
    }


def _anchor(path: Any) -> str:
    """SHA-256 of the authority that the chain ends in, or the empty string."""
    if path is None:
        return ""
    return hashlib.sha256(path.trust_anchor.certificate.dump()).hexdigest()


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _timestamp(status: Any) -> str:
    """valid | unknown (whole, but of an authority that we do not know) | invalid."""
    if not (status.intact and status.valid):
        return "invalid"
    return "valid" if status.trusted else "unknown"
