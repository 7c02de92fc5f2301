"""The reading version on paper: the text as it reads today, amendment numbers in the margin.

Never a signed document, and every page says so. It is made by the worker, once for the same words.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Sequence
from typing import Any

import segno
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from foundation.audit import trail
from foundation.documents import files
from foundation.documents.rendering import render_pdf
from foundation.effects import work
from foundation.effects.models import Effect
from partnerships.models import Agreement, ReadingCopy
from partnerships.permissions import Reader
from partnerships.signing.notices import verify_url
from partnerships.signing.rendering import SIGNATURES, Row, rows_of
from partnerships.wording import consolidation
from partnerships.wording.clause_items import day_in

EFFECT = "agreement.reading"
# The words stand here and not in the catalogue of translations: see clause_items.py.
WORDS = {
    "de": {
        "kind": "Lesefassung",
        "not_signed": "Lesefassung, nicht das unterzeichnete Dokument",
        "lead": "So liest sich die Erklärung heute, mit allen genannten Änderungen. Es gelten "
        "allein die unterzeichneten Dokumente. Sie lassen sich hier prüfen:",
        "signed": "Unterzeichnet und hier enthalten",
        "none": "Es gibt keine Änderung; dies ist der unterzeichnete Text.",
        "margin": "Am Rand steht, welche Änderung eine Klausel neu gefasst hat.",
        "withheld": "Nicht öffentlich und hier nicht enthalten: {n} Änderungen",
        "withheld_one": "Nicht öffentlich und hier nicht enthalten: eine Änderung",
        "concluded": "geschlossen am {day}",
        "page": "Seite",
        "of": "von",
        "sample": "MUSTER – ohne rechtliche Wirkung",
    },
    "en": {
        "kind": "Reading version",
        "not_signed": "Reading version, not the signed document",
        "lead": "This is how the letter reads today, with all amendments named. Only the signed "
        "documents count. They can be checked here:",
        "signed": "Signed, and put in here",
        "none": "There is no amendment; this is the signed text.",
        "margin": "The margin says which amendment has reworded a clause.",
        "withheld": "Not public and not put in here: {n} amendments",
        "withheld_one": "Not public and not put in here: one amendment",
        "concluded": "concluded on {day}",
        "page": "Page",
        "of": "of",
        "sample": "SAMPLE – without legal effect",
    },
    # Not checked by a native speaker yet, as docs/languages.md says.
    "fi": {
        "kind": "Lukuversio",
        "not_signed": "Lukuversio, ei allekirjoitettu asiakirja",
        "lead": "Näin aiesopimus kuuluu tänään kaikkine mainittuine muutoksineen. Vain "
        "allekirjoitetut asiakirjat ovat voimassa. Ne voi tarkistaa täällä:",
        "signed": "Allekirjoitettu ja sisällytetty tähän",
        "none": "Muutoksia ei ole; tämä on allekirjoitettu teksti.",
        "margin": "Marginaalissa lukee, mikä muutos on muotoillut kohdan uudelleen.",
        "withheld": "Ei julkisia eikä mukana tässä: {n} muutosta",
        "withheld_one": "Ei julkinen eikä mukana tässä: yksi muutos",
        "concluded": "tehty {day}",
        "page": "Sivu",
        "of": "/",
        "sample": "MALLI – ei oikeusvaikutuksia",
    },
}


@dataclasses.dataclass(frozen=True)
class Reading:
    """What one reader may read: the text with these amendments, and how many are kept back."""

    text: consolidation.Consolidated
    amendments: Sequence[Agreement]
    withheld: int

    @property
    def rows(self) -> list[tuple[Row, Sequence[str]]]:
        """Every clause with the numbers of the amendments that it comes from."""
        return [(row, self.text.sources.get(row.slug, ())) for row in rows_of(self.text.data)]


def reading_for(base: Agreement, user: Reader) -> Reading:
    """The concluded agreement `base` with the amendments that `user` may see."""
    readable = Agreement.objects.visible_to(user).filter(base=base)
    return _reading(base, set(readable.values_list("number", flat=True)))


def page_of(reading: Reading) -> str:
    """The HTML of the print, without the marks of its pages."""
    data, base = reading.text.data, reading.text.base
    languages = data["languages"]
    address = verify_url(base.number)
    return render_to_string(
        "print/agreement/reading.html",
        {
            "number": base.number,
            "language": languages[0],
            "cities": [party["name"][languages[0]] for party in data["parties"]],
            "covers": [_cover(reading, language) for language in languages],
            "signed": [
                (
                    agreement.number,
                    "" if agreement == base else _short(agreement.number),
                    sha256,
                    [(language, _concluded(agreement, language)) for language in languages],
                )
                for agreement, sha256 in _signed(reading)
            ],
            "rows": [
                (row, [_short(number) for number in numbers])
                for row, numbers in reading.rows
                if row.slug != SIGNATURES
            ],
            "verify_url": address,
            "qr": segno.make(address, error="m").svg_data_uri(scale=3, border=0),
        },
    )


def digest_of(page: str) -> str:
    """SHA-256 of what the print says."""
    return hashlib.sha256(page.encode()).hexdigest()


def copy_of(reading: Reading) -> ReadingCopy | None:
    """The print of exactly these words, if it was made."""
    digest = digest_of(page_of(reading))
    copies = reading.text.base.reading_copies.filter(digest=digest)
    return copies.select_related("file").first()


def order(reading: Reading) -> None:
    """Have the worker make the print; the same words are made once, however often one asks."""
    if copy_of(reading) is not None:
        return
    work.request(
        EFFECT,
        _key(reading),
        queue=Effect.Queue.PDF,
        agreement_id=reading.text.base.pk,
        numbers=[each.number for each in reading.amendments],
    )


def is_ordered(reading: Reading) -> bool:
    """Whether the worker is about to make it."""
    return Effect.objects.filter(
        kind=EFFECT,
        key=_key(reading),
        state__in=[Effect.State.DUE, Effect.State.RUNNING],
    ).exists()


def make(base: Agreement, numbers: Sequence[str]) -> ReadingCopy:
    """Render and keep `base` with the amendments of these numbers.

    Raises TextBeyondLimits, RenderingFailed.
    """
    reading = _reading(base, set(numbers))
    known = copy_of(reading)
    if known is not None:
        return known
    page, data = page_of(reading), reading.text.data
    digest = digest_of(page)
    language = data["languages"][0]
    newest = reading.amendments[-1] if reading.amendments else base
    pdf = render_pdf(
        page,
        title=f"{WORDS[language]['kind']} {base.number}: {data['title'][language]}",
        language=language,
        stylesheets=[_stylesheet(reading)],
        created=newest.concluded_at,
        identifier=digest,
    )
    with transaction.atomic():
        name = f"{base.file_stem}-{WORDS[language]['kind'].replace(' ', '-')}.pdf"
        stored = files.store(pdf, name=name, media_type="application/pdf")
        made = ReadingCopy.objects.create(agreement=base, digest=digest, file=stored)
        trail.record("reading_copy.made", made, by=None, sha256=stored.sha256)
    return made


def _reading(base: Agreement, readable: set[str]) -> Reading:
    counting = consolidation.concluded_amendments(base)
    shown = [each for each in counting if each.number in readable]
    text = consolidation.consolidate(base, shown)
    return Reading(text, shown, len(counting) - len(shown))


def _key(reading: Reading) -> str:
    return f"{reading.text.base.pk}-{digest_of(page_of(reading))}"


def _signed(reading: Reading) -> list[tuple[Agreement, str]]:
    """The documents that count, each with the digest of its version."""
    base = reading.text.base
    digests = [sha256 for _number, sha256 in reading.text.amendments]
    first = (base, base.versions.order_by("-n")[0].sha256)
    return [first, *zip(reading.amendments, digests, strict=True)]


def _short(number: str) -> str:
    """A1 of SB-2026-003/A1."""
    return number.rpartition("/")[2]


def _cover(reading: Reading, language: str) -> dict[str, Any]:
    words, n = WORDS[language], reading.withheld
    return {
        **words,
        "language": language,
        "title": reading.text.data["title"][language],
        "withheld": words["withheld_one" if n == 1 else "withheld"].format(n=n) if n else "",
    }


def _concluded(agreement: Agreement, language: str) -> str:
    at = agreement.concluded_at
    day = timezone.localdate(at).isoformat() if at else None
    return WORDS[language]["concluded"].format(day=day_in(language, day))


def _stylesheet(reading: Reading) -> str:
    data = reading.text.data
    words = [WORDS[language] for language in data["languages"]]
    marks = [each["not_signed"] for each in words]
    return render_to_string(
        "print/agreement/reading.css",
        {
            "number": reading.text.base.number,
            "mark": " / ".join(marks),
            "sample": " / ".join(each["sample"] for each in words) if data["test"] else "",
            "page": " / ".join(dict.fromkeys(each["page"] for each in words)),
            "of": words[0]["of"],
        },
    )
