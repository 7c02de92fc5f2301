"""A consent round: questions, first and second opinions, voices; then adopted, or integrated.

"Good enough for now, safe enough to try": without a serious objection left it is adopted.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter

from django.db import connection, transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from circles.deciding import leading, letters, rules
from circles.models import (
    CircleRules,
    ConsentPlace,
    ConsentRound,
    ConsentVoice,
    Decision,
    ProposalVersion,
)
from circles.seating import acting
from circles.seating.memberships import members_of
from foundation import database, states
from foundation.accounts.models import User
from foundation.effects import work
from foundation.errors import DomainError

REMINDER = "decision.voice-reminder"
Phase = ConsentRound.Phase
STAMPS = {Phase.FIRST: "first_at", Phase.SECOND: "second_at", Phase.CONSENT: "consent_at"}


class RoundOver(DomainError):
    """Somebody moved on or closed the round meanwhile."""


class TooEarly(DomainError):
    """Not everybody has spoken, and they have time left."""


class NotIntegrated(DomainError):
    """A serious objection stands, and nothing has changed."""


class NoRoundNow(DomainError):
    """A vote is under way, voices are being taken, or it is decided."""


@dataclasses.dataclass(frozen=True)
class Standing:
    """A place of the roll and its newest voice, if any."""

    place: ConsentPlace
    newest: ConsentVoice | None

    @property
    def kind(self) -> str:
        return self.newest.kind if self.newest else ""


def open_first(decision: Decision, settings: rules.Settings | None, who: acting.Acting) -> None:
    """The first round of a decision that was just begun."""
    _open(decision, "", settings, who)


def open_next(
    decision: Decision,
    *,
    wording: str = "",
    version: ProposalVersion | None = None,
    integration: str = "",
    settings: rules.Settings | None = None,
    by: User,
) -> ConsentRound:
    """Go on with new words, or a newer version; `integration` says what has changed.

    A round in which nobody was asked for a voice yet is stopped. Raises NotIntegrated, NoRoundNow.
    """
    with transaction.atomic():
        locked = Decision.objects.select_for_update(of=("self",)).select_related(
            "circle", "version"
        )
        decision = locked.get(pk=decision.pk)
        who = leading.leader(decision, by)
        before = decision.rounds.order_by("n").last()
        _demand_next(decision, before)
        assert before is not None  # noqa: S101 - for the type checker; a decision begins with one
        words = wording.strip() or decision.wording
        if settings is not None and not wording.strip():
            words = rules.text_of(settings)
        _demand_integrated(before, words, version, integration)
        if before.is_open:
            stop(before, who)
        decision.wording, decision.version = words, version or decision.version
        decision.save(update_fields=["wording", "version"])
        return _open(decision, integration.strip(), settings, who)


def move_on(current: ConsentRound, *, seen: str, by: User) -> None:
    """To the next step from `seen`, which the page showed. Opening voices fixes the roll."""
    with transaction.atomic():
        current = _lock(current)
        who = leading.leader(current.decision, by)
        if current.phase != seen or current.phase not in ConsentRound.NEXT:
            raise RoundOver(
                "moved-on", _("Somebody moved on meanwhile. Look where the round stands now.")
            )
        to = ConsentRound.NEXT[Phase(current.phase)]
        now = database.clock()
        fields: dict[str, object] = {STAMPS[to]: now}
        if to == Phase.CONSENT:
            settings = _settings_for(current)
            until = now + dt.timedelta(days=settings.voting_days)
            fields |= {"consent_until": until, "quorum": settings.quorum}
        states.advance(current, to, by=who.host, field="phase", **fields)
        if to == Phase.CONSENT:
            _fix_roll(current)
            letters.tell_members(current.decision, "decision_consent", f"consent-{current.pk}",
                                 round=current)  # fmt: skip
            due_at = letters.reminder_time(now, until)
            work.request(REMINDER, str(current.pk), due_at=due_at, round_pk=current.pk)


def remind(round_pk: int) -> None:
    """Remind once, and only those who have not spoken in this round and still sit there.

    Some of them have an objection that was carried on: it stands as long as they are silent.
    """
    current = ConsentRound.objects.select_related("decision__circle").get(pk=round_pk)
    if current.phase != Phase.CONSENT:
        return
    standing = standings_of(current)
    carried = [each for each in standing if each.newest and each.newest.carried_from_id]
    silent = [each for each in standing if each.newest is None]
    for those, stands in ((silent, False), (carried, True)):
        letters.tell_members(
            current.decision, "decision_consent_reminder", f"consent-reminder-{current.pk}",
            seats=[each.place.term.seat for each in those], round=current, stands=stands,
        )  # fmt: skip


def close(current: ConsentRound, *, by: User) -> ConsentRound:
    """Count the voices: adopted without a serious objection and with the quorum, else go on.

    Only when all have spoken or their time is over. Raises TooEarly, RoundOver.
    """
    with transaction.atomic():
        current = _lock(current)
        who = leading.leader(current.decision, by)
        _hold_roll(current)
        standing = standings_of(current)
        _demand_closable(current, standing)
        counted = Counter(each.kind or ConsentVoice.Kind.ABSENT for each in standing)
        now = database.clock()
        states.advance(
            current, Phase.CLOSED, by=who.host, field="phase", closed_at=now,
            consents=counted[ConsentVoice.Kind.CONSENT],
            concerns=counted[ConsentVoice.Kind.CONCERN],
            objections=counted[ConsentVoice.Kind.OBJECTION],
            absent=counted[ConsentVoice.Kind.ABSENT],
        )  # fmt: skip
        if not current.objections and current.has_quorum:
            decision = current.decision
            states.advance(decision, Decision.State.ADOPTED, by=who.host, decided_at=now)
        letters.tell_members(current.decision, "decision_round_closed", f"closed-{current.pk}",
                             round=current)  # fmt: skip
    return current


def stop(current: ConsentRound, who: acting.Acting) -> None:
    """End a round before anybody was asked for a voice."""
    states.advance(current, Phase.CLOSED, by=who.host, field="phase", closed_at=database.clock())


def standings_of(current: ConsentRound) -> list[Standing]:
    """Members of the roll who have not left, by seat, each with their newest voice."""
    newest = ConsentVoice.objects.filter(place=OuterRef("pk")).order_by("-n").values("pk")[:1]
    places = list(
        ConsentPlace.objects.filter(round=current, term__ended_at=None)
        .select_related("term__seat", "term__person")
        .annotate(newest_voice=Subquery(newest))
    )
    voices = ConsentVoice.objects.in_bulk([p.newest_voice for p in places if p.newest_voice])
    return [Standing(place, voices.get(place.newest_voice)) for place in places]


def may_close(current: ConsentRound, standing: list[Standing], now: dt.datetime) -> bool:
    """Whether all have spoken, or the time for voices is over."""
    is_over = current.consent_until is not None and now >= current.consent_until
    return is_over or all(each.newest for each in standing)


def _open(
    decision: Decision, integration: str, settings: rules.Settings | None, who: acting.Acting
) -> ConsentRound:
    made = ConsentRound.objects.create(
        decision=decision,
        n=decision.rounds.count() + 1,
        wording=decision.wording,
        version=decision.version,
        integration=integration,
    )
    if settings is not None:
        CircleRules.objects.create(round=made, **settings.values())
    letters.tell_members(decision, "decision_round_opened", f"round-{made.pk}", round=made)
    return made


def _lock(current: ConsentRound) -> ConsentRound:
    """The decision first, then the round: so do all who change either."""
    Decision.objects.select_for_update().get(pk=current.decision_id)
    return (
        ConsentRound.objects.select_for_update(of=("self",))
        .select_related("decision__circle", "decision__facilitator")
        .get(pk=current.pk)
    )


def _settings_for(current: ConsentRound) -> rules.Settings:
    """The rules in force; the portal's own while a circle decides on its first ones."""
    return rules.in_force(current.decision.circle)


