"""A call on its way to the seats: closed, frozen, declared, thrown, drawn."""

import datetime as dt
import secrets

import pytest
from django.utils import timezone

from circles.drawing import declarations, draws, freezing, records, values
from circles.models import Call, DrawResult
from circles.reviewing import reviews
from foundation.accounts.models import Role
from foundation.accounts.proof import Proof
from foundation.effects import work
from foundation.effects.models import Effect
from foundation.mail.models import OutgoingMail
from tests.circles.factories import close_call, make_application, make_call, qualify
from tests.conftest import make_user

DAY = dt.timedelta(days=1)
ROOM = {
    "chair": "Vera Vorsitz",
    "minute_taker": "Otto Amtmann",
    "throwers": ["Eins", "Zwei", "Drei", "Vier"],
    "witnesses": ["Ina Zeugin", "Ulf Zeuge"],
}


@pytest.fixture
def vera(db):
    return make_user("Vera", Role.CHAIR, factor=True)


def proof_of(user) -> Proof:
    return Proof(user_id=user.pk, factor="totp", at=timezone.now())


def tell_rejected(*, days_ago: float) -> None:
    """The letters of rejection were printed that long ago."""
    OutgoingMail.objects.filter(kind="application_rejected").update(
        to="", printed_at=timezone.now() - days_ago * DAY
    )


def dice(count: int = 20) -> str:
    return "".join(str(1 + secrets.randbelow(6)) for _ in range(count))


@pytest.fixture
def closed_call(otto, rita):
    """Seven qualified people, one rejected, the deadline passed; a demonstration."""
    call = make_call(otto, draw_id="demo-test")
    people = [make_application(call) for _ in range(8)]
    for application in people[:7]:
        qualify(application, otto, rita)
    criterion = call.criteria.get(code="wohnort")
    for reviewer in (otto, rita):
        reviews.review(people[7], unmet={criterion: "wohnt woanders"}, by=reviewer)
    Effect.objects.filter(queue="pdf").delete()  # their receipts are proved elsewhere
    tell_rejected(days_ago=8)
    return close_call(call)


@pytest.fixture
def frozen(closed_call, leo):
    return freezing.freeze(closed_call, all_typed=True, by=leo, proof=proof_of(leo))


@pytest.fixture
def declared(frozen, leo, vera):
    """Dice only, confirmed by a second person, a day later by the simulated clock."""
    declaration = declarations.propose(frozen, drand_at=None, by=leo, proof=proof_of(leo))
    declarations.confirm(declaration, by=vera, proof=proof_of(vera))
    Call.objects.filter(pk=frozen.call_id).update(clock_ahead=DAY + dt.timedelta(seconds=5))
    records.write(frozen, **ROOM, began_at=timezone.now(), by=leo)
    declaration.refresh_from_db()
    return declaration


@pytest.fixture
def thrown(declared, leo, vera):
    values.enter(declared, "16253416253416253412", by=leo)
    values.enter(declared, "1625 3416 2534 1625 3412", by=vera)
    return declared


@pytest.fixture
def drawn(thrown, leo):
    draws.request_draw(thrown.draw, by=leo, proof=proof_of(leo))
    assert work.drain("draw") == 1
    return DrawResult.objects.get(draw=thrown.draw)
