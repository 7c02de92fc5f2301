"""The portal's seal on a PDF: certified when it is issued, sealed again when it is concluded.

PAdES signatures whose first one allows nothing but filling the fields that were made with it.
"""

from __future__ import annotations

from io import BytesIO

from django.utils.translation import gettext as _
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import (
    MDPPerm,
    SigFieldSpec,
    SigSeedSubFilter,
    append_signature_field,
    enumerate_sig_fields,
)
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.timestamps.api import TimeStamper

from foundation.documents.levels import WITH_STAMP, WITHOUT_STAMP
from foundation.documents.longevity import DIGEST, UNSEEN, stamp, supply_validation_data
from foundation.documents.seal_fields import CONCLUSION_FIELD, ISSUE_FIELD
from foundation.documents.signer import seal_signer
from foundation.documents.timestamps import time_stamper
from foundation.errors import DomainError


class CannotSeal(DomainError):
    """The file is not in the state that this seal belongs to."""


def certify(pdf: bytes, *, signer: Signer | None = None) -> bytes:
    """Seal a rendered PDF before anybody signs it (DocMDP P=2) and prepare the second field.

    Returns the input with one appended revision. Raises SealUnavailable, CannotSeal.
    """
    signer = signer or seal_signer()
    writer = _writer(pdf)
    if any(value is not None for _name, value, _field in enumerate_sig_fields(writer)):
        raise CannotSeal(
            "already-certified", _("This document already bears a seal; it was left as it is.")
        )
    for name in (ISSUE_FIELD, CONCLUSION_FIELD):
        append_signature_field(writer, SigFieldSpec(name, invis_sig_settings=UNSEEN))
    return _sign(writer, signer, ISSUE_FIELD, certify=True)


def conclude(
    pdf: bytes,
    *,
    level: str = WITHOUT_STAMP,
    signer: Signer | None = None,
    stamper: TimeStamper | None = None,
) -> bytes:
    """Seal a certified PDF for the second and last time, in the field made beforehand.

    The file may meanwhile bear signatures of people. The new revision also holds certificates and
    revocation data of everybody; with `level` WITH_STAMP another one holds a time stamp.
    Returns the input with what was appended. Raises SealUnavailable, CannotSeal, SourceAway.
    """
    signer = signer or seal_signer()
    writer = _writer(pdf)
    filled = {name: value is not None for name, value, _ref in enumerate_sig_fields(writer)}
    if not filled.get(ISSUE_FIELD):
        raise CannotSeal(
            "not-certified",
            _("This document was not sealed when it was issued, so it cannot be concluded."),
        )
    if filled.get(CONCLUSION_FIELD, True):
        raise CannotSeal(
            "already-concluded", _("This document is already concluded; it was left as it is.")
        )
    if level == WITH_STAMP:
        stamper = stamper or time_stamper()
    supply_validation_data(writer, pdf)
    sealed = _sign(writer, signer, CONCLUSION_FIELD, certify=False)
    return stamp(sealed, stamper=stamper) if level == WITH_STAMP and stamper else sealed


def _writer(pdf: bytes) -> IncrementalPdfFileWriter:
    try:
        return IncrementalPdfFileWriter(BytesIO(pdf))
    except (PdfError, ValueError) as error:
        raise CannotSeal("not-a-pdf", _("This file is not a readable PDF document.")) from error


def _sign(writer: IncrementalPdfFileWriter, signer: Signer, field: str, *, certify: bool) -> bytes:
    metadata = PdfSignatureMetadata(
        field_name=field,
        md_algorithm=DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        certify=certify,
        docmdp_permissions=MDPPerm.FILL_FORMS,
    )
    output = BytesIO()
    PdfSigner(metadata, signer).sign_pdf(writer, existing_fields_only=True, output=output)
    return output.getvalue()
