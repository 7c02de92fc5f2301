"""Signing by click: exact bytes, a fresh second factor or a passkey, one place for one party.

Whether both have signed is derived from evidence over one version and kept nowhere.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import secrets
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation import states
from foundation.accounts import passkeys
from foundation.accounts.models import User
from foundation.accounts.proof import Proof, demand_settled_factor
from foundation.audit import trail
from foundation.documents.models import Release
from foundation.effects import work
from foundation.effects.models import Effect
from foundation.errors import DomainError
from partnerships.course.standing import demand_active
from partnerships.models import (
    Agreement,
    AgreementVersion,
    Edition,
    Evidence,
    Party,
    Reservation,
    Signatory,
    Submission,
)
from partnerships.permissions import signatory_of
from partnerships.signing import notices
from partnerships.signing.evidence_records import challenge_of, record_of
from partnerships.signing.signatories import demand_mandate, demand_one_side
from partnerships.wording.versions import edition_of, standing_version

State = Agreement.State
# A time stamp authority may be away for days; the signatures are there and wait.
OUTLASTS_AN_OUTAGE = 200


class CannotSign(DomainError):
    """Not now, not with this factor, or not this person."""


class VersionChanged(DomainError):
    """The version on the screen is not the one that stands."""


class ReasonMissing(DomainError):
    """Declining needs a reason."""


@dataclasses.dataclass(frozen=True)
class PartyEvidence:
    """What there is for one party: its places, and the evidence found for each."""

    party: Party
    places: Sequence[tuple[Signatory, Evidence | None]]

    @property
    def is_complete(self) -> bool:
        return bool(self.places) and all(evidence for _place, evidence in self.places)

    @property
    def given(self) -> list[Evidence]:
        return [evidence for _place, evidence in self.places if evidence]


@dataclasses.dataclass(frozen=True)
class PasskeyAnswer:
    """What the signatory's passkey said to the question about the record with this nonce."""

    nonce: str
    answer: dict[str, Any]


def sign(
    agreement: Agreement,
    *,
    version_sha256: str,
    pdf_sha256: str,
    by: User,
    proof: Proof | None = None,
    passkey: PasskeyAnswer | None = None,
) -> Evidence:
    """Sign the version whose digests were shown; with the last signature the sealing begins.

    With a code of the app only this portal attests who signed; the answer of a passkey is kept
    and can be checked by others. Raises CannotSign, VersionChanged, FactorUnsettled,
    PasskeyRefused.
    """
    if passkey is None:
        proof = _demand_fresh(proof, by)
    else:
        proof = Proof(user_id=by.pk, factor=str(passkeys.KIND), at=timezone.now())
    demand_settled_factor(by)
    with transaction.atomic():
        locked = lock_for_signing(agreement)
        version, issued = demand_collecting(locked)
        if (version.sha256, issued.pdf_sha256) != (version_sha256, pdf_sha256):
            raise version_changed()
        place = _place(locked, version, by)
        nonce = passkey.nonce if passkey else new_nonce()
        record = record_of(
            version, place, kind=Evidence.Kind.CLICK, pdf_sha256=issued.pdf_sha256, nonce=nonce
        )
        assertion = None
        if passkey is not None:
            assertion = passkeys.sign(by, challenge_of(record), passkey.answer)
        evidence = count_evidence(
            locked,
            version,
            place,
            kind=Evidence.Kind.CLICK,
            pdf_sha256=issued.pdf_sha256,
            nonce=nonce,
            by=by,
            factor=proof.factor,
            factor_at=proof.at,
            assertion=assertion,
        )
    agreement.refresh_from_db(fields=["state"])
    return evidence


