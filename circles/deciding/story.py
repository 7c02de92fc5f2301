"""One decision as its members read it: who said what, and what the reader can do now."""

from __future__ import annotations

import dataclasses
from typing import Any

from circles import permissions
from circles.deciding import minority, rounds, rules, votes
from circles.deciding.rounds import Phase
from circles.models import (
    CircleRules,
    ConsentPlace,
    ConsentRound,
    ConsentVoice,
    Decision,
    MajorityVote,
    SeatTerm,
    Utterance,
    VotePlace,
)
from circles.seating import acting
from circles.seating.memberships import terms_of
from formats.models import Ballot
from formats.weighing import ballots
from foundation import database
from foundation.accounts.models import User


@dataclasses.dataclass(frozen=True)
class Said:
    """A contribution, by whom, and its answers."""

    pk: int
    text: str
    who: str
    answers: list[Said]


@dataclasses.dataclass(frozen=True)
class Place:
    """A member of the roll with their newest voice; `has_left` before it was counted."""

    who: str
    voice: ConsentVoice | None
    has_left: bool


@dataclasses.dataclass(frozen=True)
class Chapter:
    """What was said in one round, step by step, and the voices by name."""

    n: int
    steps: list[tuple[str, list[Said]]]
    places: list[Place]
    settings: rules.Settings | None


def of(decision: Decision, user: User) -> dict[str, Any]:
    """The chapters by number of the round, and what `user` may do; see `decision.html`."""
    found = list(decision.rounds.order_by("n"))
    current = found[-1] if found and found[-1].is_open else None
    terms = list(terms_of(decision.circle, user))
    context: dict[str, Any] = {
        "chapters": _chapters(decision, found),
        "current": current,
        "terms": terms,
        "is_member": bool(terms),
        "is_host": permissions.can_host(user, decision.circle),
        "leads": permissions.can_lead_rounds(user, decision),
        "settings": rules.in_force(decision.circle),
        "brought_by": acting.name_of(decision.begun_member) if decision.begun_member else "",
        "led_by": acting.name_of(decision.facilitator) if decision.facilitator else "",
        "may_withdraw": _may_withdraw(decision, current, terms, user),
    }
    if current is not None:
        context |= _now(current, terms)
    elif decision.state == Decision.State.CONSENT:
        context |= _between(decision, found)
    return context | _vote(decision, terms)


def _now(current: ConsentRound, terms: list[SeatTerm]) -> dict[str, Any]:
    """What the open round asks."""
    if current.phase != Phase.CONSENT:
        return {"next_step": str(Phase(ConsentRound.NEXT[Phase(current.phase)]).label)}
    standing = rounds.standings_of(current)
    return {
        "own": _own_in(standing, terms),
        "missing": sum(each.newest is None for each in standing),
        "asked": len(standing),
        "may_close": rounds.may_close(current, standing, database.clock()),
    }


def own_standing(current: ConsentRound, terms: list[SeatTerm]) -> rounds.Standing | None:
    """The place of a member in the roll of a round, with their newest voice."""
    return _own_in(rounds.standings_of(current), terms)


def _own_in(standing: list[rounds.Standing], terms: list[SeatTerm]) -> rounds.Standing | None:
    """Of two who share a mailbox, first whoever has not spoken."""
    mine = [each for each in standing if each.place.term in terms]
    return next((each for each in mine if each.newest is None), mine[0] if mine else None)


def _between(decision: Decision, found: list[ConsentRound]) -> dict[str, Any]:
    """No round is open: integrate, or move a vote when consent has failed often enough."""
    settings = rules.in_force(decision.circle)
    held = votes.failed_rounds(decision)
    by_majority = decision.kind != Decision.Kind.RULES
    return {
        "integrates": bool(found and found[-1].objections),
        "may_go_on": True,
        "held": held,
        "may_move": by_majority and held >= settings.rounds_before_vote,
    }


