"""What keeps a signature checkable for years: certificates, revocation data, time stamps.

Data that is missing is waited for; a document never gets less than was promised.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from asn1crypto import crl
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.utils.translation import gettext as _
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import InvisSigSettings
from pyhanko.sign.signers.pdf_signer import PdfTimeStamper, TimestampDSSContentSettings
from pyhanko.sign.timestamps.api import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.sign.validation.dss import DocumentSecurityStore, collect_validation_info
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathBuildingError, PathValidationError, ValidationError
from pyhanko_certvalidator.path import ValidationPath

from foundation.documents.anchors import accepted_anchors
from foundation.documents.authority import SealUnavailable, is_production, seal_directory
from foundation.documents.muster import refresh_revocations
from foundation.documents.seal_fields import OWN_FIELDS
from foundation.documents.timestamps import SourceAway, stamp_away

DIGEST = "sha256"
# PDF/A wants the print flag, PDF/UA wants untagged widgets off the page: zero size, outside.
# The stamp comes last and covers all data, its own authority's too.
BEFORE_THE_STAMP = TimestampDSSContentSettings(include_vri=False, update_before_ts=True)
CHAIN_FAULTS = (PathBuildingError, PathValidationError, ValidationError)
UNSEEN = InvisSigSettings(set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True)


def supply_validation_data(writer: IncrementalPdfFileWriter, pdf: bytes) -> None:
    """Put certificates and revocation data of all signatures in `pdf` into the next revision.

    Revocation data comes from `*.crl` in the seal's folder and, in production, from the services
    that the certificates name. Raises SourceAway when the seal's service does not answer, and
    SealUnavailable when the seal is revoked.
    """
    lists = _own_lists()
    strict = _context(lists, "hard-fail")
    lenient = _context(lists, "soft-fail")
    paths: list[ValidationPath] = []
    for signature in PdfFileReader(BytesIO(pdf)).embedded_signatures:
        # Other people's services must not hold up what all have signed.
        own = signature.field_name in OWN_FIELDS or signature.sig_object_type != "/Sig"
        context = strict if own else lenient
        try:
            paths += asyncio.run(collect_validation_info(signature, context))
        except CHAIN_FAULTS as error:
            if own:
                raise _revocation_away() from error
    _demand_unrevoked(paths, lists)
    DocumentSecurityStore.supply_dss_in_writer(
        writer,
        sig_contents=None,
        paths=paths,
        crls=[*lists, *lenient.crls],
        ocsps=lenient.ocsps,
        validation_context=strict,
    )


def stamp(pdf: bytes, *, stamper: TimeStamper) -> bytes:
    """Append the validation data of what is there and a document time stamp over everything.

    Raises SourceAway.
    """
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    supply_validation_data(writer, pdf)
    output = BytesIO()
    try:
        PdfTimeStamper(stamper, invis_settings=UNSEEN).timestamp_pdf(
            writer,
            DIGEST,
            validation_context=_context(_own_lists(), "hard-fail"),
            dss_settings=BEFORE_THE_STAMP,
            output=output,
        )
    except (TimestampRequestError, *CHAIN_FAULTS, OSError) as error:
        raise stamp_away() from error
    return output.getvalue()


def _own_lists() -> list[crl.CertificateList]:
    refresh_revocations()
    paths = sorted(seal_directory().glob("*.crl"))
    return [crl.CertificateList.load(path.read_bytes()) for path in paths]


def _context(lists: list[crl.CertificateList], mode: str) -> ValidationContext:
    anchors = accepted_anchors()
    return ValidationContext(
        trust_roots=[_asn1(each) for each in (*anchors.seals, *anchors.people, *anchors.stamps)],
        crls=lists,
        allow_fetching=is_production(),
        revocation_mode=mode,
    )


def _asn1(certificate: x509.Certificate) -> asn1.Certificate:
    return asn1.Certificate.load(certificate.public_bytes(Encoding.DER))


def _demand_unrevoked(
    paths: Iterable[ValidationPath], lists: Iterable[crl.CertificateList]
) -> None:
    """Lists that lie beside the seal count even for certificates that name no service."""
    revoked = {
        (each.issuer.hashable, entry["user_certificate"].native)
        for each in lists
        for entry in each["tbs_cert_list"]["revoked_certificates"]
    }
    for path in paths:
        leaf: Any = path.leaf
        if (leaf.issuer.hashable, leaf.serial_number) in revoked:
            raise SealUnavailable(
                "seal-revoked",
                _("A certificate of this document was revoked. Nothing was sealed."),
            )


def _revocation_away() -> SourceAway:
    return SourceAway(
        "revocation-away",
        _(
            "The revocation service of the seal's authority does not answer. The document waits; "
            "it is tried again by itself."
        ),
    )
