"""Shared challenges of the demo: the questions of the sources; answers of cities are invented."""

from __future__ import annotations

from foundation.languages import LocalizedText
from partnerships.cities import challenges
from partnerships.models import Challenge, CityChallenge, Municipality, Topic

T = LocalizedText.of
Stance = CityChallenge.Stance
# (topic, German, English, cities that look for an answer)
QUESTIONS = (
    ("digitalisation", "Wie macht Digitalisierung eine Stadt lebenswert?",
     "How does digitalisation make a city worth living in?", ("bielefeld", "tampere")),
    ("sustainability", "Wie wird eine Stadt nachhaltig?", "How does a city become sustainable?",
     ("bielefeld", "tampere")),
    ("mobility", "Wie bewegen wir uns ohne Emissionen?", "How do we get around without emissions?",
     ("bielefeld", "tampere")),
    ("networking", "Wie kommen Verwaltung, Wissenschaft und Wirtschaft zusammen?",
     "How do administration, science and business come together?", ("bielefeld", "ruhr")),
    ("talent", "Wie gewinnen und halten Städte Talente?", "How do cities win and keep talent?",
     ("bielefeld",)),
    ("climate", "Wie schützen Städte das Klima?", "How do cities protect the climate?",
     ("bielefeld",)),
    ("environment", "Wie schonen Städte ihre Umwelt?", "How do cities spare their environment?",
     ("bielefeld",)),
)  # fmt: skip
FLOODS = T("de", "Wie sehen wir Hochwasser rechtzeitig?", en="How do we see floods in time?")


def load_challenges() -> None:
    """The catalogue; what is there is left alone. Call it after cities and topics."""
    for topic, german, english, cities in QUESTIONS:
        title = T("de", german, en=english)
        if _is_new(german):
            made = challenges.list_challenge(
                title=title, topic=Topic.objects.get(slug=topic), by=None
            )
            for slug in cities:
                city = Municipality.objects.get(slug=slug)
                challenges.take_stance(made, city, stance=Stance.SEEKS, by=None)


def load_fictional_challenge() -> None:
    """One question of the invented pair, with an answer; call it after the partnerships."""
    if not _is_new(FLOODS.get("de")):
        return
    made = challenges.list_challenge(
        title=FLOODS, topic=Topic.objects.get(slug="demo-hochwasser"), by=None, is_fictional=True,
        description=T("de", "Wer am Wasser wohnt, will Stunden vorher Bescheid wissen.",
                      en="Who lives by the water wants to know hours ahead."),
    )  # fmt: skip
    for slug, stance, solution in (
        ("lindenau-am-see", Stance.SEEKS, None),
        ("jaervikoski", Stance.SOLVED,
         T("de", "Sensoren an 40 Brücken melden den Pegel alle zehn Minuten.",
           en="Sensors on 40 bridges report the level every ten minutes.")),
    ):  # fmt: skip
        city = Municipality.objects.get(slug=slug)
        challenges.take_stance(made, city, stance=stance, solution=solution, by=None)


def _is_new(german: str) -> bool:
    return not Challenge.objects.filter(title__de__text=german).exists()
