"""Is the agreement concrete? Four lamps for what makes it so, and what else a version needs.

Each lamp says why it burns or not, and where to mend it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from foundation.look.numbers import in_words
from partnerships.models import Goal, Party
from partnerships.wording.consolidation import is_outdated
from partnerships.wording.drafts import Draft
from partnerships.wording.translations import texts_of

LANGUAGE_NAMES = {
    "de": gettext_lazy("German"),
    "en": gettext_lazy("English"),
    "fi": gettext_lazy("Finnish"),
}
# The renderer takes 4,000 blocks in all; lists and headings need their share.
MOST_PARAGRAPHS = 2_000
FULL, HALF, EMPTY = "done", "half", "open"


@dataclasses.dataclass(frozen=True)
class Lamp:
    """`key` says what it is about, `place` where exactly to mend it; `level` is a glyph.

    Levels are done, half, open. The place is a clause or a language, as the key asks for.
    """

    key: str
    label: str
    level: str
    reason: str
    place: str = ""

    @property
    def is_lit(self) -> bool:
        return self.level == FULL


def four_lamps(draft: Draft) -> list[Lamp]:
    """Goals, topics, formats, actors: what tells this agreement from a vague one.

    An amendment has those of the clauses that it carries; its base was concrete when signed.
    """
    clauses = {"goals": _goals, "fields": _topics, "formats": _formats, "actors": _actors}
    carried = draft.carried
    return [lamp(draft) for slug, lamp in clauses.items() if carried is None or slug in carried]


def conditions(draft: Draft) -> list[Lamp]:
    """What else must hold before a version is frozen: languages, bodies, signatories."""
    common = [_languages(draft), _released(draft), _council(draft), _signatories(draft)]
    size = _size(draft)
    return [*_amendment(draft), *common, *([] if size.is_lit else [size])]


def unlit(draft: Draft) -> list[Lamp]:
    """All lamps and conditions that stand in the way of a version."""
    return [lamp for lamp in four_lamps(draft) + conditions(draft) if not lamp.is_lit]


def _goals(draft: Draft) -> Lamp:
    total = len(draft.goals)
    complete = [goal for goal in draft.goals if not missing_in(goal)]
    if not total:
        return Lamp("goals", _("Goals"), EMPTY, _("No goal has been set yet."))
    if len(complete) == total:
        reason = ngettext(
            "%(n)s, with strategy, indicator and date.",
            "%(n)s, each with strategy, indicator and date.",
            total,
        )
        return Lamp("goals", _("Goals"), FULL, _first_upper(reason % {"n": in_words(total)}))
    goal = next(goal for goal in draft.goals if missing_in(goal))
    reason = _("“%(goal)s” still lacks: %(what)s.") % {
        "goal": goal.title,
        "what": ", ".join(missing_in(goal)),
    }
    return Lamp("goals", _("Goals"), HALF, reason)


def missing_in(goal: Goal) -> list[str]:
    """What a goal lacks to be concrete, in words."""
    wanted = [
        (goal.strategy, _("strategy")),
        (goal.indicator, _("indicator")),
        (goal.unit, _("unit")),
        (goal.target is not None, _("target value")),
        (goal.due_on, _("date")),
    ]
    return [word for present, word in wanted if not present]


def _topics(draft: Draft) -> Lamp:
    adopted = len(draft.adopted)
    if adopted:
        reason = ngettext("%(n)s adopted.", "%(n)s adopted.", adopted) % {"n": in_words(adopted)}
        return Lamp("topics", _("Topics"), FULL, _first_upper(reason))
    if draft.foci:
        reason = _("%(n)s under discussion, none adopted.") % {"n": in_words(len(draft.foci))}
        return Lamp("topics", _("Topics"), HALF, _first_upper(reason))
    return Lamp("topics", _("Topics"), EMPTY, _("No shared topic has been named yet."))


def _formats(draft: Draft) -> Lamp:
    rhythmic = [form for form in draft.formats if form.per_year]
    loose = len(draft.formats) - len(rhythmic)
    if not draft.formats:
        return Lamp("formats", _("Formats"), EMPTY, _("No format of exchange has been named yet."))
    if not rhythmic:
        return Lamp("formats", _("Formats"), HALF, _("None of the formats has a rhythm yet."))
    if loose:
        reason = _("With a rhythm: %(n)d, without: %(m)d.") % {"n": len(rhythmic), "m": loose}
    else:
        reason = _("With a rhythm: %(n)d.") % {"n": len(rhythmic)}
    return Lamp("formats", _("Formats"), FULL, reason)


def _actors(draft: Draft) -> Lamp:
    present = {place.party_id for place in draft.participations}
    absent = [party for party in draft.parties if party.pk not in present]
    if not absent:
        n = len(draft.participations)
        reason = ngettext("%(n)s, from both sides.", "%(n)s, from both sides.", n)
        return Lamp("actors", _("Actors"), FULL, _first_upper(reason % {"n": in_words(n)}))
    level = HALF if present else EMPTY
    reason = _("Nobody is named yet for %(cities)s.") % {"cities": _names(absent)}
    return Lamp("actors", _("Actors"), level, reason)


def _languages(draft: Draft) -> Lamp:
    label = _("Languages")
    for clause in draft.clauses:
        if lagging := clause.lagging(draft.languages):
            reason = _("§ %(number)d “%(heading)s”: %(languages)s is missing or out of date.") % {
                "number": clause.number,
                "heading": clause.heading,
                "languages": _spoken(lagging),
            }
            return Lamp("languages", label, HALF, reason, clause.slug)
    for each in texts_of(draft):
        if lagging := [language for language in draft.languages if each.lags(language)]:
            reason = _("%(place)s: %(languages)s is missing or out of date.") % {
                "place": each.place,
                "languages": _spoken(lagging),
            }
            return Lamp("translations", label, HALF, reason, lagging[0])
    reason = _("Every text is there in every language and up to date.")
    return Lamp("languages", label, FULL, reason)


def _released(draft: Draft) -> Lamp:
    label = _("Languages released")
    absent = [each for each in draft.languages if draft.release_of(each) is None]
    if not absent:
        reason = _("A named person answers for each language.")
        return Lamp("released", label, FULL, reason)
    level = HALF if len(absent) < len(draft.languages) else EMPTY
    reason = _("Somebody has to read and release: %(languages)s.") % {"languages": _spoken(absent)}
    return Lamp("released", label, level, reason, absent[0])


def _spoken(languages: Sequence[str]) -> str:
    return ", ".join(str(LANGUAGE_NAMES.get(each, each)) for each in languages)


def _amendment(draft: Draft) -> list[Lamp]:
    """Whether an amendment changes something, and whether its base still reads as it did."""
    if draft.base is None:
        return []
    carried = draft.carried or set()
    changes = _("Changes")
    if carried:
        n = len(carried)
        reason = ngettext("%(n)s clause changes.", "%(n)s clauses change.", n)
        lamps = [Lamp("changes", changes, FULL, _first_upper(reason % {"n": in_words(n)}))]
    else:
        lamps = [Lamp("changes", changes, EMPTY, _("No clause reads differently yet."))]
    if is_outdated(draft.agreement):
        reason = _("The base was changed meanwhile. Build on its newest text.")
        lamps.append(Lamp("base", _("Base"), EMPTY, reason))
    return lamps


def _size(draft: Draft) -> Lamp:
    """All texts together must fit into one document, which is told before it is made."""
    label = _("Length")
    counted = [
        (clause, sum(text.get("text", "").count("\n") + 1 for text in clause.body.stored.values()))
        for clause in draft.clauses
    ]
    total = sum(count for _clause, count in counted)
    if total <= MOST_PARAGRAPHS:
        return Lamp("size", label, FULL, _("Fits into one document."))
    longest = max(counted, key=lambda pair: pair[1])[0]
    reason = _(
        "%(n)d paragraphs are too many for one document; at most %(limit)d. Shorten § %(at)d."
    )
    return Lamp(
        "size",
        label,
        EMPTY,
        reason % {"n": total, "limit": MOST_PARAGRAPHS, "at": longest.number},
        longest.slug,
    )


def _council(draft: Draft) -> Lamp:
    named = {reference.party_id for reference in draft.council}
    absent = [party for party in draft.parties if party.pk not in named]
    if not absent:
        reason = _("Every city names a decision or reserves it.")
        return Lamp("council", _("Councils"), FULL, reason)
    reason = _("Enter the decision of the council, or its express reservation, for %(cities)s.")
    level = HALF if named else EMPTY
    return Lamp("council", _("Councils"), level, reason % {"cities": _names(absent)})


def _signatories(draft: Draft) -> Lamp:
    named = {signatory.party_id for signatory in draft.signatories}
    absent = [party for party in draft.parties if party.pk not in named]
    if not absent:
        return Lamp("signatories", _("Signatories"), FULL, _("Every city has named who signs."))
    reason = _("Name who signs for %(cities)s.") % {"cities": _names(absent)}
    return Lamp("signatories", _("Signatories"), HALF if named else EMPTY, reason)


def _names(parties: Sequence[Party]) -> str:
    return ", ".join(str(party) for party in parties)


def _first_upper(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
