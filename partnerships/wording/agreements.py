"""The road of an agreement around its text: drafting, agreeing, reopening, publishing."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.effects.models import Effect
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from partnerships.course.participation import demand_own_party
from partnerships.course.standing import demand_active
from partnerships.models import AgreedText, Agreement, Consent, CouncilReference, Partnership, Party
from partnerships.signing import notices
from partnerships.wording import clauses, drafts, outline
from partnerships.wording.consents import consenting_parties, give_consent
from partnerships.wording.versions import standing_version

State = Agreement.State
NUMBER_LOCK = 0x5B01


class AgreementExists(DomainError):
    """Another agreement of this partnership is still in the making."""


class TextMovedOn(DomainError):
    """The text changed after it was shown."""


class NotOpen(DomainError):
    """The step does not fit the state of the agreement."""


class CouncilIncomplete(DomainError):
    """Neither a decision with body and date nor an express reservation."""


class ReasonMissing(DomainError):
    """Stopping an agreement needs a reason."""


class EndBeforeStart(DomainError):
    """The end of the term lies before its start."""


def draft_agreement(partnership: Partnership, *, by: User | None) -> Agreement:
    """A new draft with the clauses of the outline and the next number of the year.

    Raises AgreementExists while another one is in the making.
    """
    with transaction.atomic():
        Partnership.objects.select_for_update().get(pk=partnership.pk)
        demand_active(partnership)
        making = partnership.agreements.filter(base=None).exclude(
            state__in=[State.CONCLUDED, State.WITHDRAWN]
        )
        if making.exists():
            raise AgreementExists(
                "agreement-exists",
                _("An agreement of these cities is in the making already. Work on that one."),
            )
        year, serial = _next_number()
        agreement = Agreement.objects.create(
            partnership=partnership,
            year=year,
            serial=serial,
            number=f"SB-{year}-{serial:03d}",
            title=LocalizedText.of("de", outline.TITLE["de"], en=outline.TITLE["en"]),
            languages=list(outline.LANGUAGES),
            starts_on=partnership.starts_on,
            ends_on=partnership.ends_on,
            created_by=by,
        )
        clauses.begin_text(agreement, cities_of(partnership), by=by)
        trail.record("agreement.drafted", agreement, by=by, partnership=partnership.pk)
    return agreement


def _next_number() -> tuple[int, int]:
    """(year, serial); two drafts at once wait for each other."""
    year = timezone.localdate().year
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NUMBER_LOCK])
    last = Agreement.objects.filter(year=year).aggregate(last=Max("serial"))["last"] or 0
    return year, last + 1


def cities_of(partnership: Partnership) -> LocalizedText:
    """The names of the cities in one phrase, in all languages that an agreement may have."""
    names = [
        party.municipality.name for party in partnership.parties.select_related("municipality")
    ]
    return LocalizedText.of(
        "de",
        _joined([name.best("de")[0] for name in names], "und"),
        en=_joined([name.best("en")[0] for name in names], "and"),
        fi=_joined([name.best("fi")[0] for name in names], "ja"),
    )


def _joined(names: list[str], word: str) -> str:
    return f" {word} ".join([", ".join(names[:-1]), names[-1]])


def set_term(
    agreement: Agreement,
    *,
    starts_on: dt.date | None,
    ends_on: dt.date | None,
    notice_months: int,
    by: User,
) -> None:
    """From when to when; without an end it is open. Raises EndBeforeStart, NotOpen."""
    if starts_on and ends_on and ends_on <= starts_on:
        raise EndBeforeStart("end-before-start", _("The end must be later than the start."))
    if ends_on and not starts_on and ends_on <= timezone.localdate():
        raise EndBeforeStart(
            "end-in-the-past",
            _("Without a start the term begins with the last signature: its end must lie ahead."),
        )
    with transaction.atomic():
        locked = _open_for_changes(agreement, by=by)
        Agreement.objects.filter(pk=locked.pk).update(
            starts_on=starts_on, ends_on=ends_on, notice_months=notice_months
        )
        trail.record("agreement.term_set", agreement, by=by)
    agreement.refresh_from_db()


def note_council(
    agreement: Agreement,
    party: Party,
    *,
    by: User,
    is_reservation: bool = False,
    body: str = "",
    decided_on: dt.date | None = None,
    paper: str = "",
) -> CouncilReference:
    """The decision of a city's council, or its reservation. Raises CouncilIncomplete, NotOpen."""
    demand_own_party(agreement.partnership, party)
    if not is_reservation and not (body and decided_on):
        raise CouncilIncomplete(
            "council-incomplete",
            _("Name the body and the date of its decision, or tick the reservation."),
        )
    with transaction.atomic():
        locked = _open_for_changes(agreement, by=by)
        reference, _created = CouncilReference.objects.update_or_create(
            agreement=locked,
            party=party,
            defaults={
                "is_reservation": is_reservation,
                "body": body,
                "decided_on": None if is_reservation else decided_on,
                "paper": paper,
            },
        )
        trail.record("agreement.council_noted", agreement, by=by, party=party.pk)
    agreement.refresh_from_db(fields=["state"])
    return reference


