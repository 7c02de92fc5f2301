"""What is asked for is folded as what was written, and a snippet shows the words in their place."""

import re

import pytest
from django.db import connection

from config.pages.search import asking
from config.pages.search.words import MOST_WORDS, fold, snippet, texts_of, trace_of, words_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Straße", "STRASSE"),
        ("Mobilität", "Mobilitaet"),
        ("Jyväskylä", "jyvaskyla"),
        ("D.I.V.", "DIV"),
        ("Mobili\u00adtät", "mobilität"),
        ("AA-2026-03", "aa 2026 03"),
        ("Łódź", "lodz"),
    ],
)
def test_spellings_of_one_word_are_one(one, other):
    assert words_of(one) == words_of(other)


def test_single_letters_and_words_without_a_meaning_drop_out_while_others_remain():
    assert words_of("a b Wasser für Wasser 4/2026") == ["wasser", "4", "2026"]
    assert words_of("für") == ["fur"]
    assert words_of(" … <!> ") == []
    assert len(words_of(" ".join(f"wort{n}" for n in range(90)))) == MOST_WORDS


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    [
        "Die Straße – „Häuser“ am Fluß: Œuvre, ÆØÅ, Łódź & Đorđe",
        "Mobilitaet, neue Quelle, Bauer, Poesie, D.I.V., z.B. e.V.",
        "İstanbul ǅ ﬁn ² ½ Ⅳ naïve Å",
        "Привет, мир! Ёлка · Ελλάδα · مرحبا بالعالم · שלום · 日本語",
        'Zeile\neins\t"zwei" \\ drei / vier \u00ad fünf\u0007',
    ],
)
def test_the_database_folds_as_we_do(text):
    with connection.cursor() as cursor:
        told = asking._folded("jsonb_build_array(%s::text)").replace("%s", "%(text)s")
        cursor.execute(f"SELECT btrim({told})", {"text": text})
        assert cursor.fetchone()[0].split() == fold(text).split()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("Mobilität", "MOBILITAET"),
        ("strasse", "Straße"),
        ("assen", "Maßen"),
        ("aerger", "Ärger"),
        ("arger", "A\u0308rger"),
        ("ubung", "Uebung"),
        ("D.I.V.", "Saal des D.I.V."),
        ("div", "d.i.v."),
        ("div", "DIV"),
        ("odz", "Łódź"),
        ("ossa", "ößa"),
        ("auo", "äüö"),
        ("mobil", "mo\u00adbil"),
        ("4", "4/2026"),
        ("5g", "5G"),
        ("привет", "Привет"),
        ("wasser", "Unterwasserwelt"),
    ],
)
def test_the_trace_leaves_no_text_out_that_has_the_word(asked, text):
    words = words_of(asked)
    with connection.cursor() as cursor:
        cursor.execute("SELECT jsonb_build_array(%s::text)::text ~* %s", [text, trace_of(words)])
        assert cursor.fetchone() == (True,)
    assert words[0] in fold(text)


def test_the_trace_leaves_most_others_out():
    assert re.search(trace_of(["mobilitat"]), "Moos und Boote am See") is None
    assert trace_of(["вода", "wasser"]) == ""


def test_texts_come_in_the_language_of_the_reader_first():
    stored = {"de": {"text": "Ziel"}, "en": {"text": "Goal", "from": "0"}, "fi": {"text": ""}}
    assert texts_of(stored, "en") == [("Goal", "en"), ("Ziel", "de")]
    assert texts_of(stored, "fi") == [("Ziel", "de"), ("Goal", "en")]
    assert texts_of(["Haus", "", None, {}], "de") == [("Haus", "")]
    strength = {
        "kind": "industry",
        "unique": True,
        "text": {"de": "Maschinenbau", "en": "Machines"},
    }
    assert texts_of([[strength]], "en") == [("Machines", "en"), ("Maschinenbau", "de")]


def test_a_snippet_shows_the_word_in_its_sentence_whatever_the_spelling():
    long = "Anfang. " * 30 + "Am Fluss stehen alte Häuser und neue Brücken. " + "Ende. " * 40
    shown, language = snippet([("nichts davon", "de"), (long, "en")], ["hauser"])
    assert language == "en"
    assert "stehen alte Häuser und neue Brücken." in shown
    assert shown.startswith("… ") and shown.endswith(" …") and len(shown) < 220
    assert snippet([("Das Haus am See", "de")], ["hauser"]) == ("Das Haus am See", "de")
    assert snippet([("Nichts\n davon", "")], ["hauser"]) == ("Nichts davon", "")
    assert snippet([], ["hauser"]) == ("", "")
    assert snippet([("x" * 5000, "")], ["xx"])[0] == "x" * 140 + " …"
