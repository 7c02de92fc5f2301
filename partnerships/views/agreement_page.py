"""What the agreement page and the signing page show, gathered for the templates."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from foundation.languages import LocalizedText
from partnerships import permissions
from partnerships.models import Agreement, AgreementVersion, Consent, Termination
from partnerships.permissions import Reader
from partnerships.signing import reservations, signatures
from partnerships.signing.protocol import protocol_of
from partnerships.signing.rendering import rows_of
from partnerships.wording import drafts, lamps, remarks, terminations, terms
from partnerships.wording.agreements import cannot_be_sealed
from partnerships.wording.comparison import compare, last_agreed
from partnerships.wording.consents import consenting_parties
from partnerships.wording.consolidation import (
    NEVER_AMENDED,
    applied,
    concluded_amendments,
    consolidate,
)
from partnerships.wording.versions import newest_edition, standing_version

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
        "signs": agreement.state == State.COLLECTING and _has_to_sign(version, user),
    }
    context["knows_versions"] = permissions.can_read_versions(user, agreement)
    moving = agreement.state not in {State.SEALING, State.CONCLUDED, State.WITHDRAWN}
    context["is_stuck"] = cannot_be_sealed(agreement)
    context["other_steps"] = (
        moving and (context["is_office"] or (may_edit and version is not None))
    ) or (context["is_stuck"] and context["is_office"])
    if version is None:
        context |= _draft_context(agreement, user)
        own = context["own_party"]
        agreed_before = own and last_agreed(agreement, own)
        context["since_agreed"] = agreed_before and agreed_before.digest != context["digest"]
    else:
        context |= {
            "life": _life(agreement),
            "amendments": agreement.amendments.visible_to(user)
            if agreement.concluded_at and not agreement.is_amendment
            else None,
            "rows": rows_of(version.data),
            **_around_evidence(agreement, version, user),
            "published_by": consenting_parties(
                agreement, Consent.Purpose.PUBLICATION, version.sha256
            ),
        }
    return context


def _has_to_sign(version: AgreementVersion | None, user: Reader) -> bool:
    if version is None:
        return False
    place = permissions.signatory_of(user, version.agreement)
    return place is not None and not version.evidence.filter(signatory=place).exists()


def _life(agreement: Agreement) -> dict[str, Any] | None:
    """How a concluded agreement stands today, and what waits for a declaration."""
    if agreement.concluded_at is None or agreement.is_amendment:
        return None
    end = terms.end_of(agreement)
    standing = terms.standing_of(agreement, timezone.localdate(), end=end)
    renewals = list(agreement.renewals.select_related("party__municipality"))
    proposal = next(
        (each for each in renewals if not (each.declared_at or each.set_aside_at)), None
    )
    digest = proposal.digest if proposal else ""
    notice = Termination.objects.filter(agreement=agreement).select_related("party__municipality")
    return {
        "end": end,
        "standing": standing,
        "runs": standing != terms.Standing.ENDED,
        "renewed": [each for each in renewals if each.declared_at],
        "proposal": proposal,
        "willing": consenting_parties(agreement, Consent.Purpose.RENEWAL, digest),
        "notice": notice.first(),
        "projects": terminations.finishing(agreement),
    }


def _around_evidence(
    agreement: Agreement, version: AgreementVersion, user: Reader
) -> dict[str, Any]:
    """What is under way besides evidence, and what this person may do about it."""
    inside = permissions.can_see_evidence(user, agreement)
    collecting = agreement.state == State.COLLECTING
    evidence = signatures.evidence_by_party(version)
    brings = {
        place.pk
        for each in evidence
        for place, _given in each.places
        if permissions.can_prepare_for(user, each.party) or place.user_id == user.pk
    }
    return {
        "evidence": evidence,
        "released": [
            (lamps.LANGUAGE_NAMES[each["language"]], each)
            for each in version.data.get("released", [])
        ],
        "sees_evidence": inside,
        "brings": brings if collecting else set(),
        "compares": collecting and permissions.can_compare(user, agreement),
        "submissions": (
            version.submissions.select_related("signatory__party__municipality") if inside else []
        ),
        "held": reservations.held_of(version) if collecting and inside else None,
        "file_numbers": (
            agreement.file_references.select_related("party__municipality") if inside else []
        ),
        "protocol": protocol_of(agreement, is_public=not inside),
    }


def _amendment(agreement: Agreement, draft: drafts.Draft) -> dict[str, Any] | None:
    """The base of an amendment, the computed difference, and what could still be taken up."""
    base = draft.base
    if base is None:
        return None
    taken = {clause.slug for clause in draft.clauses}
    counting = concluded_amendments(base.base)
    moved = [each.number for each in counting] != agreement.builds_on
    return {
        "changes": compare(base.data, applied(base.data, draft.content())),
        "moved": compare(base.data, consolidate(base.base, counting).data) if moved else [],
        "choices": [
            (clause, LocalizedText.of("de", **_words(clause["heading"])), clause["slug"] in taken)
            for clause in base.data["clauses"]
            if clause["slug"] not in NEVER_AMENDED
        ],
    }


def _words(heading: dict[str, str]) -> dict[str, str]:
    return {"text" if language == "de" else language: word for language, word in heading.items()}


def _draft_context(agreement: Agreement, user: Reader) -> dict[str, Any]:
    draft = drafts.gather(agreement)
    digest = draft.digest()
    agreed = consenting_parties(agreement, Consent.Purpose.TEXT, digest)
    lagging = {each.slug: each.lagging(draft.languages) for each in draft.clauses}
    said = remarks.counts_of(agreement, user)
    return {
        "draft": draft,
        "amendment": _amendment(agreement, draft),
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
            (row, lagging.get(row.slug, []), said.get(row.slug, (0, 0)), row.slug in lagging)
            for row in rows_of(draft.as_printed())
        ],
    }
