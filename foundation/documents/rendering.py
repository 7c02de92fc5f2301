"""From HTML to the bytes of an archival PDF, the same bytes every time.

Text is checked against the limits first, so that people read a sentence instead of a crash.
"""

from __future__ import annotations

import base64
import dataclasses
import logging
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

from django.utils.translation import gettext as _

from foundation.documents.characters import unprintable
from foundation.documents.confinement import ConfinedFailure, Facts, Limits, run_confined
from foundation.errors import DomainError

logger = logging.getLogger(__name__)

MAX_NESTING = 100
MAX_CHARACTERS = 500_000
MAX_BLOCKS = 4_000
# 114 pages of two-column text near these limits took 10 s and less than 350 MiB.
RENDERING = Limits(memory=768, processor=60, seconds=90.0)

BLOCKS = frozenset({
    "article", "aside", "blockquote", "dd", "div", "dl", "dt", "fieldset", "figure", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "li", "main", "ol", "p", "pre",
    "section", "table", "tr", "ul",
})  # fmt: skip
VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
    "track", "wbr",
})  # fmt: skip
# A new one of these ends an open one of the same name.
SELF_ENDING = frozenset({"dd", "dt", "li", "option", "p", "td", "th", "tr"})


class TextBeyondLimits(DomainError):
    """A text is nested too deeply, too long or has characters that cannot be printed."""


class RenderingFailed(DomainError):
    """The PDF could not be made; nothing was stored."""


@dataclasses.dataclass(frozen=True)
class Attachment:
    """A file inside the PDF; `created` is written into it and must not be the current time."""

    name: str
    data: bytes
    created: datetime
    description: str = ""
    relationship: str = "Data"


def check_limits(text: str) -> None:
    """Raise TextBeyondLimits when this text or HTML could not be rendered.

    Cheap enough to call on every saved clause: one pass, no rendering.
    """
    if len(text) > MAX_CHARACTERS:
        raise TextBeyondLimits(
            "text-too-long",
            _(
                "The text has %(length)s characters; a PDF document takes at most %(limit)s. "
                "Please divide it."
            )
            % {"length": len(text), "limit": MAX_CHARACTERS},
        )
    survey = _Survey()
    survey.feed(text)
    survey.close()
    if survey.deepest > MAX_NESTING:
        raise TextBeyondLimits(
            "text-nested-too-deeply",
            _(
                "The text is nested %(depth)s levels deep; a PDF document takes at most "
                "%(limit)s. Please use fewer lists inside lists."
            )
            % {"depth": survey.deepest, "limit": MAX_NESTING},
        )
    if survey.blocks > MAX_BLOCKS:
        raise TextBeyondLimits(
            "text-too-many-paragraphs",
            _(
                "The text has %(count)s paragraphs; a PDF document takes at most %(limit)s. "
                "Please divide it."
            )
            % {"count": survey.blocks, "limit": MAX_BLOCKS},
        )
    if missing := unprintable(survey.texts):
        raise TextBeyondLimits(
            "text-unprintable",
            _(
                "These characters cannot be printed in a PDF document: %(characters)s. "
                "Please write them in another way."
            )
            % {"characters": " ".join(missing[:10])},
        )


class _Survey(HTMLParser):
    """Counts depth and blocks of HTML and keeps what would be printed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.deepest = 0
        self.blocks = 0
        self.texts: list[str] = []
        self.in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.blocks += tag in BLOCKS
        self.in_style = tag in {"style", "script"}
        if tag in VOID:
            return
        if tag in SELF_ENDING and self.open and self.open[-1] == tag:
            self.open.pop()
        self.open.append(tag)
        self.deepest = max(self.deepest, len(self.open))

    def handle_endtag(self, tag: str) -> None:
        self.in_style = False
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self.in_style:
            self.texts.append(data)


def render_pdf(html: str, **job: Any) -> bytes:
    """Render HTML as a tagged PDF/A-3a with embedded fonts; equal input gives equal bytes.

    `job` and the refusals as in `render_measured`.
    """
    return render_measured(html, **job)[0]


def render_measured(
    html: str,
    *,
    title: str,
    language: str,
    stylesheets: Sequence[str] = (),
    attachments: Sequence[Attachment] = (),
    number: str = "",
    created: datetime | None = None,
    identifier: str = "",
    signature_fields: bool = False,
    limits: Limits = RENDERING,
) -> tuple[bytes, Facts]:
    """The PDF and what it took: {pages, complaints, seconds of processor, memory in MiB}.

    `stylesheets` are CSS texts; addresses in them and in the HTML reach only data: and our own
    static folder (relative to `static/`). `number` is written into the metadata, so that a
    changed copy is still recognised as ours. `created` is the document's date, never "now".
    `signature_fields` makes an empty signature field of every `<input name title type=text>`.
    Raises TextBeyondLimits before and RenderingFailed while rendering.
    """
    html = unicodedata.normalize("NFC", html)
    check_limits(html)
    facts = {
        "title": title,
        "language": language,
        "stylesheets": list(stylesheets),
        "number": number,
        "created": None if created is None else created.isoformat(timespec="seconds"),
        "identifier": identifier,
        "signature_fields": signature_fields,
        "attachments": [
            {
                "name": each.name,
                "data": base64.b64encode(each.data).decode(),
                "created": each.created.astimezone(UTC).isoformat(),
                "description": each.description,
                "relationship": each.relationship,
            }
            for each in attachments
        ],
    }
    try:
        answer, pdf = run_confined("typeset", facts, html.encode(), limits=limits)
    except ConfinedFailure as failure:
        logger.warning("rendering %r failed: %s", number or title, failure)
        raise _failed(failure) from failure
    for complaint in answer["complaints"]:
        logger.info("rendering %r: %s", number or title, complaint)
    return pdf, answer


def _failed(failure: ConfinedFailure) -> DomainError:
    if failure.reason == "nesting":
        return TextBeyondLimits(
            "text-nested-too-deeply",
            _("The text is nested too deeply for a PDF document. Please simplify it."),
        )
    # A crash is nearly always a library that aborts when it gets no memory.
    if failure.reason in {"memory", "time", "crash"}:
        return RenderingFailed(
            "document-too-large",
            _(
                "The document is too large to be made into a PDF. "
                "Nothing was lost; please shorten or divide the text."
            ),
        )
    return RenderingFailed(
        "rendering-failed",
        _("The PDF could not be made. Nothing was lost; please try again later."),
    )
