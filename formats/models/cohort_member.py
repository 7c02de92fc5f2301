"""Who learns in a cohort, and who gives knowledge: two roles that never mix."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from formats.models.learning_network import Cohort
from foundation.accounts import mandates
from foundation.languages import LocalizedText, LocalizedTextField
from partnerships.models import Actor, Topic


class CohortMemberQuerySet(models.QuerySet["CohortMember"]):
    def of(self, user: mandates.Actor) -> CohortMemberQuerySet:
        """The places that `user` holds or is invited to."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(user_id=user.pk).exclude(state=CohortMember.State.LEFT)

    def joined(self) -> CohortMemberQuerySet:
        return self.filter(state=CohortMember.State.JOINED)

    def shown(self) -> CohortMemberQuerySet:
        """Those who agreed to be shown to everybody."""
        return self.joined().filter(listed_since__isnull=False)


class CohortMember(models.Model):
    """A person from an organisation; shown to everybody only since `listed_since`."""

    class State(models.TextChoices):
        INVITED = "invited", _("invited")
        JOINED = "joined", _("takes part")
        LEFT = "left", pgettext_lazy("member of a cohort", "left")

    TRANSITIONS = {
        State.INVITED: {State.JOINED, State.LEFT},
        State.JOINED: {State.LEFT},
        State.LEFT: set[str](),
    }

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="cohort_places"
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.INVITED)
    organisation = models.CharField(max_length=200)
    industry = models.ForeignKey(
        Topic, on_delete=models.PROTECT, null=True, blank=True, related_name="cohort_members"
    )
    function = models.CharField(max_length=200, blank=True)
    # Somebody from outside the usual groups, invited for a fresh view.
    is_guest = models.BooleanField(default=False)
    needs = models.ManyToManyField(Topic, blank=True, related_name="needed_in_cohorts")
    brings = models.ManyToManyField(Topic, blank=True, related_name="brought_to_cohorts")
    listed_since = models.DateTimeField(null=True, blank=True)
    rules_accepted_at = models.DateTimeField(null=True, blank=True)
    group = models.ForeignKey(
        "formats.PeerGroup", on_delete=models.SET_NULL, null=True, blank=True,
        related_name="members",
    )  # fmt: skip

    objects = CohortMemberQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "user"], condition=~Q(state="left"), name="cohort_member_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="joined") | Q(rules_accepted_at__isnull=False),
                name="cohort_member_accepted_rules",
            ),
            models.CheckConstraint(
                condition=Q(listed_since=None) | Q(state="joined"),
                name="cohort_member_shown_inside",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cohort_id}: {self.organisation}"

    @property
    def shown_name(self) -> str:
        """The name for those who learn together; whoever left is named no more."""
        left = self.state == self.State.LEFT
        return gettext("former member") if left or not self.user.name else self.user.name


class KnowledgeGiver(models.Model):
    """An expert beside the participants: house, function; a name only with its day of consent."""

    class Kind(models.TextChoices):
        RESEARCHER = "researcher", _("Innovation researcher")
        PRACTITIONER = "practitioner", _("Practitioner")

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="givers")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="knowledge_given")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    function = LocalizedTextField(default=LocalizedText)
    name = models.CharField(max_length=200, blank=True)
    named_since = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("knowledge giver")
        verbose_name_plural = _("knowledge givers")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(name="", named_since=None)
                | (~Q(name="") & Q(named_since__isnull=False)),
                name="knowledge_giver_named_with_consent",
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.name, str(self.function), self.actor.name)))
