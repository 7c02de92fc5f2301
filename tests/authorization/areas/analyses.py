"""An analysis of Bielefeld with two candidates, still open, and one that is decided."""

from partnerships.cities import analyses, comparisons, scores
from partnerships.models import Candidate, ConnectionPoint
from tests.partnerships.factories import both

SIX = {language: list("abcdef") for language in ("de", "en")}


def places(world):
    cities, office = world.cities, world.people["office"]
    return {
        "analysis": _made(cities, "Offen", office),
        "decided analysis": _made(cities, "Entschieden", office, decided=True),
    }


def _made(cities, title, office, *, decided=False):
    made = analyses.begin(cities.bielefeld, title=title, with_proposals=False, by=office)
    analyses.set_criterion(made, name=both("Infrastruktur"), anchors=SIX, by=office)
    candidate = analyses.add_candidate(made, cities.aarhus, by=office)
    scores.score(candidate, made.criteria.get(), 3, "Belegt", by=office)
    point = comparisons.note_point(candidate, ConnectionPoint.Kind.TOPIC, both("Hafen"), by=office)
    if decided:
        why = both("Passt")
        analyses.decide(made, candidate, reason=why, single_reason=why, by=office)
    return {"slug": made.slug, "city": "aarhus", "position": 1, "pk": point.pk}


def _new(world, place):
    return {"title": "Wer noch?", "home": world.cities.bielefeld.pk}


def _candidate(world, place):
    return {"municipality": world.cities.turku.pk}


def _decide(world, place):
    found = Candidate.objects.filter(analysis__slug=place["slug"]).first()
    typed = {"reason_de": "Passt", "reason_en": "Fits"}
    more = {"single_reason_de": "Nur sie", "single_reason_en": "Only they"}
    return {**typed, **more, "candidate": found.pk if found else 0}


def _match(world, place):
    return {"topic": world.cities.topic.pk, "home_offers": "on"}


CRITERION: dict[str, object] = {
    "name_de": "Nähe", "name_en": "Nearness", "weight": "2",
    "anchors_de": "a\nb\nc\nd\ne\nf", "anchors_en": "a\nb\nc\nd\ne\nf",
}  # fmt: skip
PLAIN: dict[str, dict[str, object]] = {
    "analysis_criterion_new": CRITERION,
    "analysis_criterion": CRITERION,
    "analysis_rank": {"remark": "heute"},
    "candidate_score": {"points_1": "3", "reason_1": "Belegt"},
    "candidate_point": {"kind": "topic", "text_de": "Wasser", "text_en": "Water"},
}
DEPENDENT = {
    "analysis_new": _new,
    "candidate_new": _candidate,
    "analysis_decide": _decide,
    "candidate_match": _match,
}
