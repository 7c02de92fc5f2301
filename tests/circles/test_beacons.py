"""Beacons: fetched or pasted, checked always, never before their time, and what stands in."""

import datetime as dt
import http.server
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from circles import lottery
from circles.drawing import beacons, declarations, drand, draws, fallbacks, records, relays, values
from circles.models import Beacon, BeaconSight, Call, Declaration, DrawResult, FallbackEntry
from foundation.effects import work
from foundation.effects.models import Effect
from foundation.posting.once import FIELD
from tests.circles.beacons import own_public_key, signature_of
from tests.circles.conftest import ROOM, dice, proof_of
from tests.circles.los1_vector import SIGNATURE
from tests.conftest import login
from tests.loopback import serving

pytestmark = pytest.mark.usefixtures("closed_ground")
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def own_chain(monkeypatch):
    monkeypatch.setattr(drand, "PUBLIC_KEY", own_public_key())


@pytest.fixture
def declare(frozen, leo, vera):
    """A confirmed declaration with a beacon two days after the freeze."""

    def go(**options) -> Declaration:
        at = frozen.frozen_at + 2 * DAY
        made = declarations.propose(frozen, drand_at=at, by=leo, proof=proof_of(leo), **options)
        declarations.confirm(made, by=vera, proof=proof_of(vera))
        made.refresh_from_db()
        return made

    return go


def set_clock(declaration, moment: dt.datetime) -> Declaration:
    """Let the simulated clock of the call show `moment` now."""
    call = Call.objects.get(pk=declaration.draw.call_id)
    ahead = moment - dt.datetime.now(dt.UTC)
    Call.objects.filter(pk=call.pk).update(clock_ahead=ahead)
    return Declaration.objects.select_related("draw__call").get(pk=declaration.pk)


def throw(declaration, leo, vera) -> Declaration:
    """The dice of the evening, typed alike, five minutes before the cut-off."""
    declaration = set_clock(declaration, declaration.cut_off_at - dt.timedelta(minutes=5))
    records.write(declaration.draw, **ROOM, began_at=declaration.cut_off_at, by=leo)
    thrown = dice(declaration.dice_count)
    for person in (leo, vera):
        values.enter(declaration, thrown, by=person)
    return declaration


