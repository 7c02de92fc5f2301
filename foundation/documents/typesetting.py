"""HTML becomes an archival, tagged PDF; runs only inside a cell.

What touches WeasyPrint 70's private behaviour stands here and in finishing.py, each with a test.
"""

from __future__ import annotations

import base64
import logging
import resource
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any
from urllib.parse import unquote, urlsplit

import pydyf
import pyphen
import weasyprint
import weasyprint.pdf.fonts
import weasyprint.pdf.tags
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from foundation.documents.confinement import FONT_CONFIGURATION, PROJECT, Facts
from foundation.documents.finishing import add_metadata, keep_objects_apart, make_signature_fields

STATIC = PROJECT / "static"
# A name that resolves nowhere stands for our own static folder.
STATIC_HOST = "static.invalid"
BASE_URL = f"https://{STATIC_HOST}/"
TYPEFACE = f"fonts/pdf/{FONT_CONFIGURATION.with_name('bruecke-sans.css').name}"
MEDIA_TYPES = {
    ".css": "text/css",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
}


# Loaded in the helper, so that no cell reads these large lists again; there is no Finnish one.
for _language in ("de", "en"):
    pyphen.Pyphen(lang=_language)


class OwnFilesOnly(URLFetcher):
    """Refuses every address but data: and files of our own static folder."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        if url.startswith("data:"):
            return super().fetch(url, headers)
        address = urlsplit(url)
        if address.scheme != "https" or address.netloc != STATIC_HOST:
            raise ValueError(f"refused: {url[:200]}")
        path = (STATIC / unquote(address.path).lstrip("/")).resolve()
        media_type = MEDIA_TYPES.get(path.suffix)
        if media_type is None or not path.is_relative_to(STATIC) or not path.is_file():
            raise ValueError(f"not one of our static files: {url[:200]}")
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": media_type})


class _Complaints(logging.Handler):
    """Collects what WeasyPrint would only log."""

    def __init__(self) -> None:
        super().__init__(level=logging.WARNING)
        self.lines: list[str] = []
        self.worst = logging.NOTSET

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage()[:300])
        self.worst = max(self.worst, record.levelno)


def typeset(facts: Facts, data: bytes) -> tuple[Facts, bytes]:
    """Render `data` (HTML in UTF-8) as PDF/A-3a; answers {pages, complaints, …} and the file.

    `seconds` of processor time and `memory` (peak, MiB) say what this job took.
    """
    complaints = _Complaints()
    weasyprint.LOGGER.addHandler(complaints)
    fetcher = OwnFilesOnly()
    fonts = FontConfiguration()
    html = weasyprint.HTML(string=data.decode(), base_url=BASE_URL, url_fetcher=fetcher)
    html.etree_element.set("lang", html.etree_element.get("lang") or facts["language"])
    sheets = [
        weasyprint.CSS(url=BASE_URL + TYPEFACE, url_fetcher=fetcher, font_config=fonts),
        *(
            weasyprint.CSS(string=sheet, base_url=BASE_URL, url_fetcher=fetcher, font_config=fonts)
            for sheet in facts["stylesheets"]
        ),
    ]
    options: dict[str, Any] = {
        "pdf_variant": "pdf/a-3a",
        "pdf_forms": facts["signature_fields"],
        "stylesheets": sheets,
    }
    document = html.render(font_config=fonts, **options)
    document.metadata.title = facts["title"]
    document.metadata.lang = facts["language"]
    document.metadata.created = document.metadata.modified = facts["created"]
    document.metadata.attachments = [_attachment(each) for each in facts["attachments"]]
    weasyprint.pdf.tags._build_box_tree = _build_with_language
    # A font that a text field might use would be embedded whole; ours become signature fields.
    weasyprint.pdf.fonts.Font.used_in_forms = _Never()

    def finish(document: weasyprint.Document, pdf: pydyf.PDF) -> None:
        # WeasyPrint logs an error for a missing file or text alternative: then we claim nothing.
        add_metadata(pdf, facts["number"], accessible=complaints.worst < logging.ERROR)
        make_signature_fields(pdf)
        keep_objects_apart(pdf)

    # A given identifier keeps the first half of /ID the same for all revisions of one text.
    identifier = facts["identifier"].encode() or True
    pdf = document.write_pdf(finisher=finish, pdf_identifier=identifier, **options)
    used = resource.getrusage(resource.RUSAGE_SELF)
    answer = {
        "pages": len(document.pages),
        "complaints": complaints.lines,
        "seconds": round(used.ru_utime + used.ru_stime, 3),
        "memory": used.ru_maxrss // 1024,
    }
    return answer, pdf


def _attachment(each: Facts) -> weasyprint.Attachment:
    # Without explicit dates WeasyPrint writes the current time, and no two runs would agree.
    created = datetime.fromisoformat(each["created"])
    return weasyprint.Attachment(
        file_obj=BytesIO(base64.b64decode(each["data"])),
        base_url=BASE_URL,
        url_fetcher=OwnFilesOnly(),
        name=each["name"],
        description=each["description"],
        created=created,
        modified=created,
        relationship=each["relationship"],
    )


class _Never:
    """An attribute that stays false whatever is assigned to it."""

    def __get__(self, font: Any, kind: Any = None) -> bool:
        return False

    def __set__(self, font: Any, value: bool) -> None:
        return


_build_box_tree = weasyprint.pdf.tags._build_box_tree


def _build_with_language(box: Any, *arguments: Any) -> Iterator[pydyf.Dictionary]:
    """WeasyPrint writes no /Lang on structure elements; screen readers need it to switch voice."""
    element = getattr(box, "element", None)
    language = None if element is None else element.attrib.get("lang")
    for structure in _build_box_tree(box, *arguments):
        if language and "Lang" not in structure:
            structure["Lang"] = pydyf.String(language)
        yield structure
