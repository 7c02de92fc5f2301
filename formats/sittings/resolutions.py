"""Votes of a session: opened with the exact wording, counted with the quorum, numbered for ever.

By show of hands, on paper, or by everybody's own device; nobody sees a choice before it is closed.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter

from django.db import IntegrityError, connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from formats.models import (
    AgendaItem,
    Body,
    Meeting,
    Membership,
    MinorityOpinion,
    Minutes,
    Resolution,
    Voice,
)
from formats.sittings import meetings, sessions
from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.documents.rendering import check_limits
from foundation.errors import DomainError

Choice = Voice.Choice
State = Resolution.State


class NotVotable(DomainError):
    """The item cannot be voted on: a late one that was not admitted, or no words."""


class NoQuorum(DomainError):
    """Too few votes are in the room; nothing is decided."""


class FiguresWrong(DomainError):
    """More votes were counted than are in the room."""


class VoteClosed(DomainError):
    """The vote was counted or stopped."""


class NoVote(DomainError):
    """The person has no vote here, or is not in the room."""


class TooEarly(DomainError):
    """Members were promised more time to answer in writing."""


class VotedAlready(DomainError):
    """One member, one vote."""


def open_vote(
    item: AgendaItem, *, wording: str, procedure: str, by: User, at: dt.datetime | None = None
) -> Resolution:
    """Put `wording` to the vote under `item`; it gets the next number of its session."""
    words = wording.strip()
    if not words:
        raise NotVotable("no-words", _("Write down what is voted on, word for word."))
    check_limits(words)
    with transaction.atomic():
        meeting = _lock(item.meeting)
        sessions.demand_open(meeting)
        item.refresh_from_db()
        if item.waits_for_admission:
            raise NotVotable(
                "late-item",
                _("This item came after the invitation. The session must admit it first."),
            )
        moment = at or timezone.now()
        quorum = _demand_quorum(meeting, moment)
        n = next_n(meeting.body, meeting.year, meeting.ordinal)
        resolution = Resolution.objects.create(
            body=meeting.body,
            meeting=meeting,
            item=item,
            year=meeting.year,
            ordinal=meeting.ordinal,
            n=n,
            number=f"{meeting.reference}/{n:02d}",
            wording=words,
            procedure=procedure,
            opened_at=moment,
            entitled=quorum.entitled,
            quorum_percent=meeting.body.quorum_percent,
        )
        trail.record("resolution.opened", resolution, by=by, procedure=procedure)
    return resolution


def count(
    resolution: Resolution,
    *,
    yes: int,
    no: int,
    abstain: int,
    by: User,
    at: dt.datetime | None = None,
) -> None:
    """Write down what was counted in the room; more yes than no adopts it, a tie rejects it."""
    with transaction.atomic():
        resolution = _lock_open(resolution)
        if resolution.procedure not in Resolution.COUNTED:
            raise VoteClosed("votes-by-device", _("This vote is cast by device. Close it instead."))
        _decide(resolution, Counter(yes=yes, no=no, abstain=abstain), by=by, at=at)


def cast(resolution: Resolution, choice: str, *, by: User) -> Voice:
    """Give one's vote, once. Raises NoVote, VotedAlready, VoteClosed."""
    membership = seat_in(resolution, by)
    if membership is None:
        raise NoVote("no-vote", no_vote_sentence(resolution))
    with transaction.atomic():
        # An objection ends the vote, so it waits for ballots that are just being cast.
        _hold_open(resolution, alone=choice == Choice.OBJECTION)
        if resolution.closes_at is not None and resolution.closes_at <= timezone.now():
            raise VoteClosed("vote-closed", _("This vote is closed. Your vote was not counted."))
        try:
            with transaction.atomic():
                voice = Voice.objects.create(
                    resolution=resolution,
                    membership=membership,
                    seat_id=membership.seat_id,
                    choice=choice,
                )
        except IntegrityError as error:
            if "voice_once" not in str(error):
                raise NoVote("no-vote", no_vote_sentence(resolution)) from error
            raise VotedAlready(
                "voted-already", _("You have voted already. Each member votes once.")
            ) from error
        trail.record("ballot.cast", resolution, by=by)
        if choice == Choice.OBJECTION:
            stop(resolution, reason=_("A member objected to the circular procedure."), by=by)
    return voice


def close_vote(resolution: Resolution, *, by: User | None) -> None:
    """End a vote by device: the ballots are counted, then everybody sees the figures.

    A circular vote ends at its time; before it only when all who were asked have answered.
    """
    with transaction.atomic():
        resolution = _lock_open(resolution)
        if resolution.procedure in Resolution.COUNTED:
            raise VoteClosed("votes-by-hand", _("This vote is counted in the room."))
        if awaits_answers(resolution):
            raise TooEarly(
                "promised-until",
                _("Voting was promised until its end, and %(n)d have not voted yet.")
                % {"n": resolution.entitled - resolution.voices.count()},
            )
        _decide(resolution, Counter(resolution.voices.values_list("choice", flat=True)), by=by)


def awaits_answers(resolution: Resolution) -> bool:
    """Whether a circular vote still has time, and somebody who was asked has not answered."""
    if resolution.closes_at is None or resolution.closes_at <= timezone.now():
        return False
    return resolution.voices.count() < resolution.entitled


