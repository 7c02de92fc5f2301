"""From what a cohort learnt to a recommendation: drafted, published as sealed paper, answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from formats.learning import papers
from formats.models import Cohort, LearningNetwork, LearningSession, Recommendation
from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText

State = Recommendation.State


class EvidenceMissing(DomainError):
    """A recommendation rests on at least one session of its cohort."""


class AlreadyPublished(DomainError):
    """What is published is sealed and stays as it is."""


def draft(
    cohort: Cohort,
    *,
    sessions: Iterable[LearningSession],
    by: User | None,
    **texts: LocalizedText,
) -> Recommendation:
    """The next number of the network. Raises EvidenceMissing."""
    evidence = _evidence(cohort, sessions)
    with transaction.atomic():
        network = LearningNetwork.objects.select_for_update(of=("self",)).get(pk=cohort.network_id)
        last = network.recommendations.aggregate(last=Max("number"))["last"] or 0
        made = Recommendation.objects.create(
            cohort=cohort, network=network, number=last + 1, **texts
        )
        made.sessions.set(evidence)
        trail.record("recommendation.drafted", made, by=by, number=made.number)
    return made


def reword(
    recommendation: Recommendation,
    *,
    sessions: Iterable[LearningSession],
    by: User | None,
    **texts: LocalizedText,
) -> None:
    """New words of a draft. Raises EvidenceMissing, AlreadyPublished."""
    evidence = _evidence(recommendation.cohort, sessions)
    with transaction.atomic():
        drafts = Recommendation.objects.filter(pk=recommendation.pk, state=State.DRAFT)
        if not drafts.update(**texts):
            raise AlreadyPublished(
                "already-published", _("This recommendation is published and stays as it is.")
            )
        recommendation.sessions.set(evidence)
        trail.record("recommendation.reworded", recommendation, by=by)
    recommendation.refresh_from_db()


def publish(recommendation: Recommendation, *, by: User | None) -> None:
    """Everybody reads it, and the worker makes the sealed paper."""
    with transaction.atomic():
        states.advance(recommendation, State.PUBLISHED, by=by, published_at=timezone.now())
        papers.order(recommendation)


def answer(
    recommendation: Recommendation, words: LocalizedText, *, on: dt.date, by: User | None
) -> None:
    """What the addressee said to it, and when."""
    states.advance(recommendation, State.ANSWERED, by=by, answer=words, answered_on=on)


def _evidence(cohort: Cohort, sessions: Iterable[LearningSession]) -> list[LearningSession]:
    found = [each for each in sessions if each.cohort_id == cohort.pk]
    if not found:
        raise EvidenceMissing(
            "evidence-missing", _("Name at least one session that this comes from.")
        )
    return found
