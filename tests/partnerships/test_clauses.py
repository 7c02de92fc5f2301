"""Words in two languages: which lags behind, what is too long, and that mark-up stays text."""

import pytest

from foundation.documents.rendering import TextBeyondLimits
from foundation.languages import LocalizedText
from foundation.texts.paragraphs import ParagraphChanged
from partnerships.signing import rendering
from partnerships.wording import clauses, outline, versions
from partnerships.wording.clause_items import items_of
from partnerships.wording.wording import reworded
from tests.partnerships.factories import agree_by_all, both, proof_of

OLD = both("alt", "old")


@pytest.mark.parametrize(
    ("words", "outdated"),
    [
        ({"de": "alt", "en": "old"}, []),
        ({"de": "neu", "en": "old"}, ["en"]),
        ({"de": "alt", "en": "new"}, ["de"]),
        ({"de": "neu", "en": "new"}, []),
    ],
)
def test_the_language_that_was_left_alone_lags_behind(words, outdated):
    text = reworded(OLD, words)
    assert {language: text.get(language) for language in words} == words
    assert [language for language in ("de", "en") if text.outdated(language)] == outdated


def test_somebody_may_say_that_the_other_language_still_fits():
    lagging = reworded(OLD, {"de": "neu", "en": "old"})
    assert not reworded(lagging, {"de": "neu", "en": "old"}, still_fits=True).outdated("en")


def test_catching_up_ends_the_lag():
    lagging = reworded(OLD, {"de": "alt", "en": "new"})
    assert not reworded(lagging, {"de": "neu", "en": "new"}).outdated("de")


def test_an_emptied_text_is_empty_altogether():
    assert reworded(OLD, {"de": "", "en": ""}) == LocalizedText()
    assert reworded(LocalizedText(), {"de": "", "en": "new"}).source == "en"


def test_the_outline_is_the_same_in_both_languages():
    assert [clause.number for clause in outline.CLAUSES] == list(range(22))
    for clause in outline.CLAUSES:
        assert all(clause.heading[language] for language in outline.LANGUAGES)
        assert all(clause.text[language] for language in outline.LANGUAGES)


def test_two_people_do_not_overwrite_each_other(draft, otto, paula):
    clause = clauses.clause_of(draft, "preamble")
    clauses.rewrite_clause(draft, clause, {"de": "A", "en": "A"}, based_on=1, by=paula)
    with pytest.raises(ParagraphChanged) as refusal:
        clauses.rewrite_clause(draft, clause, {"de": "B", "en": "B"}, based_on=1, by=otto)
    assert refusal.value.theirs.body.get("de") == "A"


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("x" * 6001, clauses.ClauseTooLong),
        ("", clauses.ClauseEmpty),
        ("<div>" * 200, TextBeyondLimits),
        ("Drache \U0001f409", TextBeyondLimits),
    ],
)
def test_texts_that_could_not_be_printed_are_refused_at_once(draft, otto, text, refusal):
    clause = clauses.clause_of(draft, "preamble")
    with pytest.raises(refusal):
        clauses.rewrite_clause(draft, clause, {"de": text, "en": "x"}, based_on=1, by=otto)


def test_markup_and_file_addresses_are_shown_as_text(draft, otto, bruno, paula, tmp_path):
    bait = tmp_path / "bait.txt"
    bait.write_text("CANARY-IN-A-FILE")
    evil = (
        f'<link rel=attachment href="file://{bait}"><img src="http://127.0.0.1:9/x.png">'
        "<b>fett</b> {{ 7 }} &amp;"
    )
    clause = clauses.clause_of(draft, "preamble")
    clauses.rewrite_clause(draft, clause, {"de": evil, "en": evil}, based_on=1, by=otto)
    agree_by_all(draft, bruno, paula)
    version = versions.freeze(draft, by=otto, proof=proof_of(otto))
    page = rendering.page_of(version, version.data)
    assert "<b>fett</b>" not in page
    assert "&lt;b&gt;fett&lt;/b&gt; {{ 7 }} &amp;amp;" in page
    pdf = rendering.render(version)
    assert b"CANARY-IN-A-FILE" not in pdf
    assert rendering.render(version) == pdf  # the same version prints the same bytes


@pytest.mark.parametrize(
    ("per_year", "words"),
    [(1, ("einmal", "once")), (2, ("zweimal", "twice")), (4, ("4 Mal", "4 times"))],
)
def test_a_rhythm_is_said_as_people_say_it(per_year, words):
    data = {"formats": [{"name": {"de": "Runde", "en": "Round"}, "per_year": per_year}]}
    said = [items_of("formats", data, language)[0].lines[0] for language in ("de", "en")]
    assert said == [f"{words[0]} im Jahr", f"{words[1]} a year"]
