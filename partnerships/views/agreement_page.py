"""What the agreement page and the signing page show, gathered for the templates."""

from __future__ import annotations

from typing import Any

from foundation.documents.models import Release
from partnerships import drafts, lamps, permissions, remarks, signatures
from partnerships.comparison import last_agreed
from partnerships.consents import consenting_parties
from partnerships.models import Agreement, Consent
from partnerships.permissions import Reader
from partnerships.rendering import Row, rows_of
from partnerships.versions import edition_of, newest_edition, standing_version

State = Agreement.State


def page_context(agreement: Agreement, user: Reader) -> dict[str, Any]:
    """Context of the agreement page: a live draft while open, the frozen version afterwards."""
    version = standing_version(agreement)
    may_edit = permissions.can_edit_agreement(user, agreement)
    context: dict[str, Any] = {
        "agreement": agreement,
        "partnership": agreement.partnership,
        "version": version,
        "edition": newest_edition(agreement),
        "may_edit": may_edit,
        "is_office": permissions.is_office(user),
        "own_party": permissions.party_of(user, agreement.partnership),
        "signs": agreement.state == State.COLLECTING and permissions.can_sign(user, agreement),
    }
    context["knows_versions"] = permissions.can_read_versions(user, agreement)
    moving = agreement.state not in {State.SEALING, State.CONCLUDED, State.WITHDRAWN}
    context["other_steps"] = moving and (context["is_office"] or (may_edit and version is not None))
    if version is None:
        context |= _draft_context(agreement, user)
        own = context["own_party"]
        agreed_before = own and last_agreed(agreement, own)
        context["since_agreed"] = agreed_before and agreed_before.digest != context["digest"]
    else:
        context |= {
            "rows": rows_of(version.data),
            "evidence": signatures.evidence_by_party(version),
            "published_by": consenting_parties(
                agreement, Consent.Purpose.PUBLICATION, version.sha256
            ),
        }
    return context


def _draft_context(agreement: Agreement, user: Reader) -> dict[str, Any]:
    draft = drafts.gather(agreement)
    digest = draft.digest()
    agreed = consenting_parties(agreement, Consent.Purpose.TEXT, digest)
    lagging = {each.slug: each.lagging(draft.languages) for each in draft.clauses}
    said = remarks.counts_of(agreement, user)
    return {
        "draft": draft,
        "waiting": sum(suggested for _comments, suggested in said.values()),
        "digest": digest,
        "lamps": lamps.four_lamps(draft),
        "conditions": lamps.conditions(draft),
        "unlit": lamps.unlit(draft),
        "agreed": [(party, party.pk in agreed) for party in draft.parties],
        "all_agreed": agreement.state == State.AGREED
        and agreed >= {party.pk for party in draft.parties},
        "signatories": draft.signatories,
        "languages": [
            (each, lamps.LANGUAGE_NAMES[each], draft.release_of(each)) for each in draft.languages
        ],
        "rows": [
            (row, lagging.get(row.slug, []), said.get(row.slug, (0, 0)))
            for row in rows_of(draft.as_printed())
        ],
    }


def signing_context(agreement: Agreement, user: Reader) -> dict[str, Any]:
    """Context of the signing page: the frozen rows and the two digests of what is shown."""
    version = standing_version(agreement)
    issued = edition_of(version, Release.Stage.ISSUED) if version else None
    rows: list[Row] = rows_of(version.data) if version else []
    return {
        "agreement": agreement,
        "partnership": agreement.partnership,
        "version": version,
        "rows": rows,
        "version_sha256": version.sha256 if version else "",
        "pdf_sha256": issued.pdf_sha256 if issued else "",
        "place": permissions.signatory_of(user, agreement),
        "can_sign_now": agreement.state == State.COLLECTING and issued is not None,
    }
