"""An application to a call: as little as possible about a person, and a ticket for the draw."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
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
        """A person's own applications, and those of others who read mail in the same mailbox.

        Erased ones are nobody's.
        """
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(user=user) | Q(reached_by=user), erased_at=None)

    def foreign_to(self, user: mandates.Actor) -> ApplicationQuerySet:
        """Those that are not this person's; permissions.is_own says the same of one."""
        if not user.is_authenticated:
            return self
        return self.exclude(Q(user=user) | Q(reached_by=user) | Q(email__iexact=user.email))

    def seen(self) -> ApplicationQuerySet:
        """What was confirmed by a code: only these are received."""
        return self.filter(confirmed_at__isnull=False)


class Application(models.Model):
    """One person's application; `identity` and `nonce` make the ticket (lottery-los1, 1).

    `reached_by` is set where two people share a mailbox: its account acts for the second one, whose
    identity is the reference number. `looked_for` is what searches compare, `phone_key` the
    telephone number in digits, `email_key` the address as a ticket knows it.
    """

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("waiting for your code")
        SUBMITTED = "submitted", _("received")
        QUALIFIED = "qualified", _("admitted")
        REJECTED = "rejected", _("not admitted")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Way(models.TextChoices):
        ONLINE = "online", _("online")
        LETTER = "letter", _("by letter")
        PHONE = "phone", _("by telephone")
        DESK = "desk", _("in person")

    TRANSITIONS = {
        State.UNCONFIRMED: {State.SUBMITTED, State.WITHDRAWN},
        State.SUBMITTED: {State.QUALIFIED, State.REJECTED, State.WITHDRAWN},
        # Back to "not admitted" only by a correction of the pool, by two people and in public.
        State.QUALIFIED: {State.REJECTED, State.WITHDRAWN},
        # Back into review where it was left out as somebody's second one, and was not.
        State.REJECTED: {State.QUALIFIED, State.SUBMITTED, State.WITHDRAWN},
        State.WITHDRAWN: set[str](),
    }

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    reference = models.CharField(max_length=20)
    state = models.CharField(max_length=12, choices=State.choices, default=State.UNCONFIRMED)
    name = models.CharField(max_length=200)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    postal_address = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=2, default="de")
    way = models.CharField(max_length=6, choices=Way.choices, default=Way.ONLINE)
    file_reference = models.CharField(max_length=40, blank=True)
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
    reached_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="applications_by_mailbox",
    )
    name_key = models.CharField(max_length=200, blank=True)
    phone_key = models.CharField(max_length=40, blank=True)
    email_key = models.CharField(max_length=254, blank=True)
    looked_for = models.CharField(max_length=700, blank=True)
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
            models.UniqueConstraint(
                fields=["call", "reached_by"],
                condition=~Q(state__in=["withdrawn", "unconfirmed"])
                & Q(erased_at=None, reached_by__isnull=False),
                name="application_two_per_mailbox",
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
            models.CheckConstraint(
                condition=Q(way="online") | Q(identity__startswith="ref:") | Q(identity=""),
                name="application_paper_by_reference",
            ),
        ]
        indexes = [
            models.Index(fields=["call", "state"], name="application_by_state"),
            models.Index(fields=["call", "submitted_at", "id"], name="application_in_order"),
            models.Index(fields=["call", "name_key"], name="application_by_name"),
            models.Index(
                fields=["call", "phone_key"],
                name="application_by_phone",
                condition=~Q(phone_key=""),
            ),
            models.Index(
                fields=["call", "email_key"],
                name="application_by_email",
                condition=~Q(email_key=""),
            ),
            GinIndex(
                fields=["looked_for"], name="application_trigrams", opclasses=["gin_trgm_ops"]
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_on_paper(self) -> bool:
        """It came by letter or telephone: its person has no login, the office acts for them."""
        return self.identity.startswith("ref:") and self.reached_by_id is None


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
