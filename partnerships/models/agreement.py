"""A letter of intent between the cities of a partnership, from the first draft to its conclusion.

Who signed is never a field here: it follows from evidence over one and the same version.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from foundation.accounts import mandates
from foundation.accounts.models import Role, User
from foundation.languages import LocalizedTextField
from partnerships.models.municipality import Municipality
from partnerships.models.partnership import READERS, Partnership, Party


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, user: User | AnonymousUser) -> AgreementQuerySet:
        """What `known_to` says, and for everybody what is published."""
        if any(mandates.holds(user, role) for role in READERS):
            return self.all()
        return self.filter(models.Q(published_at__isnull=False) | self._own(user)).distinct()

    def known_to(self, user: User | AnonymousUser) -> AgreementQuerySet:
        """Office and auditors all; partners and signatories theirs, with drafts and versions."""
        if any(mandates.holds(user, role) for role in READERS):
            return self.all()
        return self.filter(self._own(user)).distinct()

    def _own(self, user: User | AnonymousUser) -> models.Q:
        seen = models.Q(pk__in=[])
        for role in READERS:
            if read := mandates.subjects_of(user, role, Partnership):
                seen |= models.Q(partnership__in=read)
        if cities := mandates.subjects_of(user, Role.PARTNER, Municipality):
            seen |= models.Q(partnership__parties__municipality_id__in=cities)
        # Whoever was released sees this one no more, whatever they sign elsewhere.
        if parties := mandates.subjects_of(user, Role.SIGNATORY, Party):
            seen |= models.Q(
                signatories__user=user.pk,
                signatories__released_at=None,
                signatories__party__in=parties,
            )
        return seen


class Agreement(models.Model):
    """`number` such as SB-2026-001 names it in public; `languages` are equal in rank.

    With a `base` it is that agreement's amendment, SB-2026-001/A1; `builds_on` names the
    amendments that the base had already when this one was begun.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        AGREED = "agreed", _("Text agreed")
        FROZEN = "frozen", _("Frozen, the PDF is being made")
        COLLECTING = "collecting", _("Waiting for signatures")
        SEALING = "sealing", _("All signed, the seal is being set")
        CONCLUDED = "concluded", _("Concluded")
        DECLINED = "declined", _("Declined")
        EXPIRED = "expired", _("Time to sign is over")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        FAILED = "failed", _("The PDF could not be made")

    TRANSITIONS = {
        State.DRAFT: {State.AGREED, State.WITHDRAWN},
        State.AGREED: {State.DRAFT, State.FROZEN, State.WITHDRAWN},
        State.FROZEN: {State.COLLECTING, State.FAILED, State.DRAFT, State.WITHDRAWN},
        State.COLLECTING: {
            State.SEALING,
            State.DECLINED,
            State.EXPIRED,
            State.DRAFT,
            State.WITHDRAWN,
        },
        # All have signed: from here there is no way but forward, unless the seal cannot be set.
        State.SEALING: {State.CONCLUDED, State.DRAFT, State.WITHDRAWN},
        State.CONCLUDED: set[str](),
        State.DECLINED: {State.DRAFT},
        State.EXPIRED: {State.DRAFT},
        State.WITHDRAWN: set[str](),
        State.FAILED: {State.DRAFT},
    }
    # States in which the text can be worked on, and those in which a version stands.
    OPEN = frozenset({State.DRAFT, State.AGREED})
    FIXED = frozenset({State.FROZEN, State.COLLECTING, State.SEALING, State.CONCLUDED})

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="agreements"
    )
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=20, unique=True)
    base = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="amendments"
    )
    amendment_n = models.PositiveSmallIntegerField(null=True, blank=True)
    builds_on = models.JSONField(default=list, blank=True)
    title = LocalizedTextField()
    languages = models.JSONField(default=list)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    notice_months = models.PositiveSmallIntegerField(default=6)
    review_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    sign_by = models.DateTimeField(null=True, blank=True)
    concluded_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    # Reopened, and every city has to agree anew, even to the very same words.
    text_round = models.PositiveSmallIntegerField(default=1)
    stop_reason = models.TextField(blank=True, max_length=1000)
    stopped_by_party = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[AgreementQuerySet] = AgreementQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-year", "-serial"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "serial"],
                condition=models.Q(base=None),
                name="agreement_serial_once",
            ),
            models.UniqueConstraint(fields=["base", "amendment_n"], name="amendment_number_once"),
            models.CheckConstraint(
                condition=models.Q(base=None, amendment_n=None)
                # An empty number would make the comparison unknown, and unknown passes.
                | models.Q(base__isnull=False, amendment_n__isnull=False, amendment_n__gte=1),
                name="amendment_has_base_and_number",
            ),
            models.UniqueConstraint(
                fields=["partnership"],
                condition=models.Q(base=None) & ~models.Q(state__in=["concluded", "withdrawn"]),
                name="agreement_one_in_the_making",
            ),
            models.CheckConstraint(
                condition=models.Q(state="concluded", concluded_at__isnull=False)
                | (~models.Q(state="concluded") & models.Q(concluded_at=None)),
                name="agreement_concluded_has_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="collecting") | models.Q(sign_by__isnull=False),
                name="agreement_collecting_has_deadline",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["declined", "withdrawn"])
                | ~models.Q(stop_reason=""),
                name="agreement_stopped_has_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(published_at=None) | models.Q(state="concluded"),
                name="agreement_published_is_concluded",
            ),
            models.CheckConstraint(
                condition=models.Q(starts_on=None)
                | models.Q(ends_on=None)
                | models.Q(ends_on__gt=models.F("starts_on")),
                name="agreement_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_amendment(self) -> bool:
        """Whether it changes another agreement instead of standing alone."""
        return self.base_id is not None

    @property
    def file_stem(self) -> str:
        """The number as part of a file name."""
        return self.number.replace("/", "-")

    @property
    def is_open(self) -> bool:
        """Whether the text can be worked on."""
        return self.state in self.OPEN

    @property
    def is_fixed(self) -> bool:
        """Whether a frozen version stands and is the one that counts."""
        return self.state in self.FIXED


class CouncilReference(models.Model):
    """Which body of a city decided, or that its decision is expressly reserved."""

    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="council_references"
    )
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    is_reservation = models.BooleanField(default=False)
    body = models.CharField(max_length=200, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    paper = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["party__position"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "party"], name="council_reference_once"),
            models.CheckConstraint(
                condition=models.Q(is_reservation=True, decided_on=None)
                | (models.Q(is_reservation=False, decided_on__isnull=False) & ~models.Q(body="")),
                name="council_decision_or_reservation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.party_id}"
