"""A gentle look at how plain a text is: hints for the office, never a gate.

Long sentences, long words and the passive voice are what readers of easy language stumble over
most; the measures are those of common rules for plain German and English.
"""

from __future__ import annotations

import dataclasses
import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from circles.models import Call

LONGEST_SENTENCE = 16
LONGEST_WORD = {"de": 18, "en": 14}
SHOWN_WORDS = 8
MOST = 3  # of each kind for each text: hints are read, lists are not
_SENTENCES = re.compile(r"(?<=[.!?:])\s+|\n+")
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_PASSIVE = {
    # A participle is written small; what begins with a capital is a noun.
    "de": re.compile(
        r"\b(?:[Ww]ird|[Ww]erden|[Ww]urden?|worden)\b(?:[^\w.!?]+\w+){0,16}?[^\w.!?]+"
        r"(?:[a-zäöüß]*ge[a-zäöüß]+(?:t|en)|(?:be|er|ver|zer|ent)[a-zäöüß]+(?:t|en))\b"
    ),
    "en": re.compile(
        r"\b(?:is|are|was|were|been|being|be)\W+(?:\w+ly\W+)?"
        r"(?:\w{2,}ed|given|made|taken|drawn|chosen|sent|written|known|shown|told|held)\b",
        re.IGNORECASE,
    ),
}
NAMES = {
    "question": gettext_lazy("Topic as an everyday question"),
    "task": gettext_lazy("What the circle does"),
    "effort": gettext_lazy("Effort"),
    "not_needed": gettext_lazy("What nobody needs to bring"),
    "allowance": gettext_lazy("Allowance"),
}


@dataclasses.dataclass(frozen=True)
class Hint:
    """Which text, in which language, and what might be said more plainly."""

    where: str
    language: str
    sentence: str


def hints_of(call: Call) -> list[Hint]:
    """Hints on every text and criterion of a call, in the order of its form."""
    texts = [(str(title), getattr(call, name)) for name, title in NAMES.items()]
    texts += [
        (_("Criterion %(n)d") % {"n": n}, each.question)
        for n, each in enumerate(call.criteria.all(), start=1)
    ]
    return [
        Hint(where, language, sentence)
        for where, text in texts
        for language in ("de", "en")
        for sentence in hints(text.get(language), language)
    ]


def hints(text: str, language: str) -> list[str]:
    """What in `text` might be said more plainly, as sentences for its author."""
    sentences = [_WORDS.findall(each) for each in _SENTENCES.split(text)]
    long = [
        _("A long sentence of %(n)d words: “%(begin)s …”. Two short ones are easier to read.")
        % {"n": len(words), "begin": " ".join(words[:SHOWN_WORDS])}
        for words in sentences
        if len(words) > LONGEST_SENTENCE
    ]
    # A hyphen divides a long word already.
    parts = [part for words in sentences for word in words for part in word.split("-")]
    heavy = [word for word in dict.fromkeys(parts) if len(word) > LONGEST_WORD[language]]
    found = long[:MOST]
    if heavy:
        found.append(
            _("Long words: %(words)s. Divide them by hyphens, or say it with short ones.")
            % {"words": ", ".join(heavy[:MOST])}
        )
    passive = [" ".join(each.group().split()) for each in _PASSIVE[language].finditer(text)]
    if passive:
        found.append(
            _("Passive voice: “%(words)s”. Say who does it.")
            % {"words": "”, “".join(passive[:MOST])}
        )
    return found