def agree(agreement: Agreement, party: Party, *, digest: str, by: User) -> None:
    """One city agrees to the text with this digest; with the last city the text is agreed.

    Raises TextMovedOn when the text changed since it was shown, NotOpen, SpeaksForOther.
    """
    demand_own_party(agreement.partnership, party)
    with transaction.atomic():
        locked = _locked(agreement)
        _demand_open(locked)
        draft = drafts.gather(locked)
        if draft.digest() != digest:
            raise TextMovedOn(
                "text-moved-on",
                _("The text changed while you read it. Read it again, then agree."),
            )
        # Kept whole, so that the city can be shown later what has changed since.
        AgreedText.objects.get_or_create(
            agreement=locked, digest=digest, defaults={"content": draft.agreed_bytes()}
        )
        if give_consent(locked, party, Consent.Purpose.TEXT, digest, by=by):
            trail.record("agreement.agreed", locked, by=by, party=party.pk, digest=digest)
        agreed = consenting_parties(locked, Consent.Purpose.TEXT, digest)
        if locked.state == State.DRAFT and agreed >= {each.pk for each in draft.parties}:
            states.advance(locked, State.AGREED, by=by)
    agreement.refresh_from_db(fields=["state"])


def reopen(agreement: Agreement, *, reason: str, by: User) -> None:
    """Back to draft: a new version will follow; old signatures and consents do not count.

    Raises ReasonMissing, UndeclaredMove; NotOpen once everybody has signed, unless the seal was
    given up: then the office may.
    """
    _demand_reason(reason)
    with transaction.atomic():
        locked = _locked(agreement)
        _demand_way_back(locked)
        version = standing_version(locked)
        # Why one city declined the old words stays between the cities, in the trail and the mails.
        anew: dict[str, Any] = {"stop_reason": "", "stopped_by_party": None}
        anew["text_round"] = locked.text_round + 1
        states.advance(locked, State.DRAFT, by=by, sign_by=None, **anew)
        if version is not None:
            notices.tell_reopened(locked, version, reason=reason)
    agreement.refresh_from_db()


def withdraw(agreement: Agreement, *, reason: str, by: User) -> None:
    """Give the agreement up; everybody involved is told. Raises as reopen does."""
    _demand_reason(reason)
    with transaction.atomic():
        locked = _locked(agreement)
        _demand_way_back(locked)
        states.advance(locked, State.WITHDRAWN, by=by, stop_reason=reason, sign_by=None)
        notices.tell_stopped(locked, reason=reason)
    agreement.refresh_from_db()


def expire(agreement: Agreement) -> None:
    """The time to sign is over; does nothing for one that is signed, reopened or extended."""
    with transaction.atomic():
        locked = _locked(agreement)
        over = Agreement.objects.filter(pk=locked.pk, sign_by__lte=Now()).exists()
        if locked.state == State.COLLECTING and over:
            states.advance(locked, State.EXPIRED, by=None)
            notices.tell_stopped(locked, reason="")


def agree_to_publication(agreement: Agreement, party: Party, *, by: User) -> None:
    """One city agrees that everybody may read the agreement; with the last city it is public."""
    demand_own_party(agreement.partnership, party)
    with transaction.atomic():
        locked = _locked(agreement)
        version = standing_version(locked)
        if locked.state != State.CONCLUDED or version is None:
            raise NotOpen("not-concluded", _("Only a concluded agreement can be published."))
        if give_consent(locked, party, Consent.Purpose.PUBLICATION, version.sha256, by=by):
            trail.record("agreement.may_be_published", locked, by=by, party=party.pk)
        willing = consenting_parties(locked, Consent.Purpose.PUBLICATION, version.sha256)
        parties = set(locked.partnership.parties.values_list("pk", flat=True))
        if locked.published_at is None and willing >= parties:
            Agreement.objects.filter(pk=locked.pk).update(published_at=timezone.now())
            trail.record("agreement.published", locked, by=by)
    agreement.refresh_from_db()


def _locked(agreement: Agreement) -> Agreement:
    return (
        Agreement.objects.select_related("partnership")
        .select_for_update(of=("self",))
        .get(pk=agreement.pk)
    )


def _demand_open(agreement: Agreement) -> None:
    demand_active(agreement.partnership)
    if not agreement.is_open:
        raise NotOpen(
            "not-open",
            _("The text is frozen. Reopen the agreement if it has to change."),
        )


def _open_for_changes(agreement: Agreement, *, by: User) -> Agreement:
    """The locked agreement; an agreed text falls back to draft, so that cities agree anew."""
    locked = _locked(agreement)
    _demand_open(locked)
    if locked.state == State.AGREED:
        states.advance(locked, State.DRAFT, by=by)
    return locked


def cannot_be_sealed(agreement: Agreement) -> bool:
    """Whether all have signed and the portal has given up setting the last seal."""
    version = standing_version(agreement)
    return (
        agreement.state == State.SEALING
        and version is not None
        and Effect.objects.filter(
            kind="agreement.conclude", key=str(version.pk), state=Effect.State.DEAD
        ).exists()
    )


def _demand_way_back(locked: Agreement) -> None:
    if locked.state == State.SEALING and not cannot_be_sealed(locked):
        raise NotOpen(
            "being-sealed", _("All have signed and the seal is being set. There is no way back.")
        )


def _demand_reason(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing("reason-missing", _("Give a reason. Everybody involved will read it."))
