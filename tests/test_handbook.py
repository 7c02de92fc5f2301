"""The handbook tells the truth: its addresses, labels, links, pictures and commands exist."""

import re
from functools import cache
from pathlib import Path

import polib
import pytest
from django.core.management import get_commands
from django.urls import URLPattern, get_resolver
from django.utils.text import slugify

from launch.commands import COMMANDS

ROOT = Path(__file__).parents[1]
BOOK = ROOT / "docs" / "handbook"
PAGES = sorted(BOOK.glob("*.md"))
LABEL = re.compile(r"\*\*„(.+?)“\*\*", re.S)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)")
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
COMMAND = re.compile(r"python3 portal (\w+)(?: (\w+))?")
MOST_LINES, MOST_BYTES, MOST_WIDTH = 200, 150_000, 150


@cache
def _text(page):
    return page.read_text(encoding="utf-8")


def _routes(patterns, before=""):
    for each in patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield "/" + re.sub(r"<[^>]*>", "<>", route)
        else:
            yield from _routes(each.url_patterns, route)


@cache
def _addresses():
    return frozenset(_routes(get_resolver().url_patterns))


def _shape(words):
    """What two sayings of one label have in common: no placeholders, no breaks of lines."""
    return " ".join(re.sub(r"…|" + PLACEHOLDER.pattern, "…", words).split())


@cache
def _labels():
    """Everything that pages say in German, by the catalogue."""
    said = set()
    catalogue = polib.pofile(str(ROOT / "config/locale/de/LC_MESSAGES/django.po"))
    for entry in (each for each in catalogue if not each.obsolete):
        said.update(_shape(words) for words in [entry.msgstr, *entry.msgstr_plural.values()])
    return frozenset(said)


def _is_said(label):
    """Whether a page says this: a whole message, or the beginning of one when it ends with …"""
    shape = _shape(label)
    if shape in _labels():
        return True
    beginning = shape.removesuffix("…").rstrip()
    return beginning != shape and any(each.startswith(beginning) for each in _labels())


@cache
def _anchors(page):
    heads = re.findall(r"^#+ (.+)$", _text(page), re.M)
    return frozenset(slugify(re.sub(r"[*`„“]", "", head), allow_unicode=True) for head in heads)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_addresses_exist(page):
    named = re.findall(r"`(/[^`\s]*)`", _text(page))
    unknown = [each for each in named if re.sub(r"<[^>]*>", "<>", each) not in _addresses()]

    assert unknown == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_labels_are_said_by_the_pages(page):
    assert [each for each in LABEL.findall(_text(page)) if not _is_said(each)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_pictures_lead_somewhere(page):
    lost = []
    for target in LINK.findall(_text(page)):
        name, _, anchor = target.partition("#")
        there = (page.parent / name).resolve() if name else page
        if not there.is_file() or (anchor and anchor not in _anchors(there)):
            lost.append(target)
    for words, target in PICTURE.findall(_text(page)):
        there = page.parent / target
        if not words or not there.is_file() or there.stat().st_size > MOST_BYTES:
            lost.append(target)

    assert lost == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_exist(page):
    for word, inner in COMMAND.findall(_text(page)):
        assert word in COMMANDS
        assert word != "manage" or inner in get_commands()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pages_are_short_enough_to_be_read(page):
    lines = _text(page).splitlines()
    wide = [line for line in lines if len(line) > MOST_WIDTH and not line.startswith(("|", "!"))]

    assert (len(lines) <= MOST_LINES, wide) == (True, [])


def test_the_signpost_leads_to_every_page_and_every_picture_is_shown():
    led_to = {target.partition("#")[0] for target in LINK.findall(_text(BOOK / "README.md"))}
    shown = {target for page in PAGES for _, target in PICTURE.findall(_text(page))}

    assert {page.name for page in PAGES} - {"README.md"} == led_to
    assert {f"bilder/{picture.name}" for picture in (BOOK / "bilder").iterdir()} == shown