def _fix_roll(current: ConsentRound) -> None:
    """Whoever sits in the circle now is asked; standing objections of before stand on."""
    assert current.consent_at is not None  # noqa: S101 - for the type checker
    terms = members_of(current.decision.circle).filter(began_at__lte=current.consent_at)
    places = ConsentPlace.objects.bulk_create(
        ConsentPlace(round=current, term=term) for term in terms
    )
    before = (
        ConsentRound.objects.filter(decision=current.decision, n__lt=current.n)
        .exclude(consents=None)
        .last()
    )
    if before is None:
        return
    objecting = {
        each.place.term_id: each.newest
        for each in standings_of(before)
        if each.newest and each.kind == ConsentVoice.Kind.OBJECTION
    }
    ConsentVoice.objects.bulk_create(
        ConsentVoice(place=place, n=1, kind=old.kind, harm=old.harm, lift=old.lift,
                     carried_from=old)
        for place in places
        if (old := objecting.get(place.term_id))
    )  # fmt: skip


def _hold_roll(current: ConsentRound) -> None:
    """Nobody of the roll leaves until this is counted; voices go on reading their own row."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM circles_seatterm t JOIN circles_consentplace p ON p.term_id = t.id"
            " WHERE p.round_id = %s FOR SHARE OF t",
            [current.pk],
        )


def _demand_closable(current: ConsentRound, standing: list[Standing]) -> None:
    if current.phase == Phase.CLOSED:
        raise RoundOver("round-closed", _("Somebody else has closed this round already."))
    if current.phase != Phase.CONSENT:
        raise RoundOver("no-voices-yet", _("Members have not been asked for their voices yet."))
    if may_close(current, standing, database.clock()):
        return
    silent = sum(each.newest is None for each in standing)
    raise TooEarly(
        "silent",
        ngettext(
            "%(n)d member has not spoken yet and has time left. The round stays open.",
            "%(n)d members have not spoken yet and have time left. The round stays open.",
            silent,
        )
        % {"n": silent},
    )


def _demand_next(decision: Decision, before: ConsentRound | None) -> None:
    if decision.state != Decision.State.CONSENT:
        raise NoRoundNow("no-round-now", _("A vote is under way, or it is decided."))
    if before is not None and before.phase == Phase.CONSENT:
        raise NoRoundNow(
            "voices-open", _("Members are being asked for their voices. Close that round first.")
        )


def _demand_integrated(
    before: ConsentRound, wording: str, version: ProposalVersion | None, integration: str
) -> None:
    if not before.objections:
        return
    if not integration.strip():
        raise NotIntegrated(
            "no-note", _("A serious objection stands. Say what you change so that it is lifted.")
        )
    if before.version is None:
        if wording == before.wording:
            raise NotIntegrated(
                "same-words", _("A serious objection stands. Change the wording accordingly.")
            )
    elif version is None or version.n <= before.version.n:
        raise NotIntegrated(
            "same-version",
            _("A serious objection stands. Keep a new version of the proposal and choose it."),
        )
