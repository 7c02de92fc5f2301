"""Partnerships that rest, have ended or were evaluated, and a first contact of the office."""

import datetime as dt

from django.utils import timezone

from foundation import states
from partnerships.course import openings, phases, standing
from tests.partnerships.factories import both

WHY = both("Haushaltssperre")
COURSE = (
    "contact", "topics", "target_picture", "agreement", "action_plan", "implementation",
    "monitoring", "evaluation",
)  # fmt: skip


def places(world):
    cities = world.cities

    def made(slug):
        pair = [cities.bielefeld, cities.tampere]
        return phases.open_partnership(pair, name=slug.title(), slug=slug, by=None)

    standing.suspend(made("ruhend"), reason=WHY, by=None)
    standing.end(made("beendet"), reason=WHY, running=WHY, by=None)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    over = made("vorbei")
    standing.end(over, reason=WHY, running=WHY, way_back_until=yesterday, by=None)
    evaluated = made("ausgewertet")
    for phase in COURSE:
        states.advance(evaluated, phase, by=None, field="phase")
    contact = openings.note_opening(cities.aarhus, cities.tampere, origin="Konferenz", by=None)
    return {
        "suspended partnership": {"slug": "ruhend"},
        "ended partnership": {"slug": "beendet"},
        "partnership whose way back is over": {"slug": "vorbei"},
        "evaluated partnership": {"slug": "ausgewertet"},
        "first contact": {"pk": contact.pk},
    }


def _party(world, place):
    return {"municipality": world.cities.turku.pk}


def _opening(world, place):
    cities = world.cities
    return {"home": cities.bielefeld.pk, "other": cities.turku.pk, "origin": "Reise"}


REASON = {"reason_de": "Neue Lage", "reason_en": "New situation"}
PLAIN: dict[str, dict[str, object]] = {
    "partnership_suspend": {**REASON},
    "partnership_resume": {**REASON},
    "partnership_reopen": {**REASON},
    "partnership_renew": {**REASON, "way": "same"},
    "partnership_end": {**REASON, "running_de": "Läuft aus", "running_en": "Runs out"},
    "formality_note": {
        "formality": "noted", "since": "2026-01-31", "basis_de": "Brief", "basis_en": "Letter",
    },
    "lesson_new": {"text_de": "Früh besuchen", "text_en": "Visit early"},
    "opening_let_go": {"reason": "Kein Thema"},
}  # fmt: skip
DEPENDENT = {"party_new": _party, "opening_new": _opening}