def count_evidence(
    locked: Agreement,
    version: AgreementVersion,
    place: Signatory,
    *,
    kind: Evidence.Kind,
    pdf_sha256: str,
    nonce: str,
    by: User,
    submission: Submission | None = None,
    **fields: Any,
) -> Evidence:
    """Write a piece of evidence down under the agreement's lock; the last one starts the sealing.

    Whatever else was under way for this place ends. Raises CannotSign for a second one, and
    SignsNoMore without a mandate now, or on the day of the signature for what was brought.
    """
    demand_empty(version, place)
    demand_mandate(place, on=submission.signed_on if submission else None)
    demand_one_side(place.user, place.party)
    evidence = Evidence.objects.create(
        version=version,
        party=place.party,
        signatory=place,
        user=place.user,
        kind=kind,
        version_sha256=version.sha256,
        pdf_sha256=pdf_sha256,
        nonce=nonce,
        record=record_of(version, place, kind=kind, pdf_sha256=pdf_sha256, nonce=nonce),
        submission=submission,
        **fields,
    )
    for held in version.reservations.filter(signatory=place, state=Reservation.State.HELD):
        states.advance(held, Reservation.State.RELEASED, by=by)
    for waiting in version.submissions.filter(signatory=place, state=Submission.State.WAITING):
        states.advance(waiting, Submission.State.REFUSED, by=by)
    trail.record(
        "agreement.signed",
        locked,
        by=by,
        evidence=evidence.pk,
        kind=str(kind),
        party=place.party_id,
        version_sha256=version.sha256,
        pdf_sha256=pdf_sha256,
    )
    if is_signed_by_all(version):
        states.advance(locked, State.SEALING, by=by)
        work.request(
            "agreement.conclude",
            str(version.pk),
            queue=Effect.Queue.PDF,
            max_attempts=OUTLASTS_AN_OUTAGE,
            version_id=version.pk,
        )
    else:
        notices.tell_signed(locked, version, place)
    return evidence


def new_nonce() -> str:
    """128 random bits that make one record unlike every other."""
    return secrets.token_hex(16)


def decline(agreement: Agreement, *, reason: str, by: User) -> None:
    """A signatory says no, with a reason; everybody involved is told.

    Raises ReasonMissing, CannotSign.
    """
    if not reason.strip():
        raise ReasonMissing("reason-missing", _("Give a reason. Everybody involved will read it."))
    with transaction.atomic():
        locked = lock_for_signing(agreement)
        place = signatory_of(by, locked)
        if locked.state != State.COLLECTING:
            raise _not_now(locked)
        if place is None:
            raise _not_named()
        if (version := standing_version(locked)) is not None:
            demand_empty(version, place)
        states.advance(
            locked,
            State.DECLINED,
            by=by,
            stop_reason=reason.strip(),
            stopped_by_party=place.party,
            sign_by=None,
        )
        notices.tell_stopped(locked, reason=reason.strip())
    agreement.refresh_from_db()


def evidence_by_party(version: AgreementVersion) -> list[PartyEvidence]:
    """Per party every place of this version and its evidence; three queries."""
    agreement = version.agreement
    found = {each.signatory_id: each for each in version.evidence.select_related("submission")}
    places: dict[int, list[tuple[Signatory, Evidence | None]]] = {}
    standing = agreement.signatories.filter(released_at=None).select_related("authority")
    for place in standing.order_by("position"):
        places.setdefault(place.party_id, []).append((place, found.get(place.pk)))
    parties = agreement.partnership.parties.select_related("municipality")
    return [PartyEvidence(party, tuple(places.get(party.pk, ()))) for party in parties]


def is_signed_by_all(version: AgreementVersion) -> bool:
    """Whether every place of every party has evidence over exactly this version."""
    return all(each.is_complete for each in evidence_by_party(version))


def signed_by(agreement: Agreement) -> list[dict[str, Any]]:
    """Per party, in plain words and without names: for verification and lists.

    [{"party", "signed": bool, "evidence": [{"function", "kind", "at", "factor"}]}]
    """
    version = standing_version(agreement)
    if version is None:
        return []
    return [
        {
            "party": str(each.party),
            "signed": each.is_complete,
            "evidence": [
                {
                    "function": str(place.function),
                    "kind": evidence.get_kind_display(),
                    "at": evidence.at,
                    "factor": evidence.factor,
                }
                for place, evidence in each.places
                if evidence
            ],
        }
        for each in evidence_by_party(version)
    ]


