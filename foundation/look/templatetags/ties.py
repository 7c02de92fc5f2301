"""`{% load ties %}`: the drawing of who works with whom; the page lists every tie in words."""

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext

from foundation.look.figures import ties

register = template.Library()


@register.simple_tag
def tie_figure(links: Sequence[tuple[str, str, str]]) -> SafeString:
    """{% tie_figure links %}: lines of (name, topic, name); the list below is yours."""
    people = len({link[0] for link in links} | {link[2] for link in links})
    sentence = ngettext(
        "Network of %(n)d actor; the list below names every tie.",
        "Network of %(n)d actors; the list below names every tie.",
        people,
    ) % {"n": people}
    drawing = ties.ties(links, sentence) if links else ""
    return mark_safe(drawing)  # noqa: S308 - drawn by our own pen, which escapes every word
