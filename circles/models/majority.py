"""The majority vote: only where a consent round left a serious objection, and what losers say."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from circles.models.consent import WORD
from circles.models.decision import Decision
from circles.models.seat_term import SeatTerm
from formats.models import Poll, Voter


class MajorityVote(models.Model):
    """A vote moved by a member; its ballots are those of `poll`, its rules those at the motion.

    The figures are written when it is counted, and a trigger counts the ballots again. With fewer
    ballots than the quorum it is void, and may be moved again.
    """

    class State(models.TextChoices):
        MOVED = "moved", _("moved")
        OPEN = "open", _("open")
        DECIDED = "decided", _("decided")
        VOID = "void", _("void: too few ballots")
        DROPPED = "dropped", _("taken back")

    TRANSITIONS = {
        State.MOVED: {State.OPEN, State.DROPPED},
        State.OPEN: {State.DECIDED, State.VOID},
        State.DECIDED: set[str](),
        State.VOID: set[str](),
        State.DROPPED: set[str](),
    }
    YES, NO, ABSTAIN = 1, 2, 3  # positions of the options

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="votes")
    n = models.PositiveSmallIntegerField()
    poll = models.OneToOneField(Poll, on_delete=models.PROTECT, related_name="majority_vote")
    moved_by = models.ForeignKey(SeatTerm, on_delete=models.PROTECT, related_name="+")
    moved_at = models.DateTimeField(db_default=Now())
    # Closed rounds with a standing objection until now, and how many the rules ask for.
    rounds_held = models.PositiveSmallIntegerField()
    rounds_needed = models.PositiveSmallIntegerField()
    quorum = models.PositiveSmallIntegerField()
    voting_days = models.PositiveSmallIntegerField()
    statement_days = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.MOVED)
    opened_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    statements_until = models.DateTimeField(null=True, blank=True)
    yes = models.PositiveSmallIntegerField(null=True, blank=True)
    no = models.PositiveSmallIntegerField(null=True, blank=True)
    abstain = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["decision", "n"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "n"], name="majority_vote_number_once"),
            models.UniqueConstraint(
                fields=["decision"],
                condition=Q(state__in=["moved", "open"]),
                name="majority_vote_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(rounds_needed__gte=1, rounds_held__gte=F("rounds_needed")),
                name="majority_vote_consent_first",
            ),
            models.CheckConstraint(
                condition=Q(quorum__gte=1, voting_days__gte=1, statement_days__gte=1),
                name="majority_vote_has_rules",
            ),
            models.CheckConstraint(
                condition=Q(state="moved", opened_at=None, ended_at=None)
                | Q(state="open", opened_at__isnull=False, ended_at=None)
                | Q(state="dropped", opened_at=None, ended_at__isnull=False)
                | Q(state__in=["decided", "void"], opened_at__isnull=False, ended_at__isnull=False),
                name="majority_vote_state_has_time",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["decided", "void"],
                    yes__isnull=False,
                    no__isnull=False,
                    abstain__isnull=False,
                )
                | (~Q(state__in=["decided", "void"]) & Q(yes=None, no=None, abstain=None)),
                name="majority_vote_is_counted",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["decided", "void"])
                | Q(state="decided", quorum__lte=F("yes") + F("no") + F("abstain"))
                | Q(state="void", quorum__gt=F("yes") + F("no") + F("abstain")),
                name="majority_vote_void_without_quorum",
            ),
            models.CheckConstraint(
                condition=Q(state="decided", statements_until__gt=F("ended_at"))
                | (~Q(state="decided") & Q(statements_until=None)),
                name="majority_vote_statements_until",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} vote {self.n}"

    @property
    def ballots(self) -> int:
        return (self.yes or 0) + (self.no or 0) + (self.abstain or 0)

    @property
    def is_won(self) -> bool:
        """More yes than no; a tie is lost, abstentions do not count."""
        return self.state == self.State.DECIDED and (self.yes or 0) > (self.no or 0)


class VotePlace(models.Model):
    """A member on the roll of a vote; ballots of those who have left are taken no more."""

    vote = models.ForeignKey(MajorityVote, on_delete=models.PROTECT, related_name="places")
    term = models.ForeignKey(SeatTerm, on_delete=models.PROTECT, related_name="vote_places")
    voter = models.OneToOneField(Voter, on_delete=models.PROTECT, related_name="vote_place")

    class Meta:
        ordering = ["vote", "term__seat__number"]
        constraints = [models.UniqueConstraint(fields=["vote", "term"], name="vote_place_once")]

    def __str__(self) -> str:
        return f"{self.term_id} in vote {self.vote_id}"


class MinorityStatement(models.Model):
    """What somebody who was outvoted wants to be read with the result, word for word; append-only.

    The name stands there only if they wish, and goes with the person.
    """

    place = models.OneToOneField(VotePlace, on_delete=models.PROTECT, related_name="statement")
    text = models.TextField(max_length=3_000)
    with_name = models.BooleanField(default=False)
    added_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(text__regex=WORD), name="minority_statement_has_words"
            )
        ]

    def __str__(self) -> str:
        return f"minority statement of place {self.place_id}"
