"""R1 and R6: a draw killed at any instant, and fifty people who press its button at once."""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Iterator
from typing import Any

from django.db import IntegrityError, connection
from django.test import Client
from django.urls import reverse

from circles import lottery
from circles.drawing import draws
from circles.models import Call, DrawEvent, DrawResult, Offer, Place
from foundation.audit.models import Entry
from foundation.effects import work
from foundation.effects.models import Effect
from foundation.mail.models import OutgoingMail
from foundation.posting.once import FIELD
from tests.chaos.ground import PEOPLE, SEATS, Ground, in_threads, killed_child, until
from tests.chaos.portal import Portal
from tests.chaos.rows import Row
from tests.circles.conftest import proof_of
from tests.conftest import login

CLICKS = 50
RECOVERED = 15.0  # seconds


def killed_at_any_instant(ground: Ground, trials: int) -> Iterator[Row]:
    """A forked worker dies in the draw; the next one finishes. Nothing, or the whole draw."""
    chance, problems, killed, begun = random.Random(1), [], 0, 0
    longest = _seconds_of_a_draw(ground)
    ground.silence()
    for number in ground.turns(trials):
        ground.restore()
        _request(ground)
        died = killed_child(lambda: work.drain("draw"), chance.uniform(0, longest))
        ground.quiet()
        killed += died
        begun += died and Effect.objects.get(kind=draws.DRAW_EFFECT).attempts == 1
        found = state_problems(ground)
        ground.make_due()
        work.drain("draw")
        found += state_problems(ground, must_be_drawn=True)
        problems += [f"trial {number}: {each}" for each in found]
    ground.restore()
    yield Row(
        "worker killed in a draw", ground.done, problems, "0",
        note=f"{killed} died at work, {begun} of them after they had claimed it; "
        f"instants from 0 to {longest * 1000:.0f} ms.",
    )  # fmt: skip


def killed_worker_recovers(ground: Ground, trials: int) -> Iterator[Row]:
    """Celery's own child dies in the draw; how long until the draw is there all the same."""
    chance, problems, seconds = random.Random(2), [], []
    with Portal(ground) as portal:
        portal.start_celery()
        ground.silence(on=False)
        for number in ground.turns(trials):
            ground.restore()
            _request(ground)
            time.sleep(chance.uniform(0.0, 0.4))
            portal.kill_pool()
            seconds.append(until(DrawResult.objects.exists, "the draw after the blow"))
            until(_is_ticked_off, "the work being ticked off")
            found = state_problems(ground, must_be_drawn=True)
            problems += [f"trial {number}: {each}" for each in found]
        ground.silence()
    ground.quiet()
    ground.restore()
    yield Row(
        "Celery's child killed in a draw", ground.done, problems, f"0, p95 <= {RECOVERED:.0f} s",
        seconds, RECOVERED,
    )  # fmt: skip


def fifty_clicks(ground: Ground, trials: int) -> Iterator[Row]:
    """Two officers press "draw" fifty times at once, and three workers answer together."""
    ground.silence()
    path, problems, seconds = reverse("draw_run", args=[ground.call_pk]), [], []
    for number in ground.turns(trials):
        ground.restore()
        answers: list[int] = []
        # Each time anew: many trials last longer than a second factor counts as fresh.
        doors = [login(Client(SERVER_NAME="localhost"), who, fresh=True).cookies
                 for who in ground.officers]  # fmt: skip

        def click(at: int, answers: list[int] = answers, doors: list[Any] = doors) -> None:
            client = Client(SERVER_NAME="localhost")
            client.cookies = doors[at % len(doors)]
            answers.append(client.post(path, {FIELD: secrets.token_hex(16)}).status_code)

        began = time.monotonic()
        faults = in_threads([lambda at=at: click(at) for at in range(CLICKS)])
        faults += in_threads([lambda: work.drain("draw")] * 3)
        seconds.append(time.monotonic() - began)
        found = [repr(fault) for fault in faults] + state_problems(ground, must_be_drawn=True)
        if answers != [302] * CLICKS:
            found.append(f"answers {sorted(set(answers))}")
        if Effect.objects.filter(kind=draws.DRAW_EFFECT).count() != 1:
            found.append("more than one piece of work")
        problems += [f"trial {number}: {each}" for each in found]
    ground.restore()
    yield Row("50 clicks on “draw” by two officers", ground.done, problems, "0", seconds)
    yield _naive(ground, trials, constrained=True)
    yield _naive(ground, trials, constrained=False)


