"""No private word of a circle leaves its room: every role reads whatever it can, everywhere."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest
from django.apps import apps

from foundation.accounts.models import User
from tests.leaks import fields, walk
from tests.leaks.fields import MANY, PRIVATE, word

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("ground"),
    pytest.mark.req("R114"),
    pytest.mark.req("R126"),
]

# Addresses below which a circle's words could stand.
CLOSE = re.compile(r"/(zirkel|rueckmeldung|ergebnisse|mein|schreibtisch|faden)")
OFFICE = re.compile(CLOSE.pattern + r"|/(postausgang|ausschreibungen|div|verwaltung)/")
# Forms of applicants; a proposal that is begun, and minutes approved, are so for good.
UNOPENED = {"application_code", "application_second", "proposal_begin", "gathering_approve"}
OUTSIDE = (
    "applicant", "member of the other circle", "member of the D.I.V.", "chair of the D.I.V.",
    "former member", "reviewer of applications", "lottery officer", "administrator", "auditor",
    "partner", "reviewer by link", "other reviewer",
)  # fmt: skip
# What is one's own, or shows more to some than to others.
OWN = {
    "my",
    "my_data",
    "desk",
    "my_calendar",
    "account",
    "circle",
    "circle_list",
    "outbox",
    "feedback",
}
NOT_CHOSEN = {"ReviewLink.seed", "ReviewLink.seed and its token", "ReviewLink.token_digest"}


def test_every_text_is_planted_or_public_with_a_reason():
    found = fields.texts()
    assert fields.unknown(found) == []
    known = {*map(str, found), "User.name", "User.email"}
    assert {*map(fields.field_of, PRIVATE), *fields.PUBLIC} - known == set()
    models = {each.__name__ for app in ("circles", "formats")
              for each in apps.get_app_config(app).get_models()}  # fmt: skip
    assert {name for names in fields.ELSEWHERE.values() for name in names} - models == set()


def test_a_text_that_nobody_thought_about_is_named():
    without = {plant: readers for plant, readers in PRIVATE.items() if plant != "Task.note"}
    assert fields.unknown(fields.texts(), private=without) == [
        "Task.note may hold words: plant a canary in it, or say why everybody may read it."
    ]


def test_every_canary_stands_in_its_field(world):
    columns = {str(each): (each.model, each.name) for each in fields.texts()}
    columns |= {f"User.{name}": (User, name) for name in ("name", "email")}
    missing = []
    for plant in set(PRIVATE) - NOT_CHOSEN:
        model, name = columns[fields.field_of(plant)]
        held = [bytes(each).decode() if isinstance(each, memoryview) else str(each)
                for each in model.objects.values_list(name, flat=True)]  # fmt: skip
        if not any(word(plant) in each for each in held):
            missing.append(plant)
    assert missing == []


@pytest.fixture(scope="module")
def walked(world):
    """What was seen by whom, and all places where somebody could read something.

    Whoever is everything outside goes everywhere, the others where something of a circle can be.
    """
    there = walk.places(world)
    seen, answered = walk.crawl(world, MANY, there)
    open_ = set(answered)
    inside = [each for each in there if each in open_ or each.is_plain or OFFICE.match(each.path)]
    found, answered = walk.crawl(world, "office", inside)
    seen, open_ = seen + found, open_ | set(answered)
    seen += walk.crawl(world, "anonymous", [each for each in there if each in open_])[0]
    close = [each for each in there if CLOSE.match(each.path)]
    found, answered = walk.crawl(world, "author", close)
    seen, open_ = seen + found, open_ | set(answered)
    for role in ("member", "chair of the circle"):
        seen += walk.crawl(world, role, [each for each in close if each in open_])[0]
    feedback = [each for each in there if each.route.startswith("feedback")]
    for role in ("reviewer by link", "other reviewer"):
        seen += walk.crawl(world, role, feedback)[0]
    return seen, open_


def test_each_canary_is_read_by_its_readers_and_by_nobody_else(walked):
    seen, _ = walked
    assert walk.leaks(seen) == []
    by_plant = defaultdict(set)
    for each in seen:
        by_plant[each.plant].add(each.role)
    assert {plant: by_plant[plant] for plant in PRIVATE} == PRIVATE


def test_the_walk_opened_every_page_of_the_room(world, walked):
    """A page that the world cannot open would hide its leak."""
    room = {each.route for each in walk.places(world) if each.path.startswith("/zirkel/")}
    assert room - {each.route for each in walked[1]} == UNOPENED


@pytest.mark.parametrize("role", OUTSIDE)
def test_nobody_outside_reads_a_private_word(world, walked, role):
    """Each alone, at one address of each route that shows some to anybody, and at their own."""
    seen, open_ = walked
    paths = {each.place for each in seen}
    there = {each.route: each for each in open_ if each.path in paths or each.route in OWN}
    found, _ = walk.crawl(world, role, there.values())
    assert walk.leaks(found) == []
