"""A decision as it is read afterwards: on pages, by the command and on paper, without names.

Only minority statements may carry a name, and only if their author wished it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from circles.models import (
    ConsentRound,
    ConsentVoice,
    Decision,
    MajorityVote,
    MinorityStatement,
)

Kind = ConsentVoice.Kind
CONSENT, MAJORITY = "consent", "majority"


@dataclasses.dataclass(frozen=True)
class ObjectionRecord:
    """A serious objection, and what became of it: `fate` is stands, withdrawn, lifted or left.

    `lifted_in` is the round in which its member no longer objected; `voted` that a vote followed.
    """

    harm: str
    lift: str
    fate: str
    lifted_in: int = 0
    is_carried: bool = False


@dataclasses.dataclass(frozen=True)
class RoundRecord:
    """One round; figures are None until it is counted, and for a round that was stopped."""

    n: int
    phase: str
    opened_at: dt.datetime
    closed_at: dt.datetime | None
    version: int | None
    wording: str
    integration: str
    consent: int | None
    concern: int | None
    objection: int | None
    absent: int | None
    quorum: int | None
    reached: int | None
    objections: list[ObjectionRecord]

    @property
    def is_counted(self) -> bool:
        return self.consent is not None

    @property
    def is_stopped(self) -> bool:
        return self.phase == ConsentRound.Phase.CLOSED and not self.is_counted

    @property
    def has_quorum(self) -> bool:
        return self.quorum is not None and (self.reached or 0) >= self.quorum

    @property
    def is_adopted(self) -> bool:
        """Closed with the quorum and without a standing objection."""
        return self.is_counted and not self.objection and self.has_quorum


@dataclasses.dataclass(frozen=True)
class VoteRecord:
    """One vote; figures are None until it is counted."""

    n: int
    state: str
    is_secret: bool
    moved_at: dt.datetime
    opened_at: dt.datetime | None
    ended_at: dt.datetime | None
    rounds_held: int
    quorum: int
    yes: int | None
    no: int | None
    abstain: int | None
    statements_until: dt.datetime | None

    @property
    def is_counted(self) -> bool:
        return self.yes is not None

    @property
    def reached(self) -> int:
        return (self.yes or 0) + (self.no or 0) + (self.abstain or 0)

    @property
    def needed(self) -> int:
        """Yes votes that make a majority of those that count."""
        return ((self.yes or 0) + (self.no or 0)) // 2 + 1


@dataclasses.dataclass(frozen=True)
class StatementRecord:
    """Word for word; `name` is empty unless its author wished it to stand there."""

    text: str
    name: str
    added_at: dt.datetime


@dataclasses.dataclass(frozen=True)
class DecisionRecord:
    """Everything that a printed page needs. `procedure` is consent, majority or empty.

    `outcome` is the state of the decision: consent and voting are not decided yet.
    """

    number: str
    title: str
    kind: str
    kind_words: str
    circle: str
    circle_number: str
    wording: str
    version: int | None
    version_sha256: str
    procedure: str
    outcome: str
    outcome_words: str
    begun_at: dt.datetime
    decided_at: dt.datetime | None
    rounds: list[RoundRecord]
    votes: list[VoteRecord]
    statements: list[StatementRecord]

    @property
    def label(self) -> str:
        """What a circle's decision is: preparatory (R123)."""
        return _("Preparatory: this prepares decisions of the council; it does not replace them.")

    @property
    def vote(self) -> VoteRecord | None:
        """The newest vote that was counted: the one that decided, or a void one."""
        return next((each for each in reversed(self.votes) if each.is_counted), None)

    @property
    def counted_round(self) -> RoundRecord | None:
        return next((each for each in reversed(self.rounds) if each.is_counted), None)

    @property
    def quorum(self) -> tuple[int, int] | None:
        """(needed, reached) of the vote or the round that the outcome follows from."""
        if self.vote is not None and self.procedure != CONSENT:
            return self.vote.quorum, self.vote.reached
        last = self.counted_round
        return None if last is None or last.quorum is None else (last.quorum, last.reached or 0)


def record_of(decision: Decision, *, with_rounds: bool = True) -> DecisionRecord:
    """What is on record, in the reader's language where it is the portal that speaks.

    Without rounds it is cheaper: for pages that only say how it ended.
    """
    told = decision.rounds.select_related("version").order_by("n")
    rounds = list(told) if with_rounds else []
    votes = list(decision.votes.select_related("poll").order_by("n"))
    voices = _voices(rounds)
    return DecisionRecord(
        number=decision.number,
        title=decision.title,
        kind=decision.kind,
        kind_words=str(decision.get_kind_display()),
        circle=str(decision.circle.name),
        circle_number=decision.circle.number,
        wording=decision.wording,
        version=decision.version.n if decision.version else None,
        version_sha256=decision.version.sha256 if decision.version else "",
        procedure=_procedure(decision, votes),
        outcome=decision.state,
        outcome_words=str(decision.get_state_display()),
        begun_at=decision.begun_at,
        decided_at=decision.decided_at,
        rounds=[_round(each, rounds, voices) for each in rounds],
        votes=[_vote(each) for each in votes],
        statements=[_statement(each) for each in _statements(decision)],
    )


