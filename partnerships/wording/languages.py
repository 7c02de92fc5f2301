"""The languages of an agreement: two or three of equal rank, each released by a named person.

A release holds for the words that were on the screen; whoever changes them voids it.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText, digest_of
from foundation.texts import paragraphs
from foundation.texts.models import Paragraph
from partnerships.models import Agreement, LanguageRelease
from partnerships.wording import clauses, drafts, outline, outline_fi
from partnerships.wording.agreements import cities_of
from partnerships.wording.clauses import TextIsFixed

THIRD = "fi"


class LanguageThere(DomainError):
    """The agreement has this language already, or it never had it."""


class LanguageLags(DomainError):
    """The words of this language are missing or out of date somewhere."""


class WordsMovedOn(DomainError):
    """The words of this language changed after they were shown."""


def add_third_language(agreement: Agreement, *, by: User) -> None:
    """Put the Finnish outline beside the two languages; it counts as translated from the outline.

    Where the first wording was changed meanwhile, the Finnish one is out of date from the start.
    Raises TextIsFixed, LanguageThere.
    """
    with transaction.atomic():
        locked = _open(agreement, by=by)
        if THIRD in locked.languages:
            raise LanguageThere("language-there", _("The agreement has this language already."))
        cities = cities_of(locked.partnership)
        for clause in clauses.clauses_of(locked):
            _translate(clause, cities, by)
        Agreement.objects.filter(pk=locked.pk).update(
            languages=[*locked.languages, THIRD], title=_third(locked.title, outline_fi.TITLE)
        )
        trail.record("agreement.language_added", locked, by=by, language=THIRD)
    agreement.refresh_from_db()


def drop_third_language(agreement: Agreement, *, by: User) -> None:
    """Back to two languages; the Finnish words stay stored. Raises TextIsFixed, LanguageThere."""
    with transaction.atomic():
        locked = _open(agreement, by=by)
        if THIRD not in locked.languages:
            raise LanguageThere("language-not-there", _("The agreement has no such language."))
        kept = [language for language in locked.languages if language != THIRD]
        Agreement.objects.filter(pk=locked.pk).update(languages=kept)
        trail.record("agreement.language_dropped", locked, by=by, language=THIRD)
    agreement.refresh_from_db()


def release_language(
    agreement: Agreement, language: str, *, digest: str, name: str, function: str, by: User
) -> LanguageRelease:
    """`name`, with this function, answers for the words of one language as they were shown.

    Raises TextIsFixed, LanguageThere, LanguageLags, WordsMovedOn.
    """
    with transaction.atomic():
        locked = Agreement.objects.select_for_update().get(pk=agreement.pk)
        _demand_open(locked)
        if language not in locked.languages:
            raise LanguageThere("language-not-there", _("The agreement has no such language."))
        draft = drafts.gather(locked)
        if draft.language_digest(language) != digest:
            raise WordsMovedOn(
                "words-moved-on",
                _("The words changed while you read them. Read them again, then release them."),
            )
        if places := draft.lagging_in(language):
            raise LanguageLags(
                "language-lags",
                _("This language is missing or out of date here: %(places)s.")
                % {"places": ", ".join(places[:5])},
            )
        release = LanguageRelease.objects.create(
            agreement=locked,
            language=language,
            digest=digest,
            name=name.strip(),
            function=function.strip(),
            released_by=by,
        )
        trail.record("agreement.language_released", locked, by=by, language=language, digest=digest)
    return release


def _translate(clause: clauses.Clause, cities: LocalizedText, by: User) -> None:
    heading, words = outline_fi.WORDS.get(clause.slug, ("", ""))
    if not heading or clause.body.get(THIRD):
        return
    Paragraph.objects.filter(pk=clause.paragraph.pk).update(heading=_third(clause.heading, heading))
    if not clause.body:
        return
    body = clause.body
    first = outline.BY_SLUG[clause.slug].text
    if clause.slug == "versions" and all(body.get(key) == text for key, text in first.items()):
        body = LocalizedText.of("de", outline_fi.THREE_LANGUAGES["de"],
                                en=outline_fi.THREE_LANGUAGES["en"])  # fmt: skip
    elif body.get(body.source or "") != _first_wording(clause.slug, body.source, cities):
        # Made from words that stand no more: somebody has to bring it up to date.
        first = {}
    stored = {
        **body.stored,
        THIRD: {"text": words.replace("{cities}", cities.get(THIRD)), "from": ""},
    }
    if first:
        stored[THIRD]["from"] = digest_of(body.get(body.source or ""))
    paragraphs.rewrite(clause.paragraph, LocalizedText(stored), based_on=clause.revision.n, by=by)


def _first_wording(slug: str, language: str | None, cities: LocalizedText) -> str:
    words = outline.BY_SLUG[slug].text.get(language or "", "")
    return words.replace("{cities}", cities.get(language or ""))


def _third(text: LocalizedText, words: str) -> LocalizedText:
    return text if text.get(THIRD) or not text else text.with_text(THIRD, words)


def _open(agreement: Agreement, *, by: User) -> Agreement:
    """The locked agreement; an agreed text falls back to draft, so that cities agree anew."""
    locked = (
        Agreement.objects.select_related("partnership")
        .select_for_update(of=("self",))
        .get(pk=agreement.pk)
    )
    _demand_open(locked)
    if locked.state == Agreement.State.AGREED:
        states.advance(locked, Agreement.State.DRAFT, by=by)
    return locked


def _demand_open(agreement: Agreement) -> None:
    if not agreement.is_open:
        raise TextIsFixed(
            "text-is-fixed",
            _("The text is frozen. Reopen the agreement if it has to change."),
        )
