"""The protocol of all evidence as a sealed PDF of its own: never a page added to a signed file.

Two of them: the full one for the cities, and one with functions instead of names for everybody.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string
from django.utils import formats, translation
from django.utils.translation import gettext as _

from foundation.documents import releases, rendering, sealing
from foundation.documents.models import Release
from partnerships.models import Agreement, AgreementVersion, Evidence, Party, Signatory
from partnerships.signing.evidence_records import is_attested_by_passkey
from partnerships.signing.signatures import evidence_by_party

FULL, PUBLIC = "agreement-protocol", "agreement-protocol-public"
SUFFIX = {FULL: "-NW-I", PUBLIC: "-NW"}

Facts = list[tuple[str, str]]


@dataclasses.dataclass(frozen=True)
class Block:
    """One city in one language: what is known of the city, and of each of its signatures."""

    city: str
    facts: Facts
    signatures: Sequence[tuple[str, Facts]]


@dataclasses.dataclass(frozen=True)
class Telling:
    """The whole protocol in one language."""

    language: str
    title: str
    facts: Facts
    blocks: Sequence[Block]
    closing: str


def issue(version: AgreementVersion) -> None:
    """Render, seal and list both protocols of a concluded version; idempotent."""
    if version.agreement.state != Agreement.State.CONCLUDED:
        return
    for kind in (FULL, PUBLIC):
        if releases.latest(version.agreement, kind) is None:
            _issue(version, kind)


def protocol_of(agreement: Agreement, *, is_public: bool) -> Release | None:
    """The protocol for everybody, or the full one."""
    if agreement.concluded_at is None:
        return None
    return releases.latest(agreement, PUBLIC if is_public else FULL)


def protocol_number(agreement: Agreement, kind: str) -> str:
    """Such as SB-2026-001-NW."""
    return agreement.number + SUFFIX[kind]


def _issue(version: AgreementVersion, kind: str) -> None:
    number = protocol_number(version.agreement, kind)
    tellings = [
        tell(version, language, is_public=kind == PUBLIC) for language in _languages(version)
    ]
    html = render_to_string(
        "print/agreement/protocol.html",
        {
            "tellings": tellings,
            "document_language": tellings[0].language,
            "document_number": number,
            "muster": version.is_test,
        },
    )
    pdf = rendering.render_pdf(
        html,
        title=f"{number}: {tellings[0].title}",
        language=tellings[0].language,
        number=number,
        created=version.agreement.concluded_at,
        identifier=f"{number}-{version.sha256}",
    )
    releases.release(
        sealing.certify(pdf),
        version.agreement,
        number=number,
        kind=kind,
        stage=Release.Stage.FINAL,
        name=f"{number}.pdf",
        by=None,
    )


def _languages(version: AgreementVersion) -> list[str]:
    return list(version.data["languages"])


def tell(version: AgreementVersion, language: str, *, is_public: bool) -> Telling:
    """Everything that the protocol says, in one language; names only in the full one."""
    agreement = version.agreement
    parties = evidence_by_party(version)
    zones = [each.party for each in parties]
    final = version.editions.filter(stage=Release.Stage.FINAL).first()
    with translation.override(language):
        facts = [
            (_("Agreement"), f"{agreement.number}: {agreement.title.best(language)[0]}"),
            (_("Version"), str(version.n)),
            (_("Digest of the version (SHA-256)"), version.sha256),
            (_("Digest of the concluded PDF (SHA-256)"), final.pdf_sha256 if final else "–"),
            (_("Frozen"), _times(version.frozen_at, zones)),
            (_("Concluded"), _times(agreement.concluded_at, zones)),
        ]
        blocks = [
            Block(
                city=str(each.party),
                facts=_city_facts(agreement, each.party, is_public=is_public),
                signatures=[
                    (
                        _heading(place, is_public=is_public),
                        _facts(place, evidence, zones, is_public=is_public),
                    )
                    for place, evidence in each.places
                    if evidence
                ],
            )
            for each in parties
        ]
        return Telling(
            language=language,
            title=_("Protocol of the signatures"),
            facts=facts,
            blocks=blocks,
            closing=_(
                "Every signature stands over the same version digest. “Approved electronically” "
                "is a simple electronic signature; the seal of this portal attests it. This "
                "portal has made no check against the trusted lists of qualified certificates."
            ),
        )


def _heading(place: Signatory, *, is_public: bool) -> str:
    function = str(place.function)
    if not place.deputy_for:
        return function if is_public else f"{place.name}, {function}"
    if is_public:
        return _("%(function)s, in place of another") % {"function": function}
    words = {"name": place.name, "function": function, "other": place.deputy_for}
    return _("%(name)s, %(function)s, in place of %(other)s") % words


def _city_facts(agreement: Agreement, party: Party, *, is_public: bool) -> Facts:
    facts = []
    for reference in agreement.council_references.filter(party=party):
        day = (
            formats.date_format(reference.decided_on, "DATE_FORMAT") if reference.decided_on else ""
        )
        said = ", ".join(filter(None, [reference.body, day, reference.paper]))
        facts.append((_("Council"), said or _("decision expressly reserved")))
    if not is_public:
        numbers = agreement.file_references.filter(party=party)
        facts += [(_("Own file number"), each.number) for each in numbers]
    return facts


def _facts(
    place: Signatory, evidence: Evidence, zones: Sequence[Party], *, is_public: bool
) -> Facts:
    facts = [
        (_("Kind"), evidence.get_kind_display()),
        (_("Counts since"), _times(evidence.at, zones)),
        (_("Version digest"), evidence.version_sha256),
        (_("Digest of the PDF"), evidence.pdf_sha256),
        (_("Digest of the record (SHA-256)"), hashlib.sha256(bytes(evidence.record)).hexdigest()),
        *_of_kind(evidence, zones, is_public=is_public),
    ]
    if place.authority:
        facts.append((_("Authority document (SHA-256)"), place.authority.sha256))
    return facts


def _of_kind(evidence: Evidence, zones: Sequence[Party], *, is_public: bool) -> Facts:
    if evidence.kind == Evidence.Kind.CLICK:
        attested = (
            _("the passkey's signature over the record; others can check it")
            if is_attested_by_passkey(evidence)
            else _("only this portal")
        )
        return [
            (_("Second factor"), evidence.factor_label),
            (_("Confirmed"), _times(evidence.factor_at, zones)),
            (_("Attested by"), attested),
        ]
    if evidence.kind == Evidence.Kind.EXTERNAL:
        told = evidence.certificate or {}
        named = [(_("Certificate of"), told.get("subject", ""))] if not is_public else []
        return [*named, (_("Issued by"), told.get("issuer", ""))]
    return _compared(evidence, zones, is_public=is_public)


def _compared(evidence: Evidence, zones: Sequence[Party], *, is_public: bool) -> Facts:
    submission = evidence.submission
    if submission is None:
        return []
    facts = [
        (_("Signed on"), formats.date_format(submission.signed_on, "DATE_FORMAT")),
        (_("File as received (SHA-256)"), submission.file.sha256),
    ]
    for each in submission.comparisons.select_related("reviewer", "party__municipality"):
        who = [str(each.party) if each.party else _("second person")]
        who += [] if is_public else [each.reviewer.get_full_name()]
        facts.append((_("Compared by"), f"{', '.join(who)} · {_times(each.at, zones)}"))
    return facts


def _times(moment: dt.datetime | None, parties: Sequence[Party]) -> str:
    """One moment on the clocks of all cities, each zone once."""
    if moment is None:
        return "–"
    told: dict[str, str] = {}
    for party in parties:
        there = moment.astimezone(ZoneInfo(party.municipality.time_zone))
        told.setdefault(f"{there:%d.%m.%Y %H:%M:%S} {there:%Z}", str(party))
    return " · ".join(f"{clock} ({city})" for clock, city in told.items())