def stop(resolution: Resolution, *, reason: str, by: User | None) -> None:
    """End a vote without a decision; the number stays, with the reason."""
    if not reason.strip():
        raise NotVotable("no-reason", _("Write down why the vote is stopped."))
    check_limits(reason)
    states.advance(
        resolution, State.STOPPED, by=by, decided_at=timezone.now(), stop_reason=reason.strip()
    )


def add_minority_opinion(
    resolution: Resolution, *, on_behalf_of: str, text: str, by: User
) -> MinorityOpinion:
    """Keep what the outvoted want to be read with the resolution, unedited."""
    check_limits(f"{on_behalf_of}\n{text}")
    if not resolution.is_decided:
        raise VoteClosed("not-decided", _("A minority opinion follows the decision."))
    approved = Minutes.State.APPROVED
    if Minutes.objects.filter(meeting=resolution.meeting_id, state=approved).exists():
        raise VoteClosed("minutes-approved", _("The minutes are approved and stay as they are."))
    with transaction.atomic():
        opinion = MinorityOpinion.objects.create(
            resolution=resolution, on_behalf_of=on_behalf_of, text=text
        )
        trail.record("resolution.minority", resolution, by=by, opinion=opinion.pk)
    return opinion


def seat_in(resolution: Resolution, user: User) -> Membership | None:
    """The membership with which `user` may vote here now, or None."""
    day = timezone.localdate()
    mine = meetings.members_on(resolution.body, day).filter(user=user)
    if resolution.is_circular:
        return mine.filter(pk__in=resolution.asked_seats.values("membership")).first()
    return mine.filter(
        stays__meeting=resolution.meeting_id, stays__left_at=None, stays__votes=True
    ).first()


def no_vote_sentence(resolution: Resolution) -> str:
    """Why somebody cannot vote here."""
    if resolution.is_circular:
        return _("You have no vote here: only members who were asked at the start have one.")
    return _("You have no vote here: only members with a vote who are noted as present.")


def _decide(
    resolution: Resolution,
    counted: Counter[str],
    *,
    by: User | None,
    at: dt.datetime | None = None,
) -> None:
    """Write the figures and what follows from them; the database compares them with the room."""
    moment = at or timezone.now()
    yes, no, abstain = (counted[choice] for choice in ("yes", "no", "abstain"))
    if resolution.is_circular:
        present = sum(counted.values())
        if present < resolution.needed:
            raise _no_quorum(present, resolution.needed)
    else:
        present = _demand_quorum(resolution.meeting, moment, resolution).present
    if yes + no + abstain > present:
        raise FiguresWrong(
            "more-votes-than-seats",
            _("%(votes)s votes were counted, but only %(present)s are in the room.")
            % {"votes": yes + no + abstain, "present": present},
        )
    states.advance(
        resolution,
        State.ADOPTED if yes > no else State.REJECTED,
        by=by,
        decided_at=moment,
        present=present,
        yes=yes,
        no=no,
        abstain=abstain,
    )
    if resolution.meeting_id is not None:
        Meeting.objects.filter(pk=resolution.meeting_id).update(changed_at=timezone.now())


def _demand_quorum(
    meeting: Meeting | None, moment: dt.datetime, resolution: Resolution | None = None
) -> sessions.Quorum:
    """The quorum at `moment`. Whoever voted by device and left afterwards took part in that vote:
    nobody is kept in the room, and what was given counts.
    """
    assert meeting is not None  # noqa: S101 - for the type checker; a circular vote has none
    quorum = sessions.quorum_of(meeting, moment)
    if resolution is not None:
        there = meeting.attendances.at(moment).filter(votes=True).values("seat")
        seats = there.union(resolution.voices.values("seat"))
        quorum = dataclasses.replace(quorum, present=seats.count())
    if not quorum.is_reached:
        raise _no_quorum(quorum.present, quorum.needed)
    return quorum


def _no_quorum(present: int, needed: int) -> NoQuorum:
    return NoQuorum(
        "no-quorum",
        _("No quorum: votes needed %(needed)s, present %(present)s. Nothing was decided.")
        % {"present": present, "needed": needed},
    )


def next_n(body: Body, year: int, ordinal: int) -> int:
    known = Resolution.objects.filter(body=body, year=year, ordinal=ordinal)
    return (known.aggregate(last=Max("n"))["last"] or 0) + 1


def _lock(meeting: Meeting) -> Meeting:
    locked = Meeting.objects.select_for_update(of=("self",)).select_related("body")
    return locked.get(pk=meeting.pk)


def _lock_open(resolution: Resolution) -> Resolution:
    """The vote while it is open; its session is locked first, as everywhere."""
    if resolution.meeting_id is not None:
        Meeting.objects.select_for_update().get(pk=resolution.meeting_id)
    locked = Resolution.objects.select_for_update(of=("self",)).select_related(
        "body", "meeting__body"
    )
    found = locked.get(pk=resolution.pk)
    if found.state != State.OPEN:
        raise VoteClosed("vote-closed", _("This vote was counted or stopped already."))
    return found


def _hold_open(resolution: Resolution, *, alone: bool) -> None:
    """Keep the vote open until commit: counting waits, other ballots only if `alone`."""
    how = "UPDATE" if alone else "SHARE"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT state FROM formats_resolution WHERE id = %s FOR {how}",  # noqa: S608
            [resolution.pk],
        )
        (state,) = cursor.fetchone()
    if state != State.OPEN:
        raise VoteClosed("vote-closed", _("This vote is closed. Your vote was not counted."))
