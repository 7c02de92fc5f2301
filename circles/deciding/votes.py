"""A majority vote, from the motion to the figures: only where consent failed on record.

Ballots, roll and closing are those of `formats.weighing.ballots`.
"""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from circles.alone import each_alone
from circles.deciding import leading, letters, rules
from circles.deciding.decisions import lock
from circles.models import ConsentRound, Decision, MajorityVote, SeatTerm, VotePlace
from circles.seating import acting
from circles.seating.memberships import members_of, terms_of
from formats.models import Poll, PollOption
from formats.weighing import ballots
from foundation import database, states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.effects import work
from foundation.errors import DomainError
from foundation.languages import LocalizedText

REMINDER = "decision.ballot-reminder"
State = MajorityVote.State
OPTIONS = (
    LocalizedText.of("de", "Ja", en="Yes"),
    LocalizedText.of("de", "Nein", en="No"),
    LocalizedText.of("de", "Enthaltung", en="Abstention"),
)


class ConsentFirst(DomainError):
    """No recorded round left a serious objection to these words, or too few did."""


class NotMovable(DomainError):
    """A round or a vote is under way, or it is decided, or it is about the rules themselves."""


class VoteOver(DomainError):
    """The vote was opened, taken back or counted meanwhile."""


class NotOnTheRoll(DomainError):
    """Whoever joined after the vote was opened has no ballot."""


def move(decision: Decision, *, is_secret: bool = False, by: User) -> MajorityVote:
    """Any member moves a vote, after as many failed consent rounds as the rules say.

    Raises ConsentFirst, NotMovable.
    """
    with transaction.atomic():
        decision = lock(decision)
        term = acting.held_member(decision.circle, by).member
        _demand_movable(decision)
        settings = rules.in_force(decision.circle)
        held = failed_rounds(decision)
        _demand_consent_first(decision, held, settings.rounds_before_vote)
        poll = ballots.prepare(OPTIONS, method=Poll.Method.CHOICE, is_secret=is_secret, by=None)
        ballots.attach(poll, decision)
        vote = MajorityVote.objects.create(
            decision=decision,
            n=decision.votes.count() + 1,
            poll=poll,
            moved_by=term,
            rounds_held=held,
            rounds_needed=settings.rounds_before_vote,
            quorum=settings.quorum,
            voting_days=settings.voting_days,
            statement_days=settings.statement_days,
        )
        states.advance(decision, Decision.State.VOTING, by=None)
        letters.tell_members(decision, "decision_vote_moved", f"moved-{vote.pk}", vote=vote)
    return vote


def failed_rounds(decision: Decision) -> int:
    """Closed rounds of this decision that left a serious objection."""
    return decision.rounds.filter(phase=ConsentRound.Phase.CLOSED, objections__gt=0).count()


def ask_secret(vote: MajorityVote, *, by: User) -> None:
    """One member asks, and the vote is secret; before it opens. Nobody is told who asked."""
    with transaction.atomic():
        vote = _lock(vote)
        acting.held_member(vote.decision.circle, by)
        _demand_state(vote, State.MOVED)
        Poll.objects.filter(pk=vote.poll_id, state=Poll.State.PREPARED).update(is_secret=True)
        trail.record("decision.vote-secret", vote, by=None)


def drop(vote: MajorityVote, *, by: User) -> None:
    """Whoever moved it takes it back before it opens; the consent rounds go on."""
    with transaction.atomic():
        vote = _lock(vote)
        acting.held_member(vote.decision.circle, by)
        if not terms_of(vote.decision.circle, by).filter(pk=vote.moved_by_id).exists():
            raise acting.NotYours("not-yours", _("Whoever moved the vote can take it back."))
        _demand_state(vote, State.MOVED)
        ballots.withdraw(vote.poll, by=None)
        states.advance(vote, State.DROPPED, by=None, ended_at=database.clock())
        states.advance(vote.decision, Decision.State.CONSENT, by=None)


def open_vote(vote: MajorityVote, *, by: User) -> None:
    """From now on ballots count, for those who sit in the circle now; not by whoever moved it."""
    with transaction.atomic():
        vote = _lock(vote)
        who = leading.anybody(vote.decision.circle, by)
        if who.member is not None and who.member.pk == vote.moved_by_id:
            raise acting.NotYours(
                "not-the-mover",
                _("Somebody else opens the vote, so that others can ask for a secret ballot."),
            )
        _demand_state(vote, State.MOVED)
        now = database.clock()
        closes_at = now + dt.timedelta(days=vote.voting_days)
        Poll.objects.filter(pk=vote.poll_id).update(closes_at=closes_at)
        _fix_roll(vote, now)
        vote.poll.refresh_from_db()
        ballots.open_vote(vote.poll, by=who.host)
        states.advance(vote, State.OPEN, by=who.host, opened_at=now)
        letters.tell_members(vote.decision, "decision_vote_open", f"vote-{vote.pk}", vote=vote)
        due_at = letters.reminder_time(now, closes_at)
        work.request(REMINDER, str(vote.pk), due_at=due_at, vote_pk=vote.pk)


def cast(vote: MajorityVote, choice: int, *, seat: SeatTerm | None = None, by: User) -> bool:
    """The one ballot of a member, or its correction; True for the first.

    `choice` is MajorityVote.YES, NO or ABSTAIN. Raises VoteRefused, NotOnTheRoll, NotAMember.
    """
    try:
        with transaction.atomic():
            term = acting.held_member(vote.decision.circle, by, seat=seat).member
            place = VotePlace.objects.filter(vote=vote, term=term).select_related("voter").first()
            if place is None:
                raise _no_ballot(vote)
            option = PollOption.objects.get(poll=vote.poll_id, position=choice)
            return ballots.cast(place.voter, {str(option.pk): 1})
    except IntegrityError as refusal:
        raise VoteOver("vote-over", _("The vote takes no ballots now.")) from refusal


