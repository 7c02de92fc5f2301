"""An invented city looks for a partner: three candidates, points with reasons, offers and needs.

No real city is scored; the analysis behind Bielefeld and Tampere is only told in words.
"""

from __future__ import annotations

from django.db import transaction

from foundation.accounts.models import User
from foundation.languages import LocalizedText
from partnerships.cities import analyses, comparisons, scores
from partnerships.directory import directory
from partnerships.models import Analysis, Candidate, ConnectionPoint, Municipality, Topic

T = LocalizedText.of
Kind = ConnectionPoint.Kind
CITIES = (
    ("fjordbygda", T("de", "Fjordbygda", en="Fjordbygda"), "NO", Municipality.Kind.CITY),
    ("moordeich", T("de", "Region Moordeich", en="Moordeich region"), "NL",
     Municipality.Kind.REGION),
)  # fmt: skip
# Points by the twelve proposed criteria; None is not scored yet. All invented.
POINTS = {
    "jaervikoski": (4, 4, 3, 4, 5, 4, 3, 4, 4, 2, 3, 1),
    "fjordbygda": (3, 4, 2, 3, 3, 3, 4, 2, 3, 3, 2, 0),
    "moordeich": (4, 2, 4, None, 2, None, 3, 3, None, 5, 4, 2),
}
REASON = "Beispiel: nach einem Gespräch und dem, was die Stadt veröffentlicht hat."


def load_analysis(office: User) -> None:
    """The analysis of Lindenau am See; one that exists is left alone. Call it after the cities."""
    if Analysis.objects.filter(slug="hochwasser-wer-lernt-mit-uns").exists():
        return
    with transaction.atomic():
        for slug, name, country, kind in CITIES:
            if not Municipality.objects.filter(slug=slug).exists():
                directory.list_municipality(
                    slug, name=name, country=country, kind=kind, is_fictional=True, by=office
                )
        _load(office)


def _load(office: User) -> None:
    made = analyses.begin(
        Municipality.objects.get(slug="lindenau-am-see"),
        title="Hochwasser: Wer lernt mit uns?",
        question="Eine Stadt am Wasser, die Pegel misst und ihre Erfahrungen teilt.",
        by=office,
    )
    criteria = list(made.criteria.all())
    for slug, points in POINTS.items():
        city = Municipality.objects.get(slug=slug)
        candidate = analyses.add_candidate(made, city, by=office)
        for criterion, each in zip(criteria, points, strict=True):
            if each is not None:
                scores.score(candidate, criterion, each, REASON, by=office)
    _compare(made.candidates.get(municipality__slug="jaervikoski"), office)
    scores.note_ranking(made, remark="Vor der ersten Reise", by=office)


def _compare(candidate: Candidate, office: User) -> None:
    for kind, german, english in (
        (Kind.SIMILARITY, "Beide liegen am Wasser.", "Both lie by the water."),
        (Kind.COMPLEMENT, "Dort Sensoren, hier Freiwillige.", "Sensors there, volunteers here."),
        (Kind.TOPIC, "Hochwasser vorhersehen", "Foreseeing floods"),
    ):
        comparisons.note_point(candidate, kind, T("de", german, en=english), by=office)
    topic = Topic.objects.get(slug="demo-hochwasser")
    comparisons.match_topic(candidate, topic, home_seeks=True, other_offers=True, by=office)
