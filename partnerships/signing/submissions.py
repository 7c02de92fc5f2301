"""Signatures on paper and from other programs: brought by one person, compared by others.

A scan or a foreign file counts only when the people who did not bring it say that the text is ours.
"""

from __future__ import annotations

import datetime as dt
import re

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.documents import files
from foundation.documents.uploads import JPEG, PDF, PNG, SUFFIXES, kind_of
from foundation.errors import DomainError
from partnerships.course.participation import demand_own_party
from partnerships.models import (
    Agreement,
    Comparison,
    Evidence,
    Party,
    Signatory,
    Submission,
)
from partnerships.signing import notices, signatures
from partnerships.signing.signatories import demand_mandate
from partnerships.wording.versions import standing_version

Kind, State = Submission.Kind, Submission.State
ALLOWED = {Kind.PAPER: (PDF, JPEG, PNG), Kind.ELSEWHERE: (PDF,)}


class WrongDay(DomainError):
    """Nobody signs tomorrow, nor before the version was there."""


class NotASecondPerson(DomainError):
    """Who brought or signed it cannot be the one who compares it."""


class DigitsDiffer(DomainError):
    """The digits that were read off the paper are not those of the version."""


class Decided(DomainError):
    """The comparison is over, or the version does not stand any more."""


class ReasonMissing(DomainError):
    """A refusal needs a reason."""


def bring(
    agreement: Agreement,
    place: Signatory,
    *,
    kind: Submission.Kind,
    data: bytes,
    signed_on: dt.date,
    by: User,
) -> Submission:
    """Keep a scan or a foreign file as it was received, and ask others to compare it.

    Raises CannotSign, SignsNoMore, VersionChanged, UploadRefused, WrongDay, StorageFailed.
    """
    media_type = kind_of(data, allowed=ALLOWED[kind])
    with transaction.atomic():
        locked = signatures.lock_for_signing(agreement)
        version, _issued = signatures.demand_collecting(locked)
        signatures.demand_empty(version, place)
        if not timezone.localdate(version.frozen_at) <= signed_on <= timezone.localdate():
            raise WrongDay(
                "wrong-day",
                _("The day of the signature lies in the future, or before this version was made."),
            )
        demand_mandate(place, on=signed_on)
        if version.submissions.filter(signatory=place).exclude(state=State.REFUSED).exists():
            raise signatures.CannotSign(
                "submission-waits", _("There is a file for this signature already.")
            )
        name = f"{locked.file_stem}-v{version.n}-{kind}-{place.pk}{SUFFIXES[media_type]}"
        submission = Submission.objects.create(
            version=version,
            signatory=place,
            kind=kind,
            file=files.store(data, name=name, media_type=media_type),
            signed_on=signed_on,
            brought_by=by,
        )
        trail.record(
            "evidence.brought",
            locked,
            by=by,
            submission=submission.pk,
            party=place.party_id,
            sha256=submission.file.sha256,
        )
        notices.tell_brought(locked, submission)
    return submission


def compare(
    submission: Submission,
    *,
    agrees: bool,
    by: User,
    party: Party | None = None,
    digits: str = "",
    reason: str = "",
) -> Comparison:
    """One reviewer's answer; with the last one that is needed the signature counts.

    For paper `digits` are read off the foot of its pages; for a foreign file `party` is the city
    that the reviewer compares it for. Raises NotASecondPerson, DigitsDiffer, Decided,
    ReasonMissing, ForeignParty, SignsNoMore.
    """
    if not agrees and not reason.strip():
        raise ReasonMissing("reason-missing", _("Give a reason. Everybody involved will read it."))
    with transaction.atomic():
        locked = signatures.lock_for_signing(submission.version.agreement)
        mine = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
        _demand_waiting(locked, mine)
        if by.pk in (mine.brought_by_id, mine.signatory.user_id):
            raise NotASecondPerson(
                "not-a-second-person",
                _("You brought this file or signed it. Somebody else has to compare it."),
            )
        if party is not None:
            demand_own_party(locked.partnership, party)
        if agrees and mine.kind == Kind.PAPER:
            _demand_digits(mine, digits)
        comparison = _write(mine, party, by=by, agrees=agrees, digits=digits, reason=reason)
        trail.record("evidence.compared", locked, by=by, submission=mine.pk, agrees=agrees)
        if not agrees:
            states.advance(mine, State.REFUSED, by=by)
            notices.tell_refused(locked, mine, reason=reason.strip())
        elif not missing_cities(mine):
            _confirm(locked, mine, by=by)
    submission.refresh_from_db(fields=["state"])
    return comparison


def missing_cities(submission: Submission) -> list[Party]:
    """The cities whose comparison is still to come; none for paper that somebody confirmed."""
    answered = {each.party_id for each in submission.comparisons.all()}
    parties = submission.version.agreement.partnership.parties.select_related("municipality")
    if submission.kind == Kind.PAPER:
        return [] if answered else list(parties)
    return [party for party in parties if party.pk not in answered]


def _write(
    submission: Submission,
    party: Party | None,
    *,
    by: User,
    agrees: bool,
    digits: str,
    reason: str,
) -> Comparison:
    if submission.comparisons.filter(reviewer=by).exists():
        raise Decided("compared-already", _("You have compared this file already."))
    if submission.comparisons.filter(party=party).exists():
        raise Decided("compared-already", _("Somebody has compared this for your city already."))
    return Comparison.objects.create(
        submission=submission,
        party=party if submission.kind == Kind.ELSEWHERE else None,
        reviewer=by,
        agrees=agrees,
        digits=_clean(digits) if agrees else "",
        reason=reason.strip(),
    )


def _confirm(locked: Agreement, submission: Submission, *, by: User) -> None:
    states.advance(submission, State.CONFIRMED, by=by)
    _version, issued = signatures.demand_collecting(locked)
    signatures.count_evidence(
        locked,
        submission.version,
        submission.signatory,
        kind=Evidence.Kind(submission.kind),
        pdf_sha256=issued.pdf_sha256,
        nonce=signatures.new_nonce(),
        by=by,
        submission=submission,
    )


def _demand_waiting(locked: Agreement, submission: Submission) -> None:
    if submission.state != State.WAITING or locked.state != Agreement.State.COLLECTING:
        raise Decided("decided", _("This comparison is over. Reload the page to see its result."))
    if standing_version(locked) != submission.version:
        raise signatures.version_changed()


def _demand_digits(submission: Submission, digits: str) -> None:
    version = submission.version
    if _clean(digits) not in {version.sha256, version.short_digest}:
        raise DigitsDiffer(
            "digits-differ",
            _(
                "These are not the digits of version %(n)s. Compare the foot of every page once "
                "more; if the paper bears other digits, refuse it and say so."
            )
            % {"n": version.n},
        )


def _clean(digits: str) -> str:
    return re.sub(r"[^0-9a-f]", "", digits.lower())[:64]
