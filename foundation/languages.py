"""Texts in several languages that know when a translation is out of date, and how names sort.

German sorts ä with a, Finnish puts å ä ö after z: keys are computed here, never by the database.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
import unicodedata
from typing import Any

from django.db import models
from django.utils.translation import get_language

Stored = dict[str, dict[str, str]]

# Letters that Unicode does not take apart into a plain letter and a mark.
_WHOLE = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "þ": "th"})
# ae, oe, ue for an umlaut; not in "neue", "Bauer", "Quelle".
_SPELLED_OUT = re.compile(r"(?<![aeoq])([aou])e")
_FINNISH_TAIL = {"å": "{", "ä": "|", "ö": "}"}


def digest_of(text: str) -> str:
    """First 16 hex characters of SHA-256 over the UTF-8 text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclasses.dataclass(frozen=True)
class LocalizedText:
    """One text per language; a translation remembers the digest of what it was translated from.

    `stored` is {"de": {"text": "…"}, "en": {"text": "…", "from": "<digest>"}}; the first language
    is the source.
    """

    stored: Stored = dataclasses.field(default_factory=dict)

    @classmethod
    def of(cls, source: str, text: str, **translations: str) -> LocalizedText:
        """`LocalizedText.of("de", "Ziel", en="Goal", fi="Tavoite")`; empty ones drop out."""
        stored: Stored = {source: {"text": text}}
        for language, translated in translations.items():
            if translated:
                stored[language] = {"text": translated, "from": digest_of(text)}
        return cls(stored)

    @property
    def source(self) -> str | None:
        """The language that the others were translated from."""
        return next(iter(self.stored), None)

    def get(self, language: str) -> str:
        """The text in `language`, empty when there is none."""
        return self.stored.get(language, {}).get("text", "")

    def best(self, language: str) -> tuple[str, str]:
        """(text, language of the text): the wished one, else the source."""
        if self.get(language):
            return self.get(language), language
        source = self.source or language
        return self.get(source), source

    def outdated(self, language: str) -> bool:
        """True when the source has changed since the translation into `language` was made."""
        entry = self.stored.get(language)
        if entry is None or language == self.source:
            return False
        return entry.get("from") != digest_of(self.get(self.source or ""))

    def with_text(self, language: str, text: str) -> LocalizedText:
        """A copy with a new text; a translation counts as made from today's source."""
        stored = {key: dict(value) for key, value in self.stored.items()}
        entry = {"text": text}
        if self.source not in (None, language):
            entry["from"] = digest_of(self.get(self.source or ""))
        stored[language] = entry
        return LocalizedText(stored)

    def __str__(self) -> str:
        return self.best((get_language() or "de").split("-")[0])[0]

    def __bool__(self) -> bool:
        return any(entry.get("text") for entry in self.stored.values())


class LocalizedTextField(models.JSONField):
    """A JSON column that reads and writes LocalizedText."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", LocalizedText)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> LocalizedText:
        decoded = super().from_db_value(value, expression, connection)
        return LocalizedText(_ordered(decoded or {}))

    def to_python(self, value: Any) -> Any:
        return LocalizedText(value) if isinstance(value, dict) else value

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, LocalizedText):
            value = value.stored
        return super().get_db_prep_value(value, connection, prepared)

    def value_to_string(self, obj: models.Model) -> Any:
        value = self.value_from_object(obj)
        return value.stored if isinstance(value, LocalizedText) else value


def _ordered(stored: Stored) -> Stored:
    # jsonb does not keep the order of keys; the source is the one without "from".
    return dict(sorted(stored.items(), key=lambda item: ("from" in item[1], item[0])))


def sort_key(name: str, language: str) -> str:
    """ASCII key that sorts bytewise as readers of `language` ("de", "en", "fi") expect."""
    lowered = unicodedata.normalize("NFC", name).casefold().translate(_WHOLE)
    if language == "fi":
        lowered = "".join(_FINNISH_TAIL.get(letter, letter) for letter in lowered)
    plain = unicodedata.normalize("NFKD", lowered)
    letters = [c for c in plain if c.isascii() and (c.isalnum() or c in " {|}")]
    return " ".join("".join(letters).split())


def search_key(text: str) -> str:
    """What is compared when people search: no case, accents or signs; "Muenster" is "Münster".

    Letters of any script stay, so that names are found that have no Latin letter.
    """
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_WHOLE))
    letters = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return _SPELLED_OUT.sub(r"\1", " ".join(letters.split()))