def listed_evidence(version: AgreementVersion) -> list[dict[str, Any]]:
    """What goes onto the list of releases: codes and functions, no names; JSON values."""
    return [
        {
            "party": each.party.municipality.slug,
            "kind": str(evidence.kind),
            "function": dict(place.function.stored),
            "at": evidence.at.astimezone(dt.UTC).isoformat(timespec="seconds"),
            "factor": evidence.factor,
            "version_sha256": evidence.version_sha256,
            "pdf_sha256": evidence.pdf_sha256,
        }
        for each in evidence_by_party(version)
        for place, evidence in each.places
        if evidence
    ]


def _place(agreement: Agreement, version: AgreementVersion, by: User) -> Signatory:
    place = signatory_of(by, agreement)
    if place is None:
        raise _not_named()
    demand_empty(version, place)
    demand_one_side(by, place.party)
    return place


def demand_empty(version: AgreementVersion, place: Signatory) -> None:
    """Raise CannotSign when there is evidence for this place already."""
    if version.evidence.filter(signatory=place).exists():
        raise CannotSign("already-signed", _("You have signed this version already."))


def _demand_fresh(proof: Proof | None, by: User) -> Proof:
    # A passkey that only opened the page says nothing about these bytes.
    if proof is None or proof.factor == passkeys.KIND or not proof.holds_for(by):
        raise no_proof()
    return proof


def no_proof() -> CannotSign:
    """The refusal for a second factor that is missing or older than five minutes."""
    return CannotSign(
        "proof-stale",
        _("Please sign with a new code from your authenticator app, or with your passkey."),
    )


def demand_collecting(locked: Agreement) -> tuple[AgreementVersion, Edition]:
    """The version that waits for signatures and its newest issued file.

    Raises CannotSign, VersionChanged.
    """
    version = standing_version(locked)
    issued = version and edition_of(version, Release.Stage.ISSUED)
    if locked.state != State.COLLECTING or version is None or not issued:
        raise _not_now(locked)
    demand_active(locked.partnership)
    return version, issued


def _not_now(agreement: Agreement) -> DomainError:
    if agreement.is_open:
        return version_changed()
    if agreement.state == State.COLLECTING:
        return CannotSign("not-issued", _("The PDF is not ready yet. Try again in a minute."))
    return CannotSign(
        "not-collecting",
        _("This agreement cannot be signed now. Its state: %(state)s.")
        % {"state": agreement.get_state_display()},
    )


def _not_named() -> CannotSign:
    return CannotSign(
        "not-a-signatory",
        _("You are not named as a signatory of this agreement, or your role has ended."),
    )


def version_changed() -> VersionChanged:
    """The refusal when other words or other bytes stand than those that were shown."""
    return VersionChanged(
        "version-changed",
        _(
            "The text was changed after the version that you saw. Nothing was signed. "
            "You will be told when the new version can be read and signed."
        ),
    )


def lock_for_signing(agreement: Agreement) -> Agreement:
    """The agreement under its row lock: evidence comes one after the other. Raises CannotSign."""
    locked = (
        Agreement.objects.select_related("partnership")
        .select_for_update(of=("self",))
        .get(pk=agreement.pk)
    )
    if locked.state == State.COLLECTING and _is_over(locked):
        raise CannotSign(
            "time-over",
            _("The time to sign is over. Ask the office to open the agreement again."),
        )
    return locked


def _is_over(agreement: Agreement) -> bool:
    # The database's clock decides, like for every deadline.
    return Agreement.objects.filter(pk=agreement.pk, sign_by__lte=Now()).exists()
