"""Every sentence has a German translation, and the compiled file is today's."""

import re
from functools import cache
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils import translation

from config.messages import all_messages, in_python, in_template

LOCALE = Path(settings.BASE_DIR) / "config" / "locale"
BOOK = LOCALE / "de" / "LC_MESSAGES" / "django.po"
FINNISH = LOCALE / "fi" / "LC_MESSAGES" / "django.po"


@cache
def read(book):
    return polib.pofile(str(book))


@cache
def in_code():
    return all_messages()


def named(entry):
    return f"{entry.msgctxt}\x04{entry.msgid}" if entry.msgctxt else entry.msgid


def test_every_message_is_translated():
    book = {(named(entry), entry.msgid_plural): entry for entry in read(BOOK)}
    missing = [
        f"{place}: {message[0]}"
        for message, place in in_code().items()
        if message not in book or not book[message].translated()
    ]
    assert missing == []


@pytest.mark.parametrize("book", [BOOK, FINNISH], ids=["de", "fi"])
def test_translations_keep_their_placeholders(book):
    wrong = []
    for entry in read(book):
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            for name in set(re.findall(r"%\((\w+)\)", text)):
                if f"%({name})" not in entry.msgid + entry.msgid_plural:
                    wrong.append((entry.msgid, name))
    assert wrong == []


def test_the_compiled_file_is_current():
    compiled = polib.mofile(str(BOOK.with_suffix(".mo")))
    source = read(BOOK)
    assert {(e.msgid, e.msgstr) for e in compiled if not e.msgid_plural} == {
        (e.msgid, e.msgstr) for e in source if e.msgstr and not e.msgid_plural
    }


def test_what_has_no_finnish_yet_is_read_in_english_not_in_german():
    compiled = polib.mofile(str(FINNISH.with_suffix(".mo")))
    finnish = {(named(entry), entry.msgstr) for entry in read(FINNISH)}
    book = {(named(entry), entry.msgstr) for entry in compiled}
    assert finnish - book == {(name, "") for name, text in finnish if not text} - book
    assert len(compiled) == len(in_code())
    with translation.override("fi"):
        assert translation.gettext("Draw pool") == "Draw pool"
        assert translation.gettext("Partnerships") == "Kumppanuudet"


def test_messages_are_found_in_python_and_templates():
    assert list(in_python('_("a"); ngettext("b", "c", n); print("d")')) == [("a", ""), ("b", "c")]
    assert list(in_python('pgettext("date", "j F")')) == [("date\x04j F", "")]
    assert list(
        in_template(
            "{% translate 'x' %}"
            "{% blocktranslate count n=1 %}one{% plural %}{{ n }} many{% endblocktranslate %}"
        )
    ) == [("x", ""), ("one", "%(n)s many")]
