"""The draw in the hall: what is seen at which moment, the same for everybody, never a name."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from circles.drawing import declarations, live, values
from circles.drawing.tickets import short_ticket
from circles.models import Call, Declaration, Draw, DrawResult
from tests.circles.conftest import proof_of

pytestmark = pytest.mark.usefixtures("closed_ground")
DAY = dt.timedelta(days=1)
DICE = "16253416253416253412"


@pytest.fixture
def look(client):
    def get(draw, **headers):
        address = reverse("draw_live", args=[draw.call.draw_id])
        return client.get(address, headers={"accept-language": "en", **headers})

    return get


def seen(draw) -> live.Stage:
    return live.stage_of(Draw.objects.select_related("call").get(pk=draw.pk))


def set_clock(draw, ahead: dt.timedelta) -> None:
    Call.objects.filter(pk=draw.call_id).update(clock_ahead=ahead)


def test_a_closed_pool_waits_for_its_declaration(frozen, leo, vera):
    assert (seen(frozen).phase, seen(frozen).throws) == ("undeclared", [])
    declaration = declarations.propose(frozen, drand_at=None, by=leo, proof=proof_of(leo))
    assert seen(frozen).phase == "undeclared", "a proposal is not public"
    declarations.confirm(declaration, by=vera, proof=proof_of(vera))
    stage = seen(frozen)
    assert stage.phase == "waiting"
    assert DAY.total_seconds() - 60 < stage.left <= DAY.total_seconds()
    assert re.fullmatch(r"2[34]:\d\d:\d\d", stage.count)


@pytest.mark.req("R121")
def test_no_digit_is_seen_before_two_people_agree(look, declared, leo, vera):
    assert seen(declared.draw).throws == ["open"] * 20
    values.enter(declared, DICE, by=leo)
    assert seen(declared.draw).throws == ["pending"] * 20
    page = look(declared.draw).content.decode()
    assert DICE not in page and " ".join(DICE) not in page
    assert "20 throws wait for the second entry." in page
    values.enter(declared, DICE, by=vera)
    stage = seen(declared.draw)
    assert (stage.phase, stage.throws) == ("thrown", [int(digit) for digit in DICE])


def test_with_a_beacon_the_hall_counts_down_to_cut_off_and_beacon(frozen, leo, vera):
    at = frozen.frozen_at + 2 * DAY
    declaration = declarations.propose(frozen, drand_at=at, by=leo, proof=proof_of(leo))
    declarations.confirm(declaration, by=vera, proof=proof_of(vera))
    set_clock(frozen, 2 * DAY - dt.timedelta(minutes=10))
    stage = seen(frozen)
    assert (stage.phase, stage.until) == ("dice", Declaration.objects.get().cut_off_at)
    assert 500 <= stage.left <= 600
    assert re.fullmatch(r"[89]:\d\d", stage.count)
    set_clock(frozen, 2 * DAY + dt.timedelta(minutes=1))
    assert seen(frozen).phase == "late"


def test_a_beacon_that_is_late_is_awaited_and_not_computed(frozen, leo, vera):
    at = frozen.frozen_at + 2 * DAY
    declaration = declarations.propose(frozen, drand_at=at, dice=0, by=leo, proof=proof_of(leo))
    declarations.confirm(declaration, by=vera, proof=proof_of(vera))
    assert seen(frozen).phase == "beacon"
    set_clock(frozen, 2 * DAY + dt.timedelta(minutes=1))
    assert seen(frozen).phase == "due"


def test_place_after_place_appears_and_everybody_sees_the_same(look, drawn):
    draw, order = drawn.draw, [place.ticket for place in drawn.draw.places.all()]
    begun = timezone.now() + draw.call.clock_ahead - drawn.drawn_at
    set_clock(draw, draw.call.clock_ahead - begun)
    first = seen(draw)
    assert (first.shown, first.is_over) == (1, False)
    assert first.places == [(1, short_ticket(order[0])), (2, ""), (3, ""), (4, ""), (5, "")]
    set_clock(draw, draw.call.clock_ahead - begun + dt.timedelta(seconds=9))
    assert seen(draw).shown == 3
    set_clock(draw, draw.call.clock_ahead - begun + dt.timedelta(seconds=17))
    whole = seen(draw)
    assert whole.is_over
    assert [ticket for _n, ticket in whole.places] == [short_ticket(one) for one in order[:5]]
    page = look(draw).content.decode()
    assert "live.js" not in page and "refresh" not in page
    result = DrawResult.objects.get()
    assert all(result.result_sha256[at : at + 8] in page for at in range(0, 64, 8))
    for application in draw.call.applications.all():
        assert application.name not in page and application.email not in page


def test_nothing_new_is_told_in_one_word(look, declared, leo):
    page = look(declared.draw)
    assert 'http-equiv="refresh"' in page.content.decode(), "it follows without a script, too"
    assert len(page.content) <= 15_000
    tag = {"if-none-match": page["ETag"]}
    assert look(declared.draw, **tag).status_code == 304
    values.enter(declared, DICE, by=leo)
    assert look(declared.draw, **tag).status_code == 200


@pytest.mark.parametrize("state", ["frozen", "declared", "thrown", "drawn"])
def test_the_hall_costs_few_queries(request, look, state, django_assert_max_num_queries):
    made = request.getfixturevalue(state)
    draw = made if isinstance(made, Draw) else made.draw
    with django_assert_max_num_queries(8):
        page = look(draw)
    with django_assert_max_num_queries(6):
        assert look(draw, **{"if-none-match": page["ETag"]}).status_code == 304
