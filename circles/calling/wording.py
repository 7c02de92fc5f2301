"""The pattern of a public call: a ready text in plain words that the office adapts.

What only the office knows stands in square brackets; a call with brackets left cannot be opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from foundation.languages import LocalizedText

_GAP = re.compile(r"\[[^\[\]\n]{2,60}\]")

PATTERN = {
    "task": LocalizedText.of(
        "de",
        "Fünf Menschen aus der Bürgerschaft machen mit. Fünf kommen aus Verwaltung, Wissenschaft, "
        "Wirtschaft, Politik und Zivilgesellschaft. Dazu kommen fünf Fachleute.\n"
        "Zusammen suchen sie eine gute Lösung. Am Ende steht ein Vorschlag. Den Vorschlag stellt "
        "der Zirkel im D.I.V. vor. Danach antwortet die Stadt: Was geschieht, und wann?\n"
        "Der Zirkel trifft sich in [Ort, Straße]. Der Weg dorthin hat keine Stufen. Wer möchte, "
        "nimmt per Video teil.\n"
        "Wir sprechen Deutsch. Wir dolmetschen, auch in Gebärdensprache.",
        en="Five residents take part. Five people come from the administration, science, business, "
        "politics and civil society. Five experts join them.\n"
        "Together they look for a good solution. It becomes a proposal. The circle presents it in "
        "the D.I.V. Then the city answers: what happens, and when?\n"
        "The circle meets at [place, street]. There are no steps on the way in. You can also join "
        "by video.\n"
        "We speak German. We interpret, also into sign language.",
    ),
    "effort": LocalizedText.of(
        "de",
        "[Zahl] | Treffen, [Wochentag] um [Uhrzeit]\n2 | Stunden dauert ein Treffen\n"
        "6–12 | Monate arbeitet der Zirkel\n[Datum] | ist das erste Treffen",
        en="[number] | meetings, [day of the week] at [time]\n2 | hours a meeting\n"
        "6–12 | months the circle works\n[date] | is the first meeting",
    ),
    "not_needed": LocalizedText.of(
        "de",
        "Fachwissen: Ihr Alltag reicht\neine Ausbildung oder ein Ehrenamt\n"
        "perfektes Deutsch\neinen Lebenslauf oder ein Bewerbungs-Schreiben",
        en="expertise: your everyday life is enough\na degree or an honorary office\n"
        "perfect German\na CV or a letter of application",
    ),
    "allowance": LocalizedText.of(
        "de",
        "[Betrag] € | bekommen Sie für jedes Treffen\n"
        "0 € | kostet Sie die Teilnahme: Fahrt und Kinderbetreuung zahlen wir",
        en="[amount] € | for each meeting\n0 € | cost for you: we pay travel and childcare",
    ),
}
CRITERIA = (
    LocalizedText.of(
        "de",
        "Wohnen, arbeiten oder lernen Sie in [Stadt]?",
        en="Do you live, work or study in [city]?",
    ),
    LocalizedText.of(
        "de", "Sind Sie mindestens [Zahl] Jahre alt?", en="Are you at least [number] years old?"
    ),
    LocalizedText.of(
        "de",
        "Können Sie bei den meisten Treffen dabei sein?",
        en="Can you come to most of the meetings?",
    ),
)


def gaps(texts: Iterable[LocalizedText]) -> set[str]:
    """The places of the pattern that still wait for the office's own words."""
    return {
        gap
        for text in texts
        for language in ("de", "en")
        for gap in _GAP.findall(text.get(language))
    }
