"""`{% load said %}`: words that keep their language when it is not the language of the page."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from foundation.languages import LocalizedText

register = template.Library()


@register.simple_tag
def said(text: LocalizedText) -> SafeString | str:
    """{% said event.title %}: in the reader's language, else marked for screen readers."""
    here = _here()
    words, language = text.best(here)
    if not words or language == here:
        return words
    return format_html('<span lang="{}">{}</span>', language, words)


@register.simple_tag
def original(text: LocalizedText) -> SafeString | str:
    """{% original event.title %}: the words as given; empty when said shows them."""
    here = _here()
    source = text.source
    if source is None or source == here or not text.get(here):
        return ""
    return format_html('<span lang="{}">{}</span>', source, text.get(source))


@register.filter
def lines(text: LocalizedText) -> list[str]:
    """{% for line in network.goals|lines %}: the lines of a text in the reader's language."""
    return [line.strip() for line in str(text).splitlines() if line.strip()]


def _here() -> str:
    return (get_language() or "de").split("-")[0]
