"""Numbers as people read them: small ones in words, others as figures of their language."""

from typing import Final

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

_WORDS: Final = {
    1: pgettext_lazy("number before a noun", "one"),
    2: _("two"),
    3: _("three"),
    4: _("four"),
    5: _("five"),
    6: _("six"),
    7: _("seven"),
    8: _("eight"),
    9: _("nine"),
    10: _("ten"),
    11: _("eleven"),
    12: _("twelve"),
}


def in_words(number: int) -> str:
    """`number` as a word up to twelve, as figures beyond."""
    return str(_WORDS.get(number, number))


def figure_text(value: float) -> str:
    """1.234,5 as the language writes it; whole numbers without a comma."""
    return number_format(int(value) if value == int(value) else value, use_l10n=True)