@pytest.fixture
def relay(settings):
    """A relay on loopback: its `answers` by round; what is missing is 404."""
    answers: dict[int, str] = {}

    class Relay(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            *_, chain, word, number = self.path.split("/")
            said = answers.get(int(number)) if (chain, word) == (lottery.CHAIN, "public") else None
            self.send_response(200 if said else 404)
            self.end_headers()
            self.wfile.write((said or "").encode())

        def log_message(self, *arguments):
            pass

    with serving(Relay) as address:
        settings.DRAND_RELAYS = ["http://127.0.0.1:1", address]
        yield answers


def told(round: int) -> str:
    return json.dumps({"round": round, "signature": signature_of(round)})


@pytest.mark.req("R121")
def test_the_worker_fetches_the_beacon_from_the_second_relay(relay, declare, leo, vera):
    declaration = throw(declare(), leo, vera)
    relay[declaration.drand_round] = told(declaration.drand_round)
    effect = Effect.objects.get(kind=relays.EFFECT)
    assert effect.due_at == drand.time_of(declaration.drand_round)
    set_clock(declaration, drand.time_of(declaration.drand_round) + dt.timedelta(seconds=2))
    Effect.objects.filter(pk=effect.pk).update(due_at=dt.datetime.now(dt.UTC))
    assert work.drain("draw") == 1
    assert Beacon.objects.get().signature == signature_of(declaration.drand_round)
    draws.request_draw(declaration.draw, by=leo, proof=proof_of(leo))
    work.drain("draw")
    assert DrawResult.objects.count() == 1


@pytest.mark.parametrize(
    "answer",
    ["", "no json", "[]", '{"signature": 7}', '{"signature": "zz"}', told(999)],
    ids=["404", "text", "list", "number", "no hex", "another round"],
)
def test_what_a_relay_invents_counts_for_nothing(relay, declare, answer):
    declaration = declare()
    declaration = set_clock(declaration, drand.time_of(declaration.drand_round) + DAY / 24)
    relay[declaration.drand_round] = answer
    with pytest.raises(relays.NoRelay, match="Try again, or paste it"):
        beacons.fetch_for(declaration, by=None)
    assert not Beacon.objects.exists()


def test_without_relays_nobody_is_asked(settings, declare):
    assert settings.DRAND_RELAYS == []
    declare()
    assert not Effect.objects.filter(kind=relays.EFFECT).exists()


@pytest.mark.req("R121")
def test_a_signature_of_another_round_is_refused_and_an_invented_one_too(declare, leo):
    declaration = declare()
    number = declaration.drand_round
    declaration = set_clock(declaration, drand.time_of(number) + DAY / 24)
    for pasted in (signature_of(number + 1), SIGNATURE):
        with pytest.raises(values.BeaconRefused, match="does not belong to the declared round"):
            values.store_beacon(declaration, pasted, by=leo)
    with pytest.raises(values.BeaconRefused, match="96 characters"):
        values.store_beacon(declaration, "abc", by=leo)
    typed = " ".join(signature_of(number).upper()[n : n + 8] for n in range(0, 96, 8))
    assert values.store_beacon(declaration, typed, by=leo).signature == signature_of(number)


@pytest.mark.req("R121")
def test_dice_while_the_beacon_is_out_are_refused_by_us_and_by_the_database(declare, leo, vera):
    """Our clock is late: somebody pastes a genuine signature that it holds to be impossible."""
    declaration = declare()
    early = declaration.cut_off_at - dt.timedelta(minutes=5)
    declaration = set_clock(declaration, early)
    records.write(declaration.draw, **ROOM, began_at=early, by=leo)
    values.enter(declaration, "1" * 20, by=leo)
    with pytest.raises(values.BeaconRefused, match="has not appeared yet"):
        values.store_beacon(declaration, signature_of(declaration.drand_round), by=leo)
    assert BeaconSight.objects.get().round == declaration.drand_round
    with pytest.raises(values.EntryRefused, match="out already"):
        values.enter(declaration, "1" * 20, by=vera)
    with pytest.raises(IntegrityError, match="value-unseen"), transaction.atomic():
        declaration.entries.create(entered_by=vera, digits="1" * 20)
    set_clock(declaration, declaration.cut_off_at)
    assert declarations.lapse_overdue(declaration.draw).pk == declaration.pk


def test_an_invented_signature_before_its_time_stops_nothing(declare, leo):
    declaration = declare()
    with pytest.raises(values.BeaconRefused, match="has not appeared yet"):
        values.store_beacon(declaration, signature_of(7), by=leo)
    assert not BeaconSight.objects.exists()


def test_the_beacon_alone_draws(declare, leo):
    declaration = declare(dice=0)
    assert b"public none 0\n" in bytes(declaration.declaration_txt)
    declaration = set_clock(declaration, drand.time_of(declaration.drand_round) + DAY / 24)
    values.store_beacon(declaration, signature_of(declaration.drand_round), by=leo)
    draws.request_draw(declaration.draw, by=leo, proof=proof_of(leo))
    work.drain("draw")
    assert b"\npublic -\n" in bytes(DrawResult.objects.get().seed_txt)


def a_saturday(declaration_at: dt.datetime) -> dt.date:
    day = declaration_at.date() + dt.timedelta(days=4)
    return day + dt.timedelta(days=(5 - day.weekday()) % 7)


@pytest.mark.req("R121")
def test_when_the_beacon_never_comes_lotto_stands_in(declare, frozen, leo, vera, otto, tmp_path):
    day = a_saturday(frozen.frozen_at + 2 * DAY)
    declaration = throw(declare(fallback_on=day), leo, vera)
    out_at, closes = drand.time_of(declaration.drand_round), fallbacks.sales_close(declaration)
    declaration = set_clock(declaration, out_at + dt.timedelta(hours=23))
    with pytest.raises(fallbacks.NoFallback, match="24 hours after"):
        fallbacks.activate(declaration, seen=None, by=leo, proof=proof_of(leo))
    declaration = set_clock(declaration, out_at + dt.timedelta(hours=25))
    proposed = fallbacks.activate(declaration, seen=None, by=leo, proof=proof_of(leo))
    with pytest.raises(fallbacks.NoFallback, match="second person"):
        fallbacks.activate(declaration, seen=None, by=leo, proof=proof_of(leo))
    with pytest.raises(fallbacks.NoFallback, match="Look at it, then confirm"):
        fallbacks.activate(declaration, seen=None, by=vera, proof=proof_of(vera))
    fallbacks.activate(declaration, seen=proposed.pk, by=vera, proof=proof_of(vera))
    declaration = set_clock(declaration, out_at + dt.timedelta(hours=26))
    with pytest.raises(values.BeaconRefused, match="counts no more"):
        values.store_beacon(declaration, signature_of(declaration.drand_round), by=leo)
    with pytest.raises(fallbacks.NoFallback, match="not been drawn yet"):
        fallbacks.enter(declaration, "3 7 19 22 38 49 5", by=leo)
    declaration = set_clock(declaration, closes + dt.timedelta(hours=3))
    assert fallbacks.enter(declaration, "3 7 19 22 38 49 5", by=leo) is None
    with pytest.raises(fallbacks.NoFallback, match="differ"):
        fallbacks.enter(declaration, "3 7 19 22 38 48 5", by=vera)
    assert fallbacks.enter(declaration, "49, 38, 22, 19, 7, 3 - 5", by=vera).value == (
        "03-07-19-22-38-49-5"
    )
    draws.request_draw(declaration.draw, by=leo, proof=proof_of(leo))
    work.drain("draw")
    for name, data in draws.published_files(declaration.draw).items():
        (tmp_path / name).write_bytes(data)
    lines = lottery.verdict(tmp_path, declaration.sha256)
    assert lines[-2:] == [
        "FALLBACK USED",
        f"result sha256 {DrawResult.objects.get().result_sha256}",
    ]


def test_after_sales_close_only_waiting_is_left(declare, frozen, leo):
    declaration = declare(fallback_on=a_saturday(frozen.frozen_at + 2 * DAY))
    declaration = set_clock(declaration, fallbacks.sales_close(declaration))
    with pytest.raises(fallbacks.NoFallback, match="closed its sales"):
        fallbacks.activate(declaration, seen=None, by=leo, proof=proof_of(leo))
    with pytest.raises(IntegrityError, match="fallback-in-time"), transaction.atomic():
        FallbackEntry.objects.create(
            declaration=declaration, entered_by=leo, value="03-07-19-22-38-49-5"
        )


def test_a_fallback_on_a_day_without_lotto_or_too_soon_is_refused(frozen, leo):
    at = frozen.frozen_at + 2 * DAY
    propose = {"drand_at": at, "by": leo, "proof": proof_of(leo)}
    with pytest.raises(fallbacks.NoFallback, match="Wednesdays and Saturdays"):
        declarations.propose(frozen, fallback_on=a_saturday(at) + DAY, **propose)
    soon = next(at.date() + n * DAY for n in range(-7, 2) if (at + n * DAY).weekday() in (2, 5))
    with pytest.raises(fallbacks.NoFallback, match="two days after"):
        declarations.propose(frozen, fallback_on=soon, **propose)


@pytest.mark.parametrize(
    "typed", ["", "1 2 3 4 5 6", "1 2 3 4 5 50 7", "1 1 2 3 4 5 7", "1 2 3 4 5 6 10"]
)
def test_what_is_no_lotto_is_refused(typed):
    with pytest.raises(fallbacks.NoFallback, match="Six different numbers"):
        fallbacks.normal_value(typed)


def test_the_command_tells_valid_from_invalid(capsys):
    call_command("los1_drand", "1000", signature_of(1000).upper())
    assert capsys.readouterr().out.startswith("valid: quicknet, round 1000, 2023-08-23T")
    with pytest.raises(CommandError, match="not valid"):
        call_command("los1_drand", "1001", signature_of(1000))


@pytest.mark.req("R121")
def test_a_session_forty_minutes_late_throws_again_the_same_evening(declare, frozen, leo, vera):
    first = declare()
    late = set_clock(first, first.cut_off_at + dt.timedelta(minutes=40))
    assert declarations.lapse_overdue(late.draw).pk == first.pk
    now = first.cut_off_at + dt.timedelta(minutes=40)
    for minutes, refused in ((9, True), (15, False)):
        at = now + dt.timedelta(minutes=minutes)
        if refused:
            with pytest.raises(declarations.CannotDeclare, match="ten minutes"):
                declarations.propose(frozen, drand_at=at, by=leo, proof=proof_of(leo))
    again = declarations.propose(frozen, drand_at=at, by=leo, proof=proof_of(leo))
    declarations.confirm(again, by=vera, proof=proof_of(vera))
    again.refresh_from_db()
    one, other = (
        lottery.Declaration.from_bytes(bytes(each.declaration_txt)) for each in (first, again)
    )
    assert (other.version, other.pool, other.frozen) == (2, one.pool, one.frozen)
    throw(again, leo, vera)
    assert again.draw.call.meeting.agenda_items.get(subject_type="circles.call").note.get("en") == (
        f"Fingerprint, version 2: {again.sha256}"
    )


@pytest.mark.req("R121")
def test_a_connection_lost_between_throw_and_entry_loses_nothing(client, declared, leo, vera):
    """The answer never came: the same form sent again is the same entry."""
    path, thrown = reverse("draw_dice", args=[declared.draw.call_id]), dice()
    login(client, leo, fresh=True)
    for _ in range(2):
        answer = client.post(path, {"digits": thrown, FIELD: "a" * 32})
        assert answer.status_code == 302
    assert declared.entries.count() == 1
    assert values.enter(declared, thrown, by=vera).digits == thrown
