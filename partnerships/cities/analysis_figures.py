"""What the bars and the rankings on the page of an analysis need."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from foundation.look.figures import bars
from partnerships.cities.scores import Line
from partnerships.models import AnalysisCriterion, Municipality, Ranking
from partnerships.models.analysis import BEST


def bars_of(criteria: Sequence[AnalysisCriterion], lines: Sequence[Line]) -> list[bars.Group]:
    """A group for each criterion, with all candidates in one and the same order, by name."""
    ordered = sorted(lines, key=lambda line: line.candidate.municipality.sort_de)
    return [
        bars.Group(
            str(criterion),
            [
                bars.Bar(
                    str(line.candidate),
                    line.scores[criterion.pk].points if criterion.pk in line.scores else None,
                    str(line.scores[criterion.pk].points) if criterion.pk in line.scores else "–",
                )
                for line in ordered
            ],
            top=BEST,
            note=_("weight %(weight)s") % {"weight": criterion.weight}
            if criterion.weight > 1
            else "",
        )
        for criterion in criteria
    ]


def named(rankings: Sequence[Ranking], lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Each ranking with the names of its cities and means as the reader writes numbers."""
    names = {line.candidate.municipality.slug: str(line.candidate.municipality) for line in lines}
    missing = {row["city"] for each in rankings for row in each.rows} - names.keys()
    if missing:
        names |= {city.slug: str(city) for city in Municipality.objects.filter(slug__in=missing)}
    return [
        {
            "ranking": each,
            "rows": [
                {**row, "name": names.get(row["city"], row["city"]), "mean": _number(row["mean"])}
                for row in each.rows
            ],
        }
        for each in rankings
    ]


def _number(stored: str) -> str:
    return number_format(round(float(stored), 1), decimal_pos=1)
