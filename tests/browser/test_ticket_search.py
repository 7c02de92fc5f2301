"""“Is my ticket in?” searches the reader's own copy of the pool; no request carries the ticket."""

import pytest

from circles import lottery
from circles.drawing.tickets import short_ticket

pytestmark = pytest.mark.browser

PAGE = "/auslosung/demo-offene-sensordaten/"
ANSWER = "[data-answer]"


def ask(page, ticket: str) -> str:
    page.fill("#ticket", ticket)
    page.press("#ticket", "Enter")
    page.locator(f"{ANSWER}:not(:empty)").wait_for()
    return page.inner_text(ANSWER)


@pytest.fixture
def search(visit):
    visitor = visit("", "en")
    visitor.open(PAGE)
    return visitor


def test_a_drawn_ticket_is_found_with_its_place(search, scene):
    result = lottery.Result.from_bytes(bytes(scene.drawn.draw.result.result_txt))
    assert ask(search.page, short_ticket(result.order[6])) == (
        "This ticket is in the pool. Place in the order: 7"
    )
    assert search.complaints == []


def test_small_letters_and_blanks_do_not_matter(search, scene):
    result = lottery.Result.from_bytes(bytes(scene.drawn.draw.result.result_txt))
    typed = short_ticket(result.order[0]).lower().replace("-", " ")
    assert ask(search.page, typed).endswith("order: 1")


def test_a_strange_ticket_is_not_found(search):
    assert ask(search.page, "0000-0000").startswith("This ticket is not in the pool")


def test_half_a_ticket_is_asked_for_the_rest(search):
    assert ask(search.page, "A649") == "Please type at least eight characters of your ticket."


def test_no_address_ever_carries_the_ticket(search, scene):
    asked = []
    search.page.on("request", lambda request: asked.append(request.url))
    result = lottery.Result.from_bytes(bytes(scene.drawn.draw.result.result_txt))
    ask(search.page, short_ticket(result.order[0]))
    files = [url.rpartition("/")[2] for url in asked if not url.endswith("favicon.svg")]
    assert files == ["pool.txt", "result.txt"]