def _vote(decision: Decision, terms: list[SeatTerm]) -> dict[str, Any]:
    vote = decision.votes.select_related("poll", "moved_by__person", "moved_by__seat").last()
    if vote is None:
        return {}
    vote.decision = decision
    voted, voters = ballots.turnout(vote.poll)
    context: dict[str, Any] = {
        "vote": vote,
        "voted": voted,
        "voters": voters,
        "mover": acting.name_of(vote.moved_by),
        "is_mover": vote.moved_by in terms,
        "open_ballots": _open_ballots(vote),
    }
    places = VotePlace.objects.select_related("voter", "statement")
    mine = list(places.filter(vote=vote, term__in=terms).order_by("voter__has_voted", "pk"))
    if not mine:
        return context
    place = mine[0]
    context["place"] = place
    context["choice"] = _choice_of(vote, place)
    now = database.clock()
    if vote.statements_until and now < vote.statements_until:
        silent = [each for each in mine if not hasattr(each, "statement")]
        context["may_state"] = any(minority.is_minority(vote, each) for each in silent)
    if vote.state == MajorityVote.State.OPEN:
        context["takes_ballots"] = ballots.takes_ballots(vote.poll, now)
    return context


def _open_ballots(vote: MajorityVote) -> list[tuple[str, str]]:
    """(who, what) after a vote that was not secret; nothing else."""
    if vote.poll.is_secret or not vote.poll.is_closed:
        return []
    options = {str(option.pk): str(option) for option in vote.poll.options.all()}
    places = vote.places.select_related("term__person", "term__seat")
    who = {place.voter_id: acting.name_of(place.term) for place in places}
    given = Ballot.objects.filter(poll=vote.poll, voter__in=who)
    said = [(who[each.voter_id], options[next(iter(each.marks))]) for each in given
            if each.voter_id]  # fmt: skip
    return sorted(said)


def _choice_of(vote: MajorityVote, place: VotePlace) -> int | None:
    """The position that this member has marked, while it can be told."""
    marks = ballots.ballot_of(place.voter)
    option = vote.poll.options.filter(pk__in=[int(pk) for pk in marks]).first()
    return option.position if option else None


def _may_withdraw(
    decision: Decision, current: ConsentRound | None, terms: list[SeatTerm], user: User
) -> bool:
    if decision.state != Decision.State.CONSENT or (current and current.consent_at):
        return False
    is_own = any(term.pk == decision.begun_member_id for term in terms)
    return is_own or permissions.can_lead_rounds(user, decision)


def _chapters(decision: Decision, found: list[ConsentRound]) -> dict[int, Chapter]:
    """All rounds in four questions to the database, however many they are."""
    said = list(
        Utterance.objects.filter(round__in=found)
        .select_related("term__person", "term__seat", "host")
        .order_by("pk")
    )
    kept = {each.round_id: rules.of(each) for each in CircleRules.objects.filter(round__in=found)}
    places = list(
        ConsentPlace.objects.filter(round__in=found)
        .select_related("term__person", "term__seat")
        .order_by("term__seat__number", "pk")
    )
    newest = {
        voice.place_id: voice
        for voice in ConsentVoice.objects.filter(place__in=places).order_by("n")
    }
    return {
        each.n: Chapter(
            each.n,
            _steps([one for one in said if one.round_id == each.pk]),
            [_place(each, one, newest) for one in places if one.round_id == each.pk],
            kept.get(each.pk),
        )
        for each in found
    }


def _steps(said: list[Utterance]) -> list[tuple[str, list[Said]]]:
    answers: dict[int, list[Said]] = {}
    for each in said:
        if each.answers_id:
            answers.setdefault(each.answers_id, []).append(_said(each, []))
    by_step: dict[str, list[Said]] = {}
    for each in said:
        if not each.answers_id:
            by_step.setdefault(each.step, []).append(_said(each, answers.get(each.pk, [])))
    return [(step, by_step[step]) for step in Utterance.Step.values if step in by_step]


def _said(each: Utterance, answers: list[Said]) -> Said:
    who = acting.name_of(each.term) if each.term else (each.host.name if each.host else "")
    return Said(each.pk, each.text, who, answers)


def _place(each: ConsentRound, place: ConsentPlace, newest: dict[int, ConsentVoice]) -> Place:
    ended = place.term.ended_at
    has_left = ended is not None and (each.closed_at is None or ended < each.closed_at)
    return Place(acting.name_of(place.term), newest.get(place.pk), has_left)
