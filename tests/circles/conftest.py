"""A call on its way to the seats: closed, frozen, declared, thrown, drawn."""

import datetime as dt
import secrets

import pytest
from django.utils import timezone

from circles.drawing import declarations, draws, freezing, records, values
from circles.models import Call, Circle, Declaration, DrawResult
from circles.reviewing import reviews
from foundation.accounts.proof import Proof
from foundation.effects import work
from foundation.effects.models import Effect
from foundation.mail.models import OutgoingMail
from tests.circles.deciding import adopt_rules
from tests.circles.factories import (
    circle_at_work,
    close_call,
    make_application,
    make_call,
    make_circle,
    qualify,
)
from tests.circles.results import adopted
from tests.conftest import player

DAY = dt.timedelta(days=1)
ROOM = {
    "chair": "Vera Vorsitz",
    "minute_taker": "Otto Amtmann",
    "throwers": ["Eins", "Zwei", "Drei", "Vier"],
    "witnesses": ["Ina Zeugin", "Ulf Zeuge"],
}


def proof_of(user) -> Proof:
    return Proof(user_id=user.pk, factor="totp", at=timezone.now())


def tell_rejected(*, days_ago: float) -> None:
    """The letters of rejection were printed that long ago."""
    OutgoingMail.objects.filter(kind="application_rejected").update(
        to="", printed_at=timezone.now() - days_ago * DAY
    )


def dice(count: int = 20) -> str:
    return "".join(str(1 + secrets.randbelow(6)) for _ in range(count))


@pytest.fixture(scope="module")
def circle_ground(ground):
    """A circle with fifteen free seats, once for all tests of a module that names this."""
    return make_circle(player("Otto")).pk


@pytest.fixture(scope="module")
def adopted_ground(ground):
    """A circle that adopted a proposal, once for all tests of a module that names this."""
    return adopted(player("Otto")).pk


@pytest.fixture
def circle(circle_ground):
    return Circle.objects.get(pk=circle_ground)


@pytest.fixture(scope="module")
def open_ground(ground):
    """A call of the office that is open, once for all tests of a module that names this."""
    return make_call(player("Otto")).pk


@pytest.fixture
def call(open_ground):
    return Call.objects.get(pk=open_ground)


def make_closed_call(otto, rita, **fields) -> Call:
    """Seven qualified people, one rejected, the deadline passed; a demonstration."""
    call = make_call(otto, draw_id="demo-test", **fields)
    people = [make_application(call) for _ in range(8)]
    for application in people[:7]:
        qualify(application, otto, rita)
    criterion = call.criteria.get(code="wohnort")
    for reviewer in (otto, rita):
        reviews.review(people[7], unmet={criterion: "wohnt woanders"}, by=reviewer)
    Effect.objects.filter(queue="pdf").delete()  # their receipts are proved elsewhere
    tell_rejected(days_ago=8)
    return close_call(call)


@pytest.fixture(scope="module")
def closed_ground(ground):
    """The closed call and who draws from it, once for all tests of a module that names this."""
    otto, rita, *_ = map(player, ("Otto", "Rita", "Leo", "Vera"))
    return make_closed_call(otto, rita).pk


@pytest.fixture
def closed_call(request, otto, rita):
    if "closed_ground" in request.fixturenames:
        return Call.objects.get(pk=request.getfixturevalue("closed_ground"))
    return make_closed_call(otto, rita)


@pytest.fixture
def frozen(closed_call, leo, vera):
    """The pool is closed; whoever is to act on it has had a role before."""
    return freezing.freeze(closed_call, all_typed=True, by=leo, proof=proof_of(leo))


@pytest.fixture
def declared(frozen, leo, vera):
    return declare(frozen, leo, vera)


def declare(frozen, leo, vera) -> Declaration:
    """Dice only, confirmed by a second person, a day later by the simulated clock."""
    declaration = declarations.propose(frozen, drand_at=None, by=leo, proof=proof_of(leo))
    declarations.confirm(declaration, by=vera, proof=proof_of(vera))
    Call.objects.filter(pk=frozen.call_id).update(clock_ahead=DAY + dt.timedelta(seconds=5))
    records.write(frozen, **ROOM, began_at=timezone.now(), by=leo)
    declaration.refresh_from_db()
    return declaration


@pytest.fixture
def thrown(declared, leo, vera):
    return throw(declared, leo, vera)


def throw(declared, leo, vera) -> Declaration:
    values.enter(declared, "16253416253416253412", by=leo)
    values.enter(declared, "1625 3416 2534 1625 3412", by=vera)
    return declared


@pytest.fixture
def drawn(request):
    if "drawn_ground" in request.fixturenames:
        return DrawResult.objects.get(pk=request.getfixturevalue("drawn_ground"))
    return draw(request.getfixturevalue("thrown"), request.getfixturevalue("leo"))


def draw(thrown, leo) -> DrawResult:
    draws.request_draw(thrown.draw, by=leo, proof=proof_of(leo))
    assert work.drain("draw") == 1
    return DrawResult.objects.get(draw=thrown.draw)


@pytest.fixture(scope="module")
def drawn_ground(closed_ground):
    """The closed call drawn, for modules whose tests all begin after the draw."""
    leo, vera = player("Leo"), player("Vera")
    frozen = freezing.freeze(
        Call.objects.get(pk=closed_ground), all_typed=True, by=leo, proof=proof_of(leo)
    )
    return draw(throw(declare(frozen, leo, vera), leo, vera), leo).pk


@pytest.fixture(scope="module")
def rules_ground(ground):
    """Ten members who have adopted their rules, once for all tests here."""
    circle = circle_at_work(player("Otto"))
    adopt_rules(circle, player("Otto"))
    return circle.pk


@pytest.fixture
def plain_console(monkeypatch):
    """A console that says how it is: else argparse looks for its translations at each call."""
    monkeypatch.setenv("LANGUAGE", "C")
    monkeypatch.setenv("COLUMNS", "80")