def _naive(ground: Ground, trials: int, *, constrained: bool) -> Row:
    """What fifty clicks do to code that looks first and writes then, with and without the rule."""
    result = _result_of(ground)
    rules = [] if constrained else _drop_uniqueness("circles_drawresult")
    problems: list[str] = []

    def click() -> None:
        if DrawResult.objects.filter(draw=ground.draw).exists():
            return
        try:
            DrawResult.objects.bulk_create([DrawResult(**result)])
        except IntegrityError:
            return

    for number in ground.turns(trials):
        ground.restore(["circles_drawresult"])
        in_threads([click] * CLICKS)
        count = DrawResult.objects.count()
        problems += [f"trial {number}: {count} results"] if count != 1 else []
    ground.restore(["circles_drawresult"])
    with connection.cursor() as cursor:
        for rule in rules:
            cursor.execute(rule)
    told = "with" if constrained else "without"
    return Row(
        f"control: look, then write, {told} the unique constraint", ground.done, problems,
        "0" if constrained else ">= 95 % broken", control=not constrained,
    )  # fmt: skip


def state_problems(ground: Ground, *, must_be_drawn: bool = False) -> list[str]:
    """What is neither "no draw" nor "the whole draw", in sentences."""
    state = Call.objects.values_list("state", flat=True).get(pk=ground.call_pk)
    results = list(DrawResult.objects.filter(draw=ground.draw))
    places = list(Place.objects.filter(draw=ground.draw).order_by("number"))
    offers = list(Offer.objects.filter(draw=ground.draw).order_by("place"))
    counts = {
        "trail": Entry.objects.filter(verb="draw.done").count(),
        "minutes": Effect.objects.filter(kind=draws.MINUTES_EFFECT).count(),
        "mails": OutgoingMail.objects.filter(kind="offer").count(),
        "events": DrawEvent.objects.filter(draw=ground.draw).count(),
    }
    if not results:
        nothing = {"trail": 0, "minutes": 0, "mails": 0, "events": 0}
        whole = (state, places, offers, counts) == ("frozen", [], [], nothing)
        found = [] if whole else [f"half a draw: {state}, {len(places)} places, {counts}"]
        return [*found, "no draw"] if must_be_drawn else found
    expected = _recomputed(ground)
    found = [] if len(results) == 1 else [f"{len(results)} results"]
    if bytes(results[0].result_txt) != expected.to_bytes():
        found.append("another result than the pure function's")
    if [place.ticket for place in places] != list(expected.order) or len(places) != PEOPLE:
        found.append(f"{len(places)} places, not those of the result")
    if [offer.application.ticket for offer in offers] != list(expected.order[:SEATS]):
        found.append(f"{len(offers)} offers, not to the first {SEATS}")
    if (state, counts) != ("drawn", {"trail": 1, "minutes": 1, "mails": SEATS, "events": 0}):
        found.append(f"drawn, but {state}, {counts}")
    return found


def _recomputed(ground: Ground) -> lottery.Result:
    draw = ground.draw
    declaration = draw.declarations.get()
    return lottery.draw(
        lottery.Pool.from_bytes(bytes(draw.pool_txt)),
        lottery.Declaration.from_bytes(bytes(declaration.declaration_txt)),
        draws.seed_of(declaration),
    )


def _request(ground: Ground) -> None:
    officer = ground.officers[0]
    draws.request_draw(ground.draw, by=officer, proof=proof_of(officer))


def _is_ticked_off() -> bool:
    return Effect.objects.filter(kind=draws.DRAW_EFFECT, state="done").exists()


def _seconds_of_a_draw(ground: Ground) -> float:
    """An instant by which a forked worker is surely done: the slowest of ten draws, and a third."""
    ground.silence()
    measured = []
    for _ in range(10):
        ground.restore()
        _request(ground)
        began = time.monotonic()
        work.drain("draw")
        measured.append(time.monotonic() - began)
    return max(measured) * 1.3 + 0.02  # a fork connects first


def _result_of(ground: Ground) -> dict[str, object]:
    """The columns of the one true result, as values to write."""
    ground.restore()
    done = draws.run(ground.draw.pk)
    names = [field.attname for field in DrawResult._meta.fields if field.attname != "id"]
    found = {name: getattr(done, name) for name in names}
    ground.restore()
    return found


def _drop_uniqueness(table: str) -> list[str]:
    """Drop the table's unique constraints; returns the statements that bring them back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = %s::regclass AND contype = 'u'",
            [table],
        )
        rules = cursor.fetchall()
        for name, _definition in rules:
            cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
    return [f'ALTER TABLE "{table}" ADD CONSTRAINT "{n}" {text}' for n, text in rules]