def close(vote: MajorityVote, *, by: User | None) -> MajorityVote:
    """Count at one instant: adopted, rejected, or void without the quorum.

    When all have voted or the time is over; with `by=None` the clock closes. Raises NotClosable.
    """
    with transaction.atomic():
        vote = _lock(vote)
        trace = None if by is None else leading.anybody(vote.decision.circle, by).host
        _demand_state(vote, State.OPEN)
        if vote.poll.state == Poll.State.OPEN:
            ballots.close(vote.poll, by=trace)
        _conclude(vote, trace)
    return vote


def keep_deadlines() -> int:
    """Count every vote whose time is over; returns how many."""
    due = MajorityVote.objects.filter(state=State.OPEN, poll__closes_at__lte=Now())

    def close_due(vote: MajorityVote) -> int:
        close(vote, by=None)
        return 1

    return each_alone(due, close_due)


def remind(vote_pk: int) -> None:
    """Remind once, and only those who have not voted and still sit there."""
    vote = MajorityVote.objects.select_related("decision__circle", "poll").get(pk=vote_pk)
    if vote.state != State.OPEN:
        return
    silent = vote.places.filter(term__ended_at=None, voter__has_voted=False)
    seats = [place.term.seat for place in silent.select_related("term__seat__holder")]
    letters.tell_members(
        vote.decision, "decision_vote_reminder", f"reminder-{vote.pk}", seats=seats, vote=vote
    )


def _conclude(vote: MajorityVote, trace: User | None) -> None:
    points = {int(line.option): line.voices for line in ballots.result_of(vote.poll)}
    given = {option.position: points.get(option.pk, 0) for option in vote.poll.options.all()}
    yes, no, abstain = given[vote.YES], given[vote.NO], given[vote.ABSTAIN]
    now = database.clock()
    counted = yes + no + abstain >= vote.quorum
    states.advance(
        vote,
        State.DECIDED if counted else State.VOID,
        by=trace,
        ended_at=now,
        statements_until=now + dt.timedelta(days=vote.statement_days) if counted else None,
        yes=yes,
        no=no,
        abstain=abstain,
    )
    decision = vote.decision
    if not counted:
        states.advance(decision, Decision.State.CONSENT, by=trace)
    else:
        to = Decision.State.ADOPTED if vote.is_won else Decision.State.REJECTED
        states.advance(decision, to, by=trace, decided_at=now)
    letters.tell_members(decision, "decision_vote_closed", f"counted-{vote.pk}", vote=vote)


def _fix_roll(vote: MajorityVote, now: dt.datetime) -> None:
    terms = list(members_of(vote.decision.circle).filter(began_at__lte=now))
    people = {
        term.person: _("Seat %(n)d") % {"n": term.seat.number} for term in terms if term.person
    }
    ballots.enrol(vote.poll, people)
    voters: dict[int | None, int] = dict(vote.poll.voters.values_list("user_id", "pk"))
    VotePlace.objects.bulk_create(
        VotePlace(vote=vote, term=term, voter_id=voters[term.person_id]) for term in terms
    )


def _lock(vote: MajorityVote) -> MajorityVote:
    """The decision first, then the vote: so do all who change either."""
    lock(vote.decision)
    return (
        MajorityVote.objects.select_for_update(of=("self",))
        .select_related("decision__circle", "poll")
        .get(pk=vote.pk)
    )


def _demand_movable(decision: Decision) -> None:
    if decision.kind == Decision.Kind.RULES:
        raise NotMovable(
            "rules-by-consent",
            _("Rules of procedure are adopted by consent only: they are what all of you work by."),
        )
    if decision.state != Decision.State.CONSENT:
        raise NotMovable("not-now", _("A vote is under way, or it is decided."))
    if decision.rounds.exclude(phase=ConsentRound.Phase.CLOSED).exists():
        raise NotMovable(
            "round-open", _("A consent round is under way. A vote can be moved when it is closed.")
        )


def _demand_consent_first(decision: Decision, held: int, needed: int) -> None:
    about_these = decision.rounds.filter(
        objections__gt=0, wording=decision.wording, version=decision.version
    )
    if held and held >= needed and about_these.exists():
        return
    raise ConsentFirst(
        "consent-first",
        ngettext(
            "Consent comes first: a vote can be moved after %(n)d closed consent round that left "
            "a serious objection to these words.",
            "Consent comes first: a vote can be moved after %(n)d closed consent rounds that left "
            "a serious objection, the last one to these words.",
            needed,
        )
        % {"n": needed}
        + " "
        + ngettext("Until now it was %(n)d round.", "Until now it was %(n)d rounds.", held)
        % {"n": held},
    )


def _demand_state(vote: MajorityVote, state: str) -> None:
    if vote.state == state:
        return
    if vote.state == State.MOVED:
        raise VoteOver("not-open", _("The vote is not open yet."))
    if vote.state == State.OPEN:
        raise VoteOver("already-open", _("The vote is open already; its rules stay as they are."))
    raise VoteOver("vote-over", _("Somebody was faster: the vote is counted or taken back."))


def _no_ballot(vote: MajorityVote) -> DomainError:
    if vote.poll.state == Poll.State.PREPARED:
        return VoteOver("not-open", _("The vote is not open yet."))
    return NotOnTheRoll(
        "not-on-the-roll", _("You joined after this vote had opened; it counts without you.")
    )
