"""Joint projects: caught as an idea, tried as a pilot, run, and told in plain words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from partnerships.addresses import free_slug
from partnerships.course.participation import ActorTwice, demand_own_party
from partnerships.course.standing import demand_active
from partnerships.deeds import announcements
from partnerships.models import (
    Actor,
    Challenge,
    Encounter,
    ExchangeFormat,
    Partnership,
    Party,
    Project,
    ProjectActor,
    Topic,
)

State = Project.State


class BenefitMissing(DomainError):
    """A project that is tried or runs says what citizens have of it."""


class ResultMissing(DomainError):
    """A project ends with a result in plain words."""


class ProjectReasonMissing(DomainError):
    """Stopping a project needs a reason."""


class EndBeforeStart(DomainError):
    """The project would end before it begins."""


class ForeignEncounter(DomainError):
    """The meeting belongs to another partnership."""


def catch_idea(
    partnership: Partnership,
    *,
    title: LocalizedText,
    by: User | None,
    encounter: Encounter | None = None,
    proposed_by: str = "",
    slug: str = "",
) -> Project:
    """Write down an idea for a project, with the meeting at which it came up.

    Raises ForeignEncounter, AtRest.
    """
    demand_active(partnership)
    _demand_own(partnership, encounter)
    with transaction.atomic():
        project = Project.objects.create(
            partnership=partnership,
            slug=slug or free_slug(Project, f"{partnership.slug}-{title}"),
            title=title,
            encounter=encounter,
            proposed_by=proposed_by,
        )
        trail.record("project.idea", project, by=by, partnership=partnership.pk)
    return project


def describe(
    project: Project,
    *,
    title: LocalizedText,
    summary: LocalizedText,
    citizen_benefit: LocalizedText,
    result: LocalizedText,
    funding: LocalizedText,
    by: User | None,
    mode: ExchangeFormat.Mode = ExchangeFormat.Mode.DEVELOP,
    topic: Topic | None = None,
    challenge: Challenge | None = None,
    encounter: Encounter | None = None,
    proposed_by: str = "",
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
) -> None:
    """New words, dates and ties of a project.

    Raises EndBeforeStart, ForeignEncounter, BenefitMissing, ResultMissing.
    """
    _demand_own(project.partnership, encounter)
    if starts_on and ends_on and ends_on < starts_on:
        raise EndBeforeStart("end-before-start", _("The end lies before the start of the project."))
    _demand_words(State(project.state), citizen_benefit, result)
    values = {
        "title": title,
        "summary": summary,
        "citizen_benefit": citizen_benefit,
        "result": result,
        "funding": funding,
        "mode": mode,
        "topic": topic,
        "challenge": challenge,
        "encounter": encounter,
        "proposed_by": proposed_by,
        "starts_on": starts_on,
        "ends_on": ends_on,
    }
    with transaction.atomic():
        Project.objects.filter(pk=project.pk).update(**values)
        trail.record("project.described", project, by=by)
    for name, value in values.items():
        setattr(project, name, value)


def put(
    project: Project, state: Project.State, *, by: User | None, reason: LocalizedText | None = None
) -> None:
    """Bring a project to its next stage.

    Raises BenefitMissing, ResultMissing, ProjectReasonMissing, UndeclaredMove.
    """
    if state == State.STOPPED and not reason:
        raise ProjectReasonMissing("reason-missing", _("Say why the project was stopped."))
    _demand_words(state, project.citizen_benefit, project.result)
    words = reason if state == State.STOPPED else LocalizedText()
    states.advance(project, state, by=by, reason=words)


def join(
    project: Project, actor: Actor, *, party: Party, by: User | None, leads: bool = False
) -> ProjectActor:
    """An actor takes part on the side of one city; several may lead.

    Raises ActorTwice, ForeignParty.
    """
    demand_own_party(project.partnership, party)
    with transaction.atomic():
        place, created = ProjectActor.objects.get_or_create(
            project=project, actor=actor, defaults={"party": party, "leads": leads}
        )
        if not created:
            raise ActorTwice("actor-twice", _("This actor takes part already."))
        trail.record("project.joined", place, by=by, project=project.pk)
    return place


def publish(project: Project, *, by: User | None) -> None:
    """Show the project to everybody who sees the partnership; nothing the second time."""
    with transaction.atomic():
        shown = Project.objects.filter(pk=project.pk, published_at=None).update(
            published_at=timezone.now()
        )
        if shown:
            trail.record("project.published", project, by=by)
            announcements.announce_project(project)
    project.refresh_from_db(fields=["published_at"])


def crossings(actors: Sequence[Actor]) -> list[str]:
    """How far the actors reach over borders, in words: sectors, organisations, cities."""
    found = []
    if len({actor.sector for actor in actors}) > 1:
        found.append(_("across sectors"))
    if len({actor.pk for actor in actors}) > 1:
        found.append(_("across organisations"))
    if len({actor.municipality_id for actor in actors if actor.municipality_id}) > 1:
        found.append(_("across cities"))
    return found


def _demand_words(state: Project.State, benefit: LocalizedText, result: LocalizedText) -> None:
    if state in {State.PILOT, State.RUNNING, State.DONE} and not benefit:
        raise BenefitMissing(
            "benefit-missing", _("Say first what people in the cities have of this project.")
        )
    if state == State.DONE and not result:
        raise ResultMissing(
            "result-missing", _("Say first what came out, in words that everybody understands.")
        )


def _demand_own(partnership: Partnership, encounter: Encounter | None) -> None:
    if encounter is not None and encounter.partnership_id != partnership.pk:
        raise ForeignEncounter(
            "foreign-encounter", _("This meeting does not belong to the partnership.")
        )