def _procedure(decision: Decision, votes: list[MajorityVote]) -> str:
    if not decision.is_decided:
        return ""
    return MAJORITY if any(v.state == MajorityVote.State.DECIDED for v in votes) else CONSENT


# Round -> term -> voices of that term in this round, oldest first.
Voices = dict[int, dict[int, list[ConsentVoice]]]


def _voices(rounds: list[ConsentRound]) -> Voices:
    found: Voices = {each.pk: {} for each in rounds}
    said = ConsentVoice.objects.filter(place__round__in=rounds).select_related("place__term")
    for voice in said.order_by("place", "n"):
        found[voice.place.round_id].setdefault(voice.place.term_id, []).append(voice)
    return found


def _round(each: ConsentRound, rounds: list[ConsentRound], voices: Voices) -> RoundRecord:
    said = voices[each.pk] if each.is_counted else {}
    return RoundRecord(
        n=each.n,
        phase=each.phase,
        opened_at=each.opened_at,
        closed_at=each.closed_at,
        version=each.version.n if each.version else None,
        wording=each.wording,
        integration=each.integration,
        consent=each.consents,
        concern=each.concerns,
        objection=each.objections,
        absent=each.absent,
        quorum=each.quorum,
        reached=each.voices if each.is_counted else None,
        objections=_objections(each, said, rounds, voices),
    )


def _objections(
    each: ConsentRound,
    said: dict[int, list[ConsentVoice]],
    rounds: list[ConsentRound],
    voices: Voices,
) -> list[ObjectionRecord]:
    """The last objection of each member in this round; one that was only carried on is told so."""
    found = []
    for term, spoken in said.items():
        objecting = [voice for voice in spoken if voice.kind == Kind.OBJECTION]
        if not objecting:
            continue
        last = objecting[-1]
        later = [other for other in rounds if other.n > each.n and other.is_counted]
        lifted = next((r.n for r in later if _no_longer(voices[r.pk].get(term))), 0)
        if spoken[-1].kind != Kind.OBJECTION:
            fate = "withdrawn"
        elif _left(each, last):
            fate = "left"
        else:
            fate = "lifted" if lifted else "stands"
        found.append(
            ObjectionRecord(last.harm, last.lift, fate, lifted, last.carried_from_id is not None)
        )
    return found


def _no_longer(spoken: list[ConsentVoice] | None) -> bool:
    return bool(spoken) and spoken[-1].kind != Kind.OBJECTION  # type: ignore[index]


def _left(each: ConsentRound, voice: ConsentVoice) -> bool:
    """Whether the member had left when the round was counted."""
    ended = voice.place.term.ended_at
    return ended is not None and each.closed_at is not None and ended < each.closed_at


def _vote(each: MajorityVote) -> VoteRecord:
    return VoteRecord(
        n=each.n,
        state=each.state,
        is_secret=each.poll.is_secret,
        moved_at=each.moved_at,
        opened_at=each.opened_at,
        ended_at=each.ended_at,
        rounds_held=each.rounds_held,
        quorum=each.quorum,
        yes=each.yes,
        no=each.no,
        abstain=each.abstain,
        statements_until=each.statements_until,
    )


def _statements(decision: Decision) -> Iterable[MinorityStatement]:
    return MinorityStatement.objects.filter(place__vote__decision=decision).select_related(
        "place__term__person"
    )


def _statement(each: MinorityStatement) -> StatementRecord:
    person = each.place.term.person
    name = person.name if each.with_name and person else ""
    return StatementRecord(each.text, name, each.added_at)


def as_json(record: DecisionRecord) -> dict[str, object]:
    """The stable form of the command: no names, moments in ISO form."""
    vote, quorum = record.vote, record.quorum
    return {
        "number": record.number,
        "title": record.title,
        "kind": record.kind,
        "procedure": record.procedure or None,
        "rounds": [
            {
                "n": each.n,
                "phase": each.phase,
                "opened": each.opened_at.isoformat(),
                "closed": each.closed_at.isoformat() if each.closed_at else None,
                "version": each.version,
                "counts": {
                    "consent": each.consent,
                    "concern": each.concern,
                    "objection": each.objection,
                    "absent": each.absent,
                }
                if each.is_counted
                else None,
                "integration": each.integration,
            }
            for each in record.rounds
        ],
        "counts": {
            "yes": vote.yes,
            "no": vote.no,
            "abstain": vote.abstain,
            "void": vote.state == MajorityVote.State.VOID,
        }
        if vote
        else None,
        "quorum": {"needed": quorum[0], "reached": quorum[1]} if quorum else None,
        "outcome": record.outcome,
        "minority_statements": [each.text for each in record.statements],
    }
