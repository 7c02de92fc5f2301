"""What the search finds for whom: sentences of private fields, and only pages that then open."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def search(world, role: str, asked: str, **more):
    return world.client(role).get(reverse("search"), {"q": asked, **more})


def findable(world, role: str, sought: Iterable[str]) -> set[str]:
    """Those canaries that this role finds; names that only come near are no finds."""
    found = set()
    for name in sought:
        answer = search(world, role, world.canaries[name]).context["found"]
        if answer.keys and not answer.is_similar:
            found.add(name)
    return found


# "Kanari-Beschluss" was decided in public; "Kanari-Sitzungsort" is that of a closed session.
OF_EVERYBODY = {"resolution"}
OF_PARTNERS = OF_EVERYBODY | {"lead", "hidden_actor"}
OF_THE_DIV = OF_EVERYBODY | {"session", "vision"}
OF_THE_OFFICE = (
    OF_PARTNERS | OF_THE_DIV | {"call", "draft_forum", "network", "plan", "policy", "result"}
)


# Whoever could find what nobody finds: strangers, the office, and those who see most in secret.
EVERYTHING = {"anonymous", "auditor", "office"}


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("anonymous", OF_EVERYBODY),
        ("citizen", OF_EVERYBODY),
        ("office without factor", OF_EVERYBODY),
        ("circle member", OF_EVERYBODY | {"session"}),
        ("signatory", OF_EVERYBODY | {"lead"}),
        ("partner", OF_PARTNERS),
        ("auditor", OF_PARTNERS),
        ("member", OF_THE_DIV),
        ("office", OF_THE_OFFICE),
    ],
)
def test_private_sentences_are_found_by_their_readers_only(world, role, expected):
    """Applications, people, mails, votes, rooms and reasons are found by nobody at all."""
    sought = world.canaries if role in EVERYTHING else OF_THE_OFFICE
    assert findable(world, role, sought) == expected


@pytest.mark.parametrize("role", ["anonymous", "partner", "member", "office"])
def test_every_hit_opens_for_whoever_found_it(world, role):
    client = world.client(role)
    opened, kinds = set(), set()
    for asked in ("kanari", "der", "2026", "stadt", "idee"):
        first = search(world, role, asked).context
        pages = [first, *(search(world, role, asked, page=n).context for n in (2, 3))]
        for group in (group for page in pages for group in page["groups"]):
            kinds.add(group.name)
            for hit in group.hits:
                if hit.url not in opened:
                    assert client.get(hit.url).status_code == 200, hit
                    opened.add(hit.url)
    assert len(opened) > 20
    assert kinds >= {"partnership", "session", "vision", "order", "circle", "result"}


def test_an_answer_shows_nothing_of_what_it_does_not_find(world):
    page = search(world, "anonymous", "Kanari Leitsatz Entwurf").content.decode()
    for name in ("lead", "vision", "call", "plan", "network"):
        assert world.canaries[name] not in page
