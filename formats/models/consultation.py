"""Peer consultation: one member's case, six phases with their times, and what was taken along."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from formats.models.cohort_member import CohortMember
from formats.models.knowledge import Openness
from formats.models.learning_network import Cohort
from formats.models.learning_session import LearningSession
from foundation.accounts import mandates
from partnerships.models import Topic


class PeerGroup(models.Model):
    """Six to nine members who consult each other; `number` counts within the cohort."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="groups")
    number = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["cohort_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "number"], name="peer_group_once"),
        ]

    def __str__(self) -> str:
        return f"{self.cohort_id}/{self.number}"


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    def visible_to(self, user: mandates.Actor) -> ConsultationQuerySet:
        """Those who sit in it; further readers only as far as the case giver released it."""
        public = Q(openness=Openness.PUBLIC, cohort__network__published_at__isnull=False)
        if not user.is_authenticated:
            return self.filter(public)
        places = CohortMember.objects.of(user).joined()
        seated = Q(case_giver__in=places) | Q(pk__in=ConsultationSeat.objects.filter(
            member__in=places).values("consultation"))  # fmt: skip
        released = Q(openness=Openness.COHORT, cohort__in=places.values("cohort")) | Q(
            openness=Openness.NETWORK, cohort__network__in=places.values("cohort__network")
        )
        return self.filter(public | seated | released)


class Consultation(models.Model):
    """One case. Until its case giver releases the result, only the people in it see anything."""

    class Phase(models.TextChoices):
        PLANNED = "planned", _("not begun")
        CASTING = "casting", _("Casting")
        STORY = "story", _("Spontaneous story")
        KEY_QUESTION = "key_question", _("Key question")
        METHOD = "method", _("Choice of method")
        ADVICE = "advice", _("Advice")
        CLOSING = "closing", _("Closing")
        DONE = "done", _("finished")

    TRANSITIONS = {
        Phase.PLANNED: {Phase.CASTING},
        Phase.CASTING: {Phase.STORY},
        Phase.STORY: {Phase.KEY_QUESTION},
        Phase.KEY_QUESTION: {Phase.METHOD},
        Phase.METHOD: {Phase.ADVICE},
        Phase.ADVICE: {Phase.CLOSING},
        Phase.CLOSING: {Phase.DONE},
        Phase.DONE: set[str](),
    }

    class Method(models.TextChoices):
        BRAINSTORMING = "brainstorming", _("Brainstorming")
        GOOD_ADVICE = "good_advice", _("Good advice")
        RESONANCE = "resonance", _("Resonance")
        HEADSTAND = "headstand", _("Headstand: what would make it worse?")
        FIRST_STEP = "first_step", _("A first small step")

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="consultations")
    session = models.ForeignKey(
        LearningSession, on_delete=models.SET_NULL, null=True, blank=True,
        related_name="consultations",
    )  # fmt: skip
    case_giver = models.ForeignKey(CohortMember, on_delete=models.PROTECT, related_name="cases")
    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, null=True, blank=True, related_name="consultations"
    )
    title = models.CharField(max_length=200)
    situation = models.TextField(max_length=6000)
    tried = models.TextField(max_length=3000, blank=True)
    key_question = models.CharField(max_length=500, blank=True)
    method = models.CharField(max_length=14, choices=Method.choices, blank=True)
    takeaway = models.TextField(max_length=3000, blank=True)
    phase = models.CharField(max_length=12, choices=Phase.choices, default=Phase.PLANNED)
    phase_began_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    openness = models.CharField(max_length=8, choices=Openness.choices, default=Openness.OWNER)
    asked_back_at = models.DateTimeField(null=True, blank=True)
    check_back = models.TextField(max_length=3000, blank=True)
    checked_back_at = models.DateTimeField(null=True, blank=True)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(phase="planned") | Q(phase_began_at__isnull=False),
                name="consultation_phase_has_begun",
            ),
            models.CheckConstraint(
                condition=Q(phase="done", done_at__isnull=False)
                | (~Q(phase="done") & Q(done_at=None)),
                name="consultation_done_has_time",
            ),
            models.CheckConstraint(
                condition=Q(phase__in=["planned", "casting", "story", "key_question"])
                | ~Q(key_question=""),
                name="consultation_asks_something",
            ),
            models.CheckConstraint(
                condition=Q(openness="owner") | Q(phase="done"),
                name="consultation_released_when_done",
            ),
            models.CheckConstraint(
                condition=Q(checked_back_at=None) | Q(phase="done"),
                name="consultation_looked_back_when_done",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def helpers(self) -> list[ConsultationSeat]:
        """The seats of those who still take part; whoever left the cohort holds up nobody."""
        joined = CohortMember.State.JOINED
        return [seat for seat in self.seats.all() if seat.member.state == joined]

    @property
    def is_short(self) -> bool:
        """Whether a role is vacant: it was never given, or its person has left."""
        return {seat.role for seat in self.helpers} != set(ConsultationSeat.Role)


class ConsultationSeat(models.Model):
    """Who helps in a consultation, and how; the case giver has no seat (a trigger keeps that)."""

    class Role(models.TextChoices):
        MODERATOR = "moderator", _("Moderator")
        NOTE_TAKER = "note_taker", _("Note taker")
        ADVISER = "adviser", _("Advisers")

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="seats")
    member = models.ForeignKey(
        CohortMember, on_delete=models.PROTECT, related_name="consultation_seats"
    )
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.ADVISER)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "member"], name="consultation_seat_once"
            ),
            models.UniqueConstraint(
                fields=["consultation"], condition=Q(role="moderator"),
                name="consultation_one_moderator",
            ),
            models.UniqueConstraint(
                fields=["consultation"], condition=Q(role="note_taker"),
                name="consultation_one_note_taker",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.consultation_id}: {self.role}"


class Advice(models.Model):
    """One contribution as the note taker wrote it down, for the case giver; `helps` is theirs."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="advice")
    text = models.CharField(max_length=1000)
    helps = models.BooleanField(default=False)
    noted_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.consultation_id}: {self.pk}"
