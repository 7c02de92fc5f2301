"""Points with reasons, how the candidates stand, and the provisional ranking of a day."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from fractions import Fraction

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from partnerships.cities.analyses import demand_open
from partnerships.models import Analysis, AnalysisCriterion, Candidate, Ranking, Score
from partnerships.models.analysis import BEST


class ReasonMissing(DomainError):
    """Points without a reason are no score."""


class OutOfScale(DomainError):
    """Points run from 0 to 5."""


class NothingToRank(DomainError):
    """No candidate has any score yet."""


@dataclasses.dataclass(frozen=True)
class Line:
    """One candidate on the board: points by criterion, their mean, and the provisional place."""

    candidate: Candidate
    scores: Mapping[int, Score]
    mean: Fraction | None
    of: int
    place: int | None = None

    @property
    def is_complete(self) -> bool:
        return len(self.scores) == self.of

    @property
    def points(self) -> float | None:
        """The mean with one decimal, or None without a score."""
        return None if self.mean is None else round(float(self.mean), 1)


def score(
    candidate: Candidate,
    criterion: AnalysisCriterion,
    points: int,
    reason: str,
    *,
    by: User | None,
) -> Score:
    """Give points with a reason, or give them anew; raises ReasonMissing, OutOfScale."""
    if not reason.strip():
        raise ReasonMissing(
            "reason-missing",
            _("Give a reason for the points by “%(criterion)s”.") % {"criterion": criterion},
        )
    if not 0 <= points <= BEST:
        raise OutOfScale("out-of-scale", _("Give between 0 and 5 points."))
    demand_open(candidate.analysis)
    with transaction.atomic():
        given, _created = Score.objects.update_or_create(
            candidate=candidate,
            criterion=criterion,
            defaults={"points": points, "reason": reason.strip(), "by": by},
        )
        trail.record(
            "analysis.scored", candidate, by=by, criterion=criterion.pk, points=str(points)
        )
    return given


def board(analysis: Analysis, criteria: Sequence[AnalysisCriterion]) -> list[Line]:
    """All candidates with their scores, best mean first; two queries however many there are.

    Equal means share a place; without any score there is none. Weights count only if switched on.
    """
    weights = {each.pk: each.weight if analysis.uses_weights else 1 for each in criteria}
    found = analysis.candidates.select_related("municipality").prefetch_related("scores")
    lines = []
    for candidate in found:
        given = {each.criterion_id: each for each in candidate.scores.all()}
        total = sum(weights[pk] for pk in given)
        points = sum(weights[pk] * each.points for pk, each in given.items())
        mean = Fraction(points, total) if total else None
        lines.append(Line(candidate, given, mean, len(criteria)))
    lines.sort(key=lambda line: (line.mean is None, -(line.mean or 0)))
    means = [line.mean for line in lines]
    return [
        dataclasses.replace(line, place=None if line.mean is None else means.index(line.mean) + 1)
        for line in lines
    ]


def note_ranking(analysis: Analysis, *, by: User | None, remark: str = "") -> Ranking:
    """Keep how the candidates stand now, with day and name; raises NothingToRank."""
    lines = board(analysis, list(analysis.criteria.all()))
    ranked = [line for line in lines if line.place is not None]
    if not ranked:
        raise NothingToRank("nothing-to-rank", _("Score at least one candidate first."))
    rows = [
        {
            "city": line.candidate.municipality.slug,
            "place": line.place,
            "mean": f"{float(line.mean or 0):.2f}",
            "scored": len(line.scores),
            "of": line.of,
        }
        for line in ranked
    ]
    with transaction.atomic():
        ranking = Ranking.objects.create(
            analysis=analysis, rows=rows, uses_weights=analysis.uses_weights, remark=remark, by=by
        )
        trail.record("analysis.ranked", analysis, by=by, ranking=ranking.pk)
    return ranking
