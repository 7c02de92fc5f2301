"""A frozen version on paper: both languages side by side, its own data attached.

Everything comes from the canonical bytes of the version, so the same version prints the same bytes.
"""

from __future__ import annotations

import base64
import dataclasses
from typing import Any

import segno
from django.template.loader import render_to_string

from foundation.documents.rendering import Attachment, render_pdf
from partnerships.models import AgreementVersion
from partnerships.signing.notices import verify_url
from partnerships.signing.signature_fields import field_name
from partnerships.wording.clause_items import Item, day_in, items_of

# The words stand here and not in the catalogue of translations: see clause_items.py.
LAMPS = {
    "de": ("Ziele", "Themen", "Formate", "Akteure"),
    "en": ("Goals", "Topics", "Formats", "Actors"),
    "fi": ("Tavoitteet", "Teemat", "Muodot", "Toimijat"),
}
WORDS = {
    "de": {
        "version": "Fassung {n} vom {day}",
        "check": "Diese Erklärung prüfen:",
        "signature": "Unterschrift für {city}: {name}",
        "kinds": "Wie jede Seite unterschrieben hat, steht auf der Prüfseite.",
        "digest": "Prüfsumme dieser Fassung (SHA-256)",
        "short": "Fassung",
        "page": "Seite",
        "of": "von",
        "sample": "MUSTER – ohne rechtliche Wirkung",
        "mark": "MUSTER",
    },
    "en": {
        "version": "Version {n} of {day}",
        "check": "Check this letter:",
        "signature": "Signature for {city}: {name}",
        "kinds": "How each side has signed is written on the verification page.",
        "digest": "Digest of this version (SHA-256)",
        "short": "Version",
        "page": "Page",
        "of": "of",
        "sample": "SAMPLE – without legal effect",
        "mark": "SAMPLE",
    },
    "fi": {
        "version": "Versio {n}, {day}",
        "check": "Tarkista tämä aiesopimus:",
        "signature": "Allekirjoitus, {city}: {name}",
        "kinds": "Tarkistussivulla kerrotaan, miten kumpikin osapuoli on allekirjoittanut.",
        "digest": "Tämän version tarkiste (SHA-256)",
        "short": "Versio",
        "page": "Sivu",
        "of": "/",
        "sample": "MALLI – ei oikeusvaikutuksia",
        "mark": "MALLI",
    },
}
SIGNATURES = "signatures"


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


@dataclasses.dataclass(frozen=True)
class Place:
    """Where one person signs; `functions` by language, `field` is the empty field of the PDF."""

    field: str
    title: str
    city: str
    name: str
    functions: tuple[tuple[str, str], ...]


def render(version: AgreementVersion) -> bytes:
    """The unsigned PDF of a frozen version; the same version gives the same bytes.

    Raises TextBeyondLimits, RenderingFailed.
    """
    return render_pdf(**job_of(version))


def attachment_name(version: AgreementVersion) -> str:
    """What the version's own data is called inside the PDF."""
    return f"{version.data['number'].replace('/', '-')}-v{version.n}.json"


def job_of(version: AgreementVersion) -> dict[str, Any]:
    """What `render_pdf` needs to print a version."""
    data = version.data
    number = data["number"]
    attachment = Attachment(
        name=attachment_name(version),
        data=bytes(version.content),
        created=version.frozen_at,
        description=f"RFC 8785, SHA-256 {version.sha256}",
        relationship="Source",
    )
    return {
        "html": page_of(version, data),
        "title": f"{number}: {data['title'][data['languages'][0]]}",
        "language": data["languages"][0],
        "stylesheets": [stylesheet_of(version, data)],
        "attachments": [attachment],
        "number": number,
        "created": version.frozen_at,
        "identifier": version.sha256,
        "signature_fields": True,
    }


def page_of(version: AgreementVersion, data: dict[str, Any]) -> str:
    """The HTML of a version."""
    number = data["number"]
    languages = data["languages"]
    # The portal may move; a version keeps the address that it was frozen with.
    address = data.get("verify_url") or verify_url(number)
    return render_to_string(
        "print/agreement/agreement.html",
        {
            "data": data,
            "language": languages[0],
            "cities": [party["name"][languages[0]] for party in data["parties"]],
            "arms": arms_of(data),
            "covers": [_cover(data, language) for language in languages],
            "rows": [_without_places(row) for row in rows_of(data)],
            "places": places_of(data),
            "version": version,
            "verify_url": address,
            "qr": segno.make(address, error="m").svg_data_uri(scale=3, border=0),
        },
    )


def stylesheet_of(version: AgreementVersion, data: dict[str, Any]) -> str:
    """The CSS with number, version and digest at the foot of each page."""
    words = [WORDS[language] for language in data["languages"]]
    return render_to_string(
        "print/agreement/agreement.css",
        {
            "number": data["number"],
            "version": " / ".join(dict.fromkeys(each["short"] for each in words)),
            "n": version.n,
            "digest": version.short_digest,
            "page": " / ".join(dict.fromkeys(each["page"] for each in words)),
            "of": words[0]["of"],
            "is_test": data["test"],
            "sample": " / ".join(each["sample"] for each in words),
            "mark": " / ".join(each["mark"] for each in words),
        },
    )


def places_of(data: dict[str, Any]) -> list[Place]:
    """Everybody who is to sign, with the field that waits for an own certificate."""
    first = data["languages"][0]
    cities = {party["position"]: party["name"][first] for party in data["parties"]}
    return [
        Place(
            field=field_name(signer["party"], signer["position"]),
            title=WORDS[first]["signature"].format(
                city=cities[signer["party"]], name=signer["name"]
            ),
            city=cities[signer["party"]],
            name=signer["name"],
            functions=tuple(signer["function"].items()),
        )
        for signer in data.get("signatories", ())
    ]


def arms_of(data: dict[str, Any]) -> list[tuple[str, str]]:
    """(city, data: address) of the coats of arms that were frozen with the version; often none."""
    first = data["languages"][0]
    drawings = data.get("arms", {})
    return [
        (
            party["name"][first],
            "data:image/svg+xml;base64,"
            + base64.b64encode(drawings[party["slug"]].encode()).decode(),
        )
        for party in data["parties"]
        if party["slug"] in drawings
    ]


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


def _without_places(row: Row) -> Row:
    """On paper the signatories stand beside their fields, not in the columns."""
    if row.slug != SIGNATURES:
        return row
    cells = [
        dataclasses.replace(
            cell, items=(), paragraphs=(*cell.paragraphs, WORDS[cell.language]["kinds"])
        )
        for cell in row.cells
    ]
    return dataclasses.replace(row, cells=tuple(cells))


def _cover(data: dict[str, Any], language: str) -> dict[str, Any]:
    counts = (
        len(data["goals"]),
        len(data["topics"]),
        len(data["formats"]),
        len(data["actors"]),
    )
    words = WORDS[language]
    return {
        "language": language,
        "title": data["title"][language],
        "version": words["version"].format(
            n=data["version"], day=day_in(language, data["frozen_on"])
        ),
        "check": words["check"],
        "digest": words["digest"],
        # An amendment changes clauses; it does not count what its base promises.
        "lamps": []
        if data.get("kind") == "amendment"
        else list(zip(LAMPS[language], counts, strict=True)),
    }
