"""A learning network and its cohorts: founded, described, published; a year begins and ends."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from formats import slugs
from formats.learning import sheets
from formats.models import Cohort, LearningNetwork
from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from partnerships.models import Actor


class YearTaken(DomainError):
    """The network has a cohort of this year already."""


class RulesMissing(DomainError):
    """Nobody can join a network that says no rules."""


def found(
    name: LocalizedText, *, host: Actor, by: User | None, slug: str = "", **fields: Any
) -> LearningNetwork:
    """Begin a network, for the office only until it is published."""
    chosen = slug or slugs.slug_for(LearningNetwork, str(name), longest=50)
    with transaction.atomic():
        made = LearningNetwork.objects.create(slug=chosen, name=name, host=host, **fields)
        trail.record("network.founded", made, by=by)
    return made


def describe(network: LearningNetwork, *, by: User | None, **fields: Any) -> None:
    """New words of a network; its programmes follow."""
    with transaction.atomic():
        LearningNetwork.objects.filter(pk=network.pk).update(**fields)
        trail.record("network.described", network, by=by)
        network.refresh_from_db()
        for cohort in network.cohorts.all():
            sheets.order(cohort)


def publish(network: LearningNetwork, *, by: User | None) -> None:
    """Everybody sees the network; the second time nothing happens."""
    with transaction.atomic():
        drafts = LearningNetwork.objects.filter(pk=network.pk, published_at=None)
        if drafts.update(published_at=timezone.now()):
            trail.record("network.published", network, by=by)
        network.refresh_from_db()
        for cohort in network.cohorts.all():
            sheets.order(cohort)


def plan(network: LearningNetwork, year: int, *, by: User | None, **fields: Any) -> Cohort:
    """A new year, for the office only until it starts. Raises YearTaken."""
    try:
        with transaction.atomic():
            made = Cohort.objects.create(network=network, year=year, **fields)
            trail.record("cohort.planned", made, by=by, year=year)
    except IntegrityError as error:
        raise _taken() from error
    return made


def describe_cohort(cohort: Cohort, *, by: User | None, **fields: Any) -> None:
    """New words and year of a cohort. Raises YearTaken."""
    try:
        with transaction.atomic():
            Cohort.objects.filter(pk=cohort.pk).update(**fields)
            trail.record("cohort.described", cohort, by=by)
            cohort.refresh_from_db()
            sheets.order(cohort)
    except IntegrityError as error:
        raise _taken() from error


def start(cohort: Cohort, *, by: User | None) -> None:
    """The cohort is public and people may join. Raises RulesMissing."""
    if not cohort.network.rules:
        raise RulesMissing(
            "rules-missing",
            _("Write the rules of the network first: everybody who joins accepts them."),
        )
    with transaction.atomic():
        states.advance(cohort, Cohort.State.RUNNING, by=by, started_at=timezone.now())
        sheets.order(cohort)


def archive(cohort: Cohort, *, by: User | None) -> None:
    """The year is over: its page stays, its room can only be read."""
    states.advance(cohort, Cohort.State.ARCHIVED, by=by, archived_at=timezone.now())


def _taken() -> YearTaken:
    return YearTaken("year-taken", _("The network has a cohort of this year already."))
