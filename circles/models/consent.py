"""Consent rounds: from questions to voices, who has one, and what was said on the way."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from circles.models.decision import Decision
from circles.models.proposal import ProposalVersion
from circles.models.seat_term import SeatTerm

WORD = r"\S"  # something that can be read


class ConsentRound(models.Model):
    """One round about exactly these words, or this version. Closed it never changes.

    The figures are written once, when voices are closed, and a trigger counts them again. A round
    that was closed before anybody was asked for a voice has no figures: it was stopped.
    """

    class Phase(models.TextChoices):
        QUESTIONS = "questions", _("questions")
        FIRST = "first", _("first opinions")
        SECOND = "second", _("second opinions")
        CONSENT = "consent", _("voices")
        CLOSED = "closed", _("closed")

    TRANSITIONS = {
        Phase.QUESTIONS: {Phase.FIRST, Phase.CLOSED},
        Phase.FIRST: {Phase.SECOND, Phase.CLOSED},
        Phase.SECOND: {Phase.CONSENT, Phase.CLOSED},
        Phase.CONSENT: {Phase.CLOSED},
        Phase.CLOSED: set[str](),
    }
    NEXT = {
        Phase.QUESTIONS: Phase.FIRST,
        Phase.FIRST: Phase.SECOND,
        Phase.SECOND: Phase.CONSENT,
    }

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="rounds")
    n = models.PositiveSmallIntegerField()
    wording = models.TextField(max_length=10_000)
    version = models.ForeignKey(
        ProposalVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # What has changed since the round before, so that its objections may be lifted.
    integration = models.TextField(max_length=3_000, blank=True)
    phase = models.CharField(max_length=10, choices=Phase.choices, default=Phase.QUESTIONS)
    opened_at = models.DateTimeField(db_default=Now())
    first_at = models.DateTimeField(null=True, blank=True)
    second_at = models.DateTimeField(null=True, blank=True)
    consent_at = models.DateTimeField(null=True, blank=True)
    consent_until = models.DateTimeField(null=True, blank=True)
    quorum = models.PositiveSmallIntegerField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    consents = models.PositiveSmallIntegerField(null=True, blank=True)
    concerns = models.PositiveSmallIntegerField(null=True, blank=True)
    objections = models.PositiveSmallIntegerField(null=True, blank=True)
    absent = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["decision", "n"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "n"], name="consent_round_number_once"),
            models.UniqueConstraint(
                fields=["decision"], condition=~Q(phase="closed"), name="consent_round_one_open"
            ),
            models.CheckConstraint(
                condition=Q(phase="questions", first_at=None, second_at=None, consent_at=None)
                | Q(phase="first", first_at__isnull=False, second_at=None, consent_at=None)
                | Q(phase="second", second_at__isnull=False, consent_at=None)
                | Q(phase="consent", second_at__isnull=False, consent_at__isnull=False)
                | Q(phase="closed"),
                name="consent_round_phase_has_time",
            ),
            models.CheckConstraint(
                condition=Q(phase="closed", closed_at__isnull=False)
                | (~Q(phase="closed") & Q(closed_at=None)),
                name="consent_round_closed_has_time",
            ),
            models.CheckConstraint(
                condition=Q(consent_at=None, consent_until=None, quorum=None)
                | Q(consent_until__gt=F("consent_at"), quorum__gte=1),
                name="consent_round_asks_until",
            ),
            models.CheckConstraint(
                condition=Q(
                    phase="closed",
                    consent_at__isnull=False,
                    consents__isnull=False,
                    concerns__isnull=False,
                    objections__isnull=False,
                    absent__isnull=False,
                )
                | (
                    (~Q(phase="closed") | Q(consent_at=None))
                    & Q(consents=None, concerns=None, objections=None, absent=None)
                ),
                name="consent_round_is_counted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} round {self.n}"

    @property
    def is_open(self) -> bool:
        return self.phase != self.Phase.CLOSED

    @property
    def is_counted(self) -> bool:
        """Closed after everybody was asked; a stopped round is not."""
        return self.consents is not None

    @property
    def voices(self) -> int:
        """How many members spoke; whoever was absent did not."""
        return (self.consents or 0) + (self.concerns or 0) + (self.objections or 0)

    @property
    def has_quorum(self) -> bool:
        return self.quorum is not None and self.voices >= self.quorum


class CircleRules(models.Model):
    """The settings that a round about rules of procedure is about; append-only.

    In force are those of the newest rules that were adopted.
    """

    round = models.OneToOneField(ConsentRound, on_delete=models.PROTECT, related_name="rules")
    quorum = models.PositiveSmallIntegerField()
    rounds_before_vote = models.PositiveSmallIntegerField()
    voting_days = models.PositiveSmallIntegerField()
    statement_days = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quorum__gte=5, quorum__lte=15), name="circle_rules_quorum"
            ),
            models.CheckConstraint(
                condition=Q(rounds_before_vote__gte=1, rounds_before_vote__lte=9),
                name="circle_rules_consent_first",
            ),
            models.CheckConstraint(
                condition=Q(voting_days__gte=1, voting_days__lte=60)
                & Q(statement_days__gte=1, statement_days__lte=60),
                name="circle_rules_days",
            ),
        ]

    def __str__(self) -> str:
        return f"rules of round {self.round_id}"


class ConsentPlace(models.Model):
    """A member who is asked for a voice: the roll, fixed when voices are opened. Append-only."""

    round = models.ForeignKey(ConsentRound, on_delete=models.PROTECT, related_name="places")
    term = models.ForeignKey(SeatTerm, on_delete=models.PROTECT, related_name="consent_places")

    class Meta:
        ordering = ["round", "term__seat__number"]
        constraints = [models.UniqueConstraint(fields=["round", "term"], name="consent_place_once")]

    def __str__(self) -> str:
        return f"{self.term_id} in round {self.round_id}"


class ConsentVoice(models.Model):
    """What a member says to the words of the round; append-only, the newest of a place counts.

    `noted_by`: staff that wrote it down for a member in the room, who is told. `carried_from`: an
    objection of the round before, which stands until its member says otherwise.
    """

    class Kind(models.TextChoices):
        CONSENT = "consent", _("consent")
        CONCERN = "concern", _("consent with a concern")
        OBJECTION = "objection", _("serious objection")
        ABSENT = "absent", _("absent")

    place = models.ForeignKey(ConsentPlace, on_delete=models.PROTECT, related_name="voices")
    n = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    concern = models.TextField(max_length=2_000, blank=True)
    harm = models.TextField(max_length=2_000, blank=True)
    lift = models.TextField(max_length=2_000, blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    carried_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="carried"
    )
    said_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["place", "n"]
        constraints = [
            models.UniqueConstraint(fields=["place", "n"], name="consent_voice_number_once"),
            models.CheckConstraint(
                condition=~Q(kind="objection") | (Q(harm__regex=WORD) & Q(lift__regex=WORD)),
                name="consent_objection_has_reasons",
            ),
            models.CheckConstraint(
                condition=~Q(kind="concern") | Q(concern__regex=WORD),
                name="consent_concern_in_words",
            ),
            models.CheckConstraint(
                condition=(Q(kind="objection") | Q(harm="", lift=""))
                & (Q(kind="concern") | Q(concern="")),
                name="consent_words_fit_the_voice",
            ),
            models.CheckConstraint(
                condition=Q(carried_from=None) | Q(kind="objection", noted_by=None, n=1),
                name="consent_only_objections_are_carried",
            ),
            models.CheckConstraint(
                condition=Q(noted_by=None) | ~Q(kind="absent"), name="consent_absent_by_oneself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of place {self.place_id}"


class Utterance(models.Model):
    """A question, its answer, or an opinion, in the step in which it was said; append-only.

    By a member, or by staff that leads the circle.
    """

    class Step(models.TextChoices):
        QUESTIONS = "questions", _("question")
        FIRST = "first", _("first opinion")
        SECOND = "second", _("second opinion")

    round = models.ForeignKey(ConsentRound, on_delete=models.PROTECT, related_name="utterances")
    step = models.CharField(max_length=10, choices=Step.choices)
    term = models.ForeignKey(
        SeatTerm, on_delete=models.PROTECT, null=True, related_name="utterances"
    )
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answers = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="answered_by"
    )
    text = models.TextField(max_length=3_000)
    said_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["round", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(term__isnull=False, host=None) | Q(term=None, host__isnull=False),
                name="utterance_by_one",
            ),
            models.CheckConstraint(condition=Q(text__regex=WORD), name="utterance_has_words"),
            models.CheckConstraint(
                condition=Q(answers=None) | Q(step="questions"), name="utterance_answers_a_question"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} in round {self.round_id}"
