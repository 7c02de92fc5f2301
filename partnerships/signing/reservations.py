"""Signing with a certificate of one's own: take the file out, sign it anywhere, bring it back.

One place at a time holds the next revision, for seven days; what comes back becomes the file that
the others sign and that the last seal concludes.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.documents import external, files, releases
from foundation.documents.external import ExternalSignature
from foundation.documents.models import Release
from foundation.documents.rehearsal import demand_concludable
from foundation.effects import work
from foundation.errors import DomainError
from foundation.languages import search_key
from partnerships.models import (
    Agreement,
    AgreementVersion,
    Edition,
    Evidence,
    Reservation,
    Signatory,
)
from partnerships.signing import notices, signatures
from partnerships.signing.signatories import demand_mandate
from partnerships.signing.signature_fields import field_of

State = Reservation.State
TIME_TO_BRING_BACK = dt.timedelta(days=7)
KIND = "agreement"
# Words beside a name that say nothing about who it is.
TITLES = frozenset({"dr", "prof", "med", "jur", "dipl", "ing", "mag", "von", "van", "der", "de"})


class HeldByOthers(DomainError):
    """Somebody else has taken the file out to sign it."""


class OtherPersonsCertificate(DomainError):
    """The certificate names somebody else than the person who signs in this place."""


class NotHeld(DomainError):
    """The file was not taken out, was given back, or the time is over."""


def held_of(version: AgreementVersion) -> Reservation | None:
    """Who holds the next revision now, if anybody."""
    held = version.reservations.filter(state=State.HELD, until__gt=Now())
    return held.select_related("signatory__party__municipality", "edition__release__file").first()


def reserve(agreement: Agreement, place: Signatory, *, by: User) -> Reservation:
    """Hold the next revision for one place, seven days or until the time to sign is over.

    Asking again gives the one that is held. Raises CannotSign, VersionChanged, HeldByOthers.
    """
    with transaction.atomic():
        locked = signatures.lock_for_signing(agreement)
        version, issued = signatures.demand_collecting(locked)
        signatures.demand_empty(version, place)
        demand_mandate(place)
        _end_overdue(version)
        held = version.reservations.filter(state=State.HELD).first()
        if held is not None and held.signatory_id == place.pk:
            return held
        if held is not None:
            raise HeldByOthers(
                "held-by-others",
                _(
                    "%(who)s has taken the file out to sign it, until %(until)s at the latest. "
                    "Signing by click is possible all the same."
                )
                % {
                    "who": held.signatory.party,
                    "until": f"{timezone.localtime(held.until):%d.%m.%Y}",
                },
            )
        end = timezone.now() + TIME_TO_BRING_BACK
        made = Reservation.objects.create(
            version=version,
            signatory=place,
            edition=issued,
            reserved_by=by,
            until=min(end, locked.sign_by) if locked.sign_by else end,
        )
        trail.record("signature.reserved", locked, by=by, place=place.pk, edition=issued.pk)
        work.request(
            "agreement.lapse",
            f"r{made.pk}",
            due_at=made.until + dt.timedelta(seconds=1),
            reservation_id=made.pk,
        )
    return made


def give_back(reservation: Reservation, *, by: User) -> None:
    """Let others have the next revision. Raises NotHeld."""
    with transaction.atomic():
        states.advance(_held(reservation), State.RELEASED, by=by)


def lapse(reservation: Reservation) -> None:
    """The seven days are over: the file is free for others; does nothing for one that ended."""
    with transaction.atomic():
        mine = Reservation.objects.select_for_update(of=("self",)).get(pk=reservation.pk)
        if mine.state != State.HELD or not Reservation.objects.filter(pk=mine.pk, until__lte=Now()):
            return
        states.advance(mine, State.LAPSED, by=None)
        notices.tell_lapsed(mine.version.agreement, mine)


def bring_back(reservation: Reservation, uploaded: bytes, *, by: User) -> Evidence:
    """Take a signed file in: it becomes the issued file, the signature becomes evidence.

    Refused files are not kept. Raises NotHeld, NotAccepted (with the reason), CannotSign,
    OtherPersonsCertificate, VersionChanged, NotReleasable, StorageFailed.
    """
    with transaction.atomic():
        locked = signatures.lock_for_signing(reservation.version.agreement)
        version, issued = signatures.demand_collecting(locked)
        mine = _held(reservation)
        if version.pk != mine.version_id:
            raise signatures.version_changed()
        place = mine.signatory
        signatures.demand_empty(version, place)
        demand_mandate(place)
        proof = external.accept(files.read(issued.release.file), uploaded, field=field_of(place))
        _demand_same_person(proof, place)
        demand_concludable(uploaded)
        states.advance(mine, State.USED, by=by)
        edition = _list(version, place, uploaded)
        return signatures.count_evidence(
            locked,
            version,
            place,
            kind=Evidence.Kind.EXTERNAL,
            pdf_sha256=edition.pdf_sha256,
            nonce=signatures.new_nonce(),
            by=by,
            certificate=_described(proof),
        )


def _list(version: AgreementVersion, place: Signatory, pdf: bytes) -> Edition:
    number = version.agreement.number
    listed = releases.release(
        pdf,
        version.agreement,
        number=number,
        kind=KIND,
        stage=Release.Stage.ISSUED,
        name=f"{number}-v{version.n}-{place.party.position}{place.position}.pdf",
        by=None,
        evidence=signatures.listed_evidence(version),
    )
    return Edition.objects.create(
        version=version, stage=listed.stage, release=listed, pdf_sha256=listed.sha256
    )


def _demand_same_person(proof: ExternalSignature, place: Signatory) -> None:
    """Whoever brings the file may hold a good certificate too: it has to be the signatory's own.

    Two names must fit (one, if the person has only one), in any order and without accents.
    """
    wanted = {word for word in search_key(place.name).split() if len(word) > 1} - TITLES
    if len(wanted & set(search_key(proof.subject).split())) < min(2, len(wanted)) or not wanted:
        raise OtherPersonsCertificate(
            "another-person",
            _(
                "This certificate names “%(subject)s”, but %(name)s signs in this place. If that "
                "is one person under two names, use the way “signed elsewhere”."
            )
            % {"subject": proof.subject, "name": place.name},
        )


def _described(proof: ExternalSignature) -> dict[str, Any]:
    return {
        "subject": proof.subject,
        "issuer": proof.issuer,
        "serial": proof.serial,
        "not_before": proof.not_before.isoformat(),
        "not_after": proof.not_after.isoformat(),
        "signed_at": proof.signed_at.isoformat() if proof.signed_at else "",
        "has_timestamp": proof.has_timestamp,
        "level": proof.level,
        "field": proof.field,
    }


def _held(reservation: Reservation) -> Reservation:
    mine = (
        Reservation.objects.select_for_update(of=("self",))
        .select_related("signatory__party__municipality", "version")
        .filter(pk=reservation.pk, state=State.HELD, until__gt=Now())
        .first()
    )
    if mine is None:
        raise not_held()
    return mine


def not_held() -> NotHeld:
    """The refusal for a file that nobody has reserved, or for too long."""
    return NotHeld(
        "not-held",
        _("The file is not reserved for you (any more). Reserve it again and sign it anew."),
    )


def _end_overdue(version: AgreementVersion) -> None:
    for late in version.reservations.filter(state=State.HELD, until__lte=Now()):
        states.advance(late, State.LAPSED, by=None)
