"""An invented agreement of any length, for measuring and looking at pages; never stored."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Any

import rfc8785

from partnerships.models import AgreementVersion

NUMBER = "SB-2026-999"
FROZEN = dt.datetime(2026, 5, 4, 10, tzinfo=dt.UTC)
SENTENCES = {
    "de": (
        "Die Städte lernen voneinander und legen ihre Erfahrungen offen. "
        "Sie benennen Verantwortliche, treffen sich regelmäßig und halten fest, was daraus wurde. "
    ),
    "en": (
        "The cities learn from each other and share what they have learned. "
        "They name who is responsible, meet regularly and write down what came of it. "
    ),
    "fi": (
        "Kaupungit oppivat toisiltaan ja jakavat kokemuksensa avoimesti. "
        "Ne nimeävät vastuuhenkilöt, tapaavat säännöllisesti ja kirjaavat tulokset. "
    ),
}
HEADINGS = {"de": "Abschnitt", "en": "Section", "fi": "Kohta"}
FUNCTIONS = {"de": "Oberbürgermeisteramt", "en": "Office of the mayor", "fi": "Pormestarin virasto"}
PLACES = ((1, 1, "Muster A"), (1, 2, "Muster B"), (2, 1, "Muster C"))


def specimen(sections: int, *, languages: Sequence[str] = ("de", "en")) -> AgreementVersion:
    """An unsaved version with `sections` clauses of some 120 words in each language."""
    content = _content(sections, languages)
    data = rfc8785.dumps(content)
    return AgreementVersion(
        n=1,
        content=data,
        sha256=hashlib.sha256(data).hexdigest(),
        template="specimen",
        is_test=True,
        frozen_at=FROZEN,
    )


def _content(sections: int, languages: Sequence[str]) -> dict[str, Any]:
    def words(table: dict[str, str], repeat: int = 1, end: str = "") -> dict[str, str]:
        return {language: (table[language] * repeat).strip() + end for language in languages}

    clauses = [
        {
            "number": n,
            "slug": f"section-{n}",
            "heading": words(HEADINGS, end=f" {n}"),
            "text": {language: "\n".join([SENTENCES[language] * 2] * 2) for language in languages},
        }
        for n in range(1, sections + 1)
    ]
    closing = {
        "number": sections + 1,
        "slug": "signatures",
        "heading": words(
            {"de": "Unterschriften", "en": "Signatures", "fi": "Allekirjoitukset"},
        ),
        "text": words(SENTENCES),
    }
    return {
        "number": NUMBER,
        "title": words({"de": "Musterstadt", "en": "Specimen", "fi": "Malli"}),
        "languages": list(languages),
        "parties": [
            {
                "position": 1,
                "slug": "musterstadt",
                "kind": "city",
                "name": words(dict.fromkeys(languages, "Musterstadt")),
            },
            {
                "position": 2,
                "slug": "mallila",
                "kind": "city",
                "name": words(dict.fromkeys(languages, "Mallila")),
            },
        ],
        "goals": [],
        "topics": [],
        "formats": [],
        "actors": [],
        "signatories": [
            {"party": party, "position": position, "name": name, "function": words(FUNCTIONS)}
            for party, position, name in PLACES
        ],
        "clauses": [*clauses, closing],
        "version": 1,
        "frozen_on": FROZEN.date().isoformat(),
        "test": True,
    }
