"""`{% load told %}`: texts of several languages, with a mark where the reader's own is missing."""

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from foundation.languages import LocalizedText

register = template.Library()


@register.filter
def told(text: LocalizedText) -> SafeString | str:
    """{{ text|told }}: in the reader's language, else in its own, tagged and named."""
    wished = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    words, language = text.best(wished)
    if language == wished or not words:
        return words
    names = {"de": _("in German"), "en": _("in English"), "fi": _("in Finnish")}
    return format_html(
        '<span lang="{}">{}</span> <span class="sb-pre">({})</span>',
        language,
        words,
        names.get(language, language),
    )


@register.simple_tag
def original_of(statement: object) -> str:
    """{% original_of statement as words %}: the words as spoken, if the reader gets a translation.

    `statement` has `text` (of several languages) and `language` (of the original).
    """
    text: LocalizedText = statement.text  # type: ignore[attr-defined]
    spoken: str = statement.language  # type: ignore[attr-defined]
    wished = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    return text.get(spoken) if text.best(wished)[1] != spoken else ""


@register.simple_tag
def label_of(row: object) -> str:
    """{% label_of row as label %}: "§ 3", or the heading in the reader's language.

    `row` has `number` and `cells`, each with `language` and `heading`.
    """
    if number := row.number:  # type: ignore[attr-defined]
        return f"§ {number}"
    wished = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    headings = {cell.language: cell.heading for cell in row.cells}  # type: ignore[attr-defined]
    return headings.get(wished) or next(iter(headings.values()), "")
