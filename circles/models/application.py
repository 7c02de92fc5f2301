"""An application to a call: as little as possible about a person, and a ticket for the draw."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from circles.models.call import Call, Criterion
from foundation.accounts import mandates
from foundation.accounts.models import Role
from foundation.documents.models import StoredFile

# The privacy notice promises it: nobody else reads what applicants wrote.
READERS = (Role.OFFICE, Role.REVIEWER)


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, user: mandates.Actor) -> ApplicationQuerySet:
        """Everybody sees their own; who works on a call sees that call's."""
        if not user.is_authenticated:
            return self.none()
        if any(mandates.holds(user, role) for role in READERS):
            return self
        calls = {pk for role in READERS for pk in mandates.subjects_of(user, role, Call)}
        return self.filter(Q(user=user) | Q(call__in=calls))

    def owned_by(self, user: mandates.Actor) -> ApplicationQuerySet:
        """A person's own applications; erased ones are nobody's."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(user=user, erased_at=None)

    def seen(self) -> ApplicationQuerySet:
        """What was confirmed by a code: only these are received."""
        return self.filter(confirmed_at__isnull=False)


class Application(models.Model):
    """One person's application; `identity` and `nonce` make the ticket (lottery-los1, 1)."""

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("waiting for your code")
        SUBMITTED = "submitted", _("received")
        QUALIFIED = "qualified", _("admitted")
        REJECTED = "rejected", _("not admitted")
        WITHDRAWN = "withdrawn", _("withdrawn")

    TRANSITIONS = {
        State.UNCONFIRMED: {State.SUBMITTED, State.WITHDRAWN},
        State.SUBMITTED: {State.QUALIFIED, State.REJECTED, State.WITHDRAWN},
        # Back to "not admitted" only by a correction of the pool, by two people and in public.
        State.QUALIFIED: {State.REJECTED, State.WITHDRAWN},
        State.REJECTED: {State.QUALIFIED, State.WITHDRAWN},
        State.WITHDRAWN: set[str](),
    }

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    reference = models.CharField(max_length=20)
    state = models.CharField(max_length=12, choices=State.choices, default=State.UNCONFIRMED)
    name = models.CharField(max_length=200)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=2, default="de")
    motivation = models.TextField(blank=True, max_length=2000)
    support_needs = models.TextField(blank=True, max_length=1000)
    nonce = models.CharField(max_length=32)
    identity = models.CharField(max_length=254)
    ticket = models.CharField(max_length=40)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="applications",
    )
    submitted_at = models.DateTimeField()
    code_digest = models.CharField(max_length=64, blank=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    code_expires_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    pending_email = models.CharField(max_length=254, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    receipt = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "reference"], name="application_reference_once"
            ),
            models.UniqueConstraint(
                fields=["call", "identity"],
                # Whoever types a foreign address must not block its owner: only a code counts.
                condition=~Q(state__in=["withdrawn", "unconfirmed"]) & Q(erased_at=None),
                name="application_one_per_person",
            ),
            models.UniqueConstraint(fields=["call", "ticket"], name="application_ticket_once"),
            models.CheckConstraint(
                condition=Q(ticket__regex=r"^[0-9a-f]{40}$"), name="application_ticket_form"
            ),
            models.CheckConstraint(
                condition=Q(state="unconfirmed")
                | Q(state="withdrawn")
                | Q(confirmed_at__isnull=False),
                name="application_confirmed_has_time",
            ),
        ]
        indexes = [models.Index(fields=["call", "state"], name="application_by_state")]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_on_paper(self) -> bool:
        """It came by letter or telephone: its person has no login, the office acts for them."""
        return self.identity.startswith("ref:")


class CriterionAnswer(models.Model):
    """What the person ticked for one criterion."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="answers")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT)
    met = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "criterion"], name="answer_once")
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.criterion_id}"
