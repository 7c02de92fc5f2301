"""Looking for a partner city: criteria, candidates, the decision, and the partnership from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from partnerships.cities import comparisons, criteria
from partnerships.course import phases
from partnerships.models import Analysis, AnalysisCriterion, Candidate, Municipality, Partnership
from partnerships.models.analysis import BEST, ENOUGH

State = Analysis.State


class AnalysisExists(DomainError):
    """There is an analysis of this name already."""


class CandidateTwice(DomainError):
    """The city is a candidate already, or it is the home city itself."""


class AnchorsMissing(DomainError):
    """A criterion needs a sentence for each number of points."""


class NotCompared(DomainError):
    """Fewer than two candidates are scored by every criterion, and nobody says why."""


class DecidedAlready(DomainError):
    """The analysis is decided; open it again to change it."""


def begin(
    home: Municipality,
    *,
    title: str,
    by: User | None,
    question: str = "",
    with_proposals: bool = True,
) -> Analysis:
    """A new analysis for a home city, with the proposed criteria; raises AnalysisExists."""
    with transaction.atomic():
        analysis, created = Analysis.objects.get_or_create(
            slug=slugify(title)[:80] or "analyse",
            defaults={"home": home, "title": title, "question": question, "by": by},
        )
        if not created:
            raise AnalysisExists(
                "analysis-exists", _("There is an analysis of this name. Choose another name.")
            )
        for each in criteria.PROPOSALS if with_proposals else ():
            german, english = each.name
            name = LocalizedText.of("de", german, en=english)
            set_criterion(analysis, name=name, anchors={"de": each.de, "en": each.en}, by=by)
        trail.record("analysis.begun", analysis, by=by, home=home.pk)
    return analysis


def set_criterion(
    analysis: Analysis,
    *,
    name: LocalizedText,
    anchors: Mapping[str, Sequence[str]],
    by: User | None,
    weight: int = 1,
    criterion: AnalysisCriterion | None = None,
) -> AnalysisCriterion:
    """A further criterion, or new words for `criterion`; raises AnchorsMissing, DecidedAlready."""
    demand_open(analysis)
    clean = {key: [line.strip() for line in lines] for key, lines in anchors.items()}
    if not clean or any(len(lines) != BEST + 1 or not all(lines) for lines in clean.values()):
        raise AnchorsMissing(
            "anchors-missing",
            _("Write six lines per language: what 0, 1, 2, 3, 4 and 5 points mean."),
        )
    values = {"name": name, "anchors": clean, "weight": weight}
    with transaction.atomic():
        if criterion is None:
            Analysis.objects.select_for_update().get(pk=analysis.pk)
            last = analysis.criteria.aggregate(last=Max("position"))["last"] or 0
            criterion = AnalysisCriterion.objects.create(
                analysis=analysis, position=last + 1, **values
            )
        else:
            AnalysisCriterion.objects.filter(pk=criterion.pk).update(**values)
        trail.record("analysis.criterion", analysis, by=by, criterion=criterion.pk)
    return criterion


def weigh(analysis: Analysis, on: bool, *, by: User | None) -> None:
    """Let the weights count or not; raises DecidedAlready."""
    demand_open(analysis)
    with transaction.atomic():
        Analysis.objects.filter(pk=analysis.pk).update(uses_weights=on)
        trail.record("analysis.weights", analysis, by=by, on=on)
    analysis.uses_weights = on


def add_candidate(analysis: Analysis, city: Municipality, *, by: User | None) -> Candidate:
    """A further candidate; raises CandidateTwice, DecidedAlready."""
    demand_open(analysis)
    if city.pk == analysis.home_id:
        raise CandidateTwice("candidate-home", _("This is the home city. Choose another one."))
    with transaction.atomic():
        candidate, created = Candidate.objects.get_or_create(analysis=analysis, municipality=city)
        if not created:
            raise CandidateTwice("candidate-twice", _("This city is a candidate already."))
        trail.record("analysis.candidate", analysis, by=by, candidate=candidate.pk)
    return candidate


def decide(
    analysis: Analysis,
    candidate: Candidate,
    *,
    reason: LocalizedText,
    by: User | None,
    single_reason: LocalizedText | None = None,
) -> None:
    """Note which candidate is chosen and why.

    Two candidates must be fully scored, or `single_reason` says why only one was looked at.
    Raises NotCompared, DecidedAlready.
    """
    demand_open(analysis)
    if analysis.fully_scored() < ENOUGH and not single_reason:
        raise NotCompared(
            "not-compared",
            _(
                "Score at least two candidates by every criterion, or say why only this one "
                "was looked at."
            ),
        )
    if candidate.analysis_id != analysis.pk:
        raise NotCompared("foreign-candidate", _("This city is no candidate of this analysis."))
    states.advance(
        analysis,
        State.DECIDED,
        by=by,
        chosen=candidate,
        decision_reason=reason,
        single_reason=single_reason or LocalizedText(),
        decided_on=timezone.localdate(),
    )


def reconsider(analysis: Analysis, *, by: User | None) -> None:
    """Open a decided analysis again, as long as no partnership came from it."""
    if analysis.partnership_id is not None:
        raise DecidedAlready(
            "partnership-there", _("A partnership came from this decision. It stays as it is.")
        )
    states.advance(
        analysis, State.OPEN, by=by, chosen=None, decided_on=None, decision_reason=LocalizedText()
    )


def open_partnership(analysis: Analysis, *, by: User | None) -> Partnership:
    """The partnership with the chosen city, its topics and points of connection taken along.

    Raises phases.PartnershipExists, NotCompared while nothing is decided.
    """
    chosen = (
        Candidate.objects.filter(pk=analysis.chosen_id or 0).select_related("municipality").first()
    )
    if chosen is None or analysis.partnership_id is not None:
        raise NotCompared("not-decided", _("Note the decision first; it opens one partnership."))
    with transaction.atomic():
        made = phases.open_partnership(
            [analysis.home, chosen.municipality],
            choice_reason=analysis.decision_reason,
            single_reason=analysis.single_reason,
            is_fictional=analysis.home.is_fictional or chosen.municipality.is_fictional,
            by=by,
        )
        Analysis.objects.filter(pk=analysis.pk, partnership=None).update(partnership=made)
        comparisons.take_along(chosen, made, by=by)
        trail.record("analysis.opened_partnership", analysis, by=by, partnership=made.pk)
    analysis.partnership = made
    return made


def demand_open(analysis: Analysis) -> None:
    """Raise DecidedAlready unless candidates and scores may still change."""
    if Analysis.objects.filter(pk=analysis.pk).exclude(state=State.OPEN).exists():
        raise DecidedAlready(
            "analysis-decided", _("The analysis is decided. Open it again to change it.")
        )
