"""A frozen version on paper: both languages side by side, its own data attached.

Everything comes from the canonical bytes of the version, so the same version prints the same bytes.
"""

from __future__ import annotations

import dataclasses
from typing import Any

import segno
from django.template.loader import render_to_string

from foundation.documents.rendering import Attachment, render_pdf
from partnerships.clause_items import Item, day_in, items_of
from partnerships.models import AgreementVersion
from partnerships.notices import verify_url

LAMPS = {
    "de": ("Ziele", "Themen", "Formate", "Akteure"),
    "en": ("Goals", "Topics", "Formats", "Actors"),
    "fi": ("Tavoitteet", "Teemat", "Muodot", "Toimijat"),
}
COVER = {
    "de": {"version": "Fassung {n} vom {day}", "check": "Diese Erklärung prüfen:"},
    "en": {"version": "Version {n} of {day}", "check": "Check this letter:"},
    "fi": {"version": "Versio {n}, {day}", "check": "Tarkista tämä aiesopimus:"},
}


@dataclasses.dataclass(frozen=True)
class Cell:
    """One clause in one language; `paragraphs` are plain texts and are escaped when printed."""

    language: str
    heading: str
    paragraphs: tuple[str, ...]
    items: tuple[Item, ...]


@dataclasses.dataclass(frozen=True)
class Row:
    """A clause with its languages beside each other."""

    number: int
    slug: str
    cells: tuple[Cell, ...]


def render(version: AgreementVersion) -> bytes:
    """The unsigned PDF of a frozen version; the same version gives the same bytes.

    Raises TextBeyondLimits, RenderingFailed.
    """
    data = version.data
    number = data["number"]
    attachment = Attachment(
        name=f"{number}-v{version.n}.json",
        data=bytes(version.content),
        created=version.frozen_at,
        description=f"RFC 8785, SHA-256 {version.sha256}",
        relationship="Source",
    )
    return render_pdf(
        page_of(version, data),
        title=f"{number}: {data['title'][data['languages'][0]]}",
        language=data["languages"][0],
        stylesheets=[stylesheet_of(version, data)],
        attachments=[attachment],
        number=number,
        created=version.frozen_at,
        identifier=version.sha256,
    )


def page_of(version: AgreementVersion, data: dict[str, Any]) -> str:
    """The HTML of a version."""
    number = data["number"]
    return render_to_string(
        "print/agreement/agreement.html",
        {
            "data": data,
            "language": data["languages"][0],
            "covers": [_cover(data, language) for language in data["languages"]],
            "rows": rows_of(data),
            "version": version,
            "verify_url": verify_url(number),
            "qr": segno.make(verify_url(number), error="m").svg_data_uri(scale=3, border=0),
        },
    )


def stylesheet_of(version: AgreementVersion, data: dict[str, Any]) -> str:
    """The CSS with number, version and digest at the foot of each page."""
    return render_to_string(
        "print/agreement/agreement.css",
        {
            "number": data["number"],
            "n": version.n,
            "digest": version.short_digest,
            "is_test": data["test"],
        },
    )


def rows_of(data: dict[str, Any]) -> list[Row]:
    """Clauses with their texts and filled lists, in all languages of `data`."""
    return [
        Row(
            clause["number"],
            clause["slug"],
            tuple(
                Cell(
                    language,
                    clause["heading"][language],
                    tuple(filter(None, clause["text"][language].split("\n"))),
                    tuple(items_of(clause["slug"], data, language)),
                )
                for language in data["languages"]
            ),
        )
        for clause in data["clauses"]
    ]


def _cover(data: dict[str, Any], language: str) -> dict[str, Any]:
    counts = (
        len(data["goals"]),
        len(data["topics"]),
        len(data["formats"]),
        len(data["actors"]),
    )
    words = COVER[language]
    return {
        "language": language,
        "title": data["title"][language],
        "version": words["version"].format(
            n=data["version"], day=day_in(language, data["frozen_on"])
        ),
        "check": words["check"],
        "lamps": list(zip(LAMPS[language], counts, strict=True)),
    }
