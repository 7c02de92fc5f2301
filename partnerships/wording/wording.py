"""How words in several languages change: who was changed leads, who was left alone lags behind."""

from __future__ import annotations

from collections.abc import Mapping

from foundation.languages import LocalizedText, digest_of


def reworded(
    body: LocalizedText, words: Mapping[str, str], *, still_fits: bool = False
) -> LocalizedText:
    """`body` with new words; whichever language was changed alone becomes the source.

    The other languages then count as translations of the old source, hence as outdated, unless
    they were changed too or `still_fits` says that they are right as they are.
    """
    clean = {language: text.replace("\r\n", "\n").strip() for language, text in words.items()}
    changed = [language for language, text in clean.items() if text != body.get(language)]
    if not changed and not still_fits:
        return body
    texts = {language: body.get(language) for language in body.stored} | clean
    texts = {language: text for language, text in texts.items() if text}
    if not texts:
        return LocalizedText()
    source = _source(body, texts, changed)
    stored: dict[str, dict[str, str]] = {source: {"text": texts.pop(source)}}
    for language, text in texts.items():
        if language in changed or still_fits:
            made_from = digest_of(stored[source]["text"])
        else:
            made_from = _made_from(body, language, source)
        stored[language] = {"text": text, "from": made_from}
    return LocalizedText(stored)


def _source(body: LocalizedText, texts: Mapping[str, str], changed: list[str]) -> str:
    """The old source while it still leads, else the first language that was changed.

    Whoever only brings up a language that lagged behind does not take the lead.
    """
    old = body.source
    catching_up = all(not body.get(each) or body.outdated(each) for each in changed)
    if old is not None and old in texts and (old in changed or catching_up):
        return old
    return next((language for language in changed if language in texts), next(iter(texts)))


def _made_from(body: LocalizedText, language: str, source: str) -> str:
    """The digest of the source that an untouched language was last made to fit."""
    if body.source == source:
        return body.stored.get(language, {}).get("from", "")
    # The source moves: an untouched language fitted the old words of the new source, if at all.
    fitted = language == body.source and not body.outdated(source)
    return digest_of(body.get(source)) if fitted else ""
