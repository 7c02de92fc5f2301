"""The circles of the demonstration: what lies behind us happened before today, and verifies."""

import pytest
from django.utils import timezone

from circles.drawing import draws
from circles.lottery import Declaration, Pool, Rejected, Seed, draw
from circles.models import Application, Draw
from config.demo import body, circles, people

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(ground):
    """The circles of the demonstration, once for all tests of this module."""
    cast = people.load_people()
    _earlier, sessions = body.load_body(cast["otto"])
    orders = body.load_year(sessions, cast["otto"])
    circles.load_circles(orders, sessions, cast)


@pytest.fixture
def drawn(loaded):
    return Draw.objects.get()


def test_the_draw_took_place_in_the_session_before_today(drawn):
    session = drawn.call.meeting
    assert session.state == "held"
    assert drawn.frozen_at < session.starts_at <= drawn.result.drawn_at <= session.ends_at
    assert drawn.result.drawn_at < timezone.now()
    received = drawn.call.applications
    assert received.filter(state=Application.State.QUALIFIED).count() == 231
    assert received.filter(state=Application.State.REJECTED).count() == 9


def drawn_again(files: dict[str, bytes]) -> bytes:
    """The result that follows from the published files of a draw."""
    rejected = files.get("rejected.txt")
    again = draw(
        Pool.from_bytes(files["pool.txt"]),
        Declaration.from_bytes(files["declaration.txt"]),
        Seed.from_bytes(files["seed.txt"]),
        None,
        Rejected.from_bytes(rejected, "rejected.txt") if rejected else None,
    )
    return again.to_bytes()


def test_the_published_files_give_the_same_order_again(drawn):
    files = draws.published_files(drawn)
    assert drawn_again(files) == files["result.txt"]
