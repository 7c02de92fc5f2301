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

    Answers {revisions, signatures, other_signatures}; raises whatever a broken file provokes.
    Encrypted and sloppy files, which ours never are, answer without any signature.
    """
    logging.disable(logging.CRITICAL)
    anchors = [x509.Certificate.load(der) for _kind, _headers, der in _unarmor(facts["anchors"])]
    try:
        reader = PdfFileReader(BytesIO(data), strict=True)
        strange = reader.encrypted or reader.xrefs.hybrid_xrefs_present
    except PdfReadError:
        reader = PdfFileReader(BytesIO(data), strict=False)
        strange = True
    if strange:
        revisions = reader.xrefs.total_revisions
        return {"revisions": revisions, "signatures": [], "other_signatures": 0}, b""
    signatures: list[EmbeddedPdfSignature] = []
    others = 0
    for name, value, field in enumerate_sig_fields(reader):
        if value is None:
            continue
        if len(signatures) == MAX_SIGNATURES:
            raise ValueError("more signatures than any of our documents has")
        signature = EmbeddedPdfSignature(reader, field, name)
        if signature.sig_object_type == "/Sig":
            signatures.append(signature)
        else:
            others += 1
    signatures.sort(key=lambda each: each.signed_revision)
    answer = {
        "revisions": reader.xrefs.total_revisions,
        "signatures": [asyncio.run(_examine(each, anchors)) for each in signatures],
        "other_signatures": others,
    }
    return answer, b""


def _unarmor(text: str) -> list[tuple[str, dict[str, str], bytes]]:
    return list(pem.unarmor(text.encode(), multiple=True)) if text else []


async def _examine(signature: EmbeddedPdfSignature, anchors: list[x509.Certificate]) -> Facts:
    context = ValidationContext(
        trust_roots=anchors, allow_fetching=False, revocation_mode="soft-fail"
    )
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
        raw_digest=signature.compute_digest(),
    )
    difference = status.diff_result
    coverage = status.coverage
    within_level = isinstance(difference, DiffResult) and status.docmdp_ok is not False
    return {
        "field": signature.field_name,
        "intact": bool(status.intact),
        "valid": bool(status.valid),
        "trusted": bool(status.trusted),
        "ades": ades.ades_subindic is AdESPassed.OK,
        "ades_word": str(ades.ades_subindic),
        "subfilter": str(signature.sig_object.get("/SubFilter", "")),
        "signer": status.signing_cert.subject.human_friendly,
        "signer_key": hashlib.sha256(status.signing_cert.public_key.dump()).hexdigest(),
        "anchor": _anchor(status.validation_path),
        "signed_at": _moment(status.signer_reported_dt),
        "timestamp": _timestamp(status.timestamp_validity),
        "coverage": "unclear" if coverage is None else coverage.name.lower().replace("_", "-"),
        "modification": (
            difference.modification_level.name.lower().replace("_", "-")
            if isinstance(difference, DiffResult)
            else "other"
        ),
        "modification_allowed": within_level,
        "certification": signature.docmdp_level is not None,
    }


def _anchor(path: Any) -> str:
    """SHA-256 of the authority that the chain ends in, or the empty string."""
    if path is None:
        return ""
    return hashlib.sha256(path.trust_anchor.certificate.dump()).hexdigest()


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _timestamp(status: Any) -> str:
    if status is None:
        return "none"
    return "valid" if status.valid and status.trusted else "invalid"
