"""R4 and R5: Redis and PostgreSQL frozen, restarted or stopped in the middle of a click."""

from __future__ import annotations

import os
import random
import secrets
import signal
import time
from collections.abc import Callable, Iterator

from django.test import Client
from django.urls import reverse

from circles.drawing import draws
from circles.models import DrawResult
from foundation.effects.models import Effect
from foundation.posting.once import FIELD
from launch import process
from tests.chaos.draws import state_problems
from tests.chaos.ground import Ground, until
from tests.chaos.portal import Portal
from tests.chaos.rows import Row
from tests.circles.conftest import proof_of
from tests.conftest import login

ANSWERED, LONGEST, FOLLOWED = 1.0, 3.0, 10.0  # seconds
BACK = 180.0  # the third try comes a minute after the second


def redis_hurt_at_the_click(ground: Ground, trials: int) -> Iterator[Row]:
    """The page answers although the doorbell is gone; the draw follows when it is back."""
    ways: dict[str, Callable[[Ground], None]] = {
        "refused": _refuse, "frozen": _freeze, "restarted": _restart, "flushed": _flush,
    }  # fmt: skip
    with Portal(ground) as portal:
        portal.start_web()
        portal.start_celery()
        _warm(ground, portal)
        for name, hurt in ways.items():
            problems, clicks, follows = [], [], []
            for number in range(max(1, trials // len(ways))):
                ground.restore()
                session = _session(ground)
                hurt(ground)
                status, took = _click(ground, portal, session)
                clicks.append(took)
                if status != 302 or took > LONGEST:
                    problems.append(f"trial {number}: {status} after {took:.1f} s")
                _heal(ground)
                follows.append(until(DrawResult.objects.exists, "the draw"))
                until(lambda: not _pending(), "the end of the work")
                problems += state_problems(ground, must_be_drawn=True)
            yield Row(
                f"Redis {name} at the click: page", len(clicks), problems, "0, p95 <= 1 s, <= 3 s",
                clicks, ANSWERED,
            )  # fmt: skip
            slow = [f"{took:.1f} s" for took in follows if took > FOLLOWED]
            yield Row(
                f"Redis {name} at the click: effect", len(follows), slow, "<= 10 s after", follows
            )
    ground.quiet()
    ground.restore()


def database_stopped(ground: Ground, trials: int) -> Iterator[Row]:
    """An immediate stop in the draw: a page that says so, no half state, workers come back."""
    chance, problems, seconds = random.Random(5), [], []
    with Portal(ground) as portal:
        portal.start_web()
        portal.start_celery()
        for number in ground.turns(trials):
            ground.restore()
            officer = ground.officers[0]
            ground.silence(on=False)
            draws.request_draw(ground.draw, by=officer, proof=proof_of(officer))
            ground.silence()
            time.sleep(chance.uniform(0.0, 0.3))
            ground.database.send_signal(signal.SIGQUIT)  # an immediate stop: no checkpoint
            ground.database.wait()
            status, text = portal.get("/")
            if status != 503 or 'lang="de"' not in text:
                problems.append(f"trial {number}: {status} instead of a 503 in German")
            ground.start_database()
            until(ground.answers, "the database's return")
            found = state_problems(ground)
            began = time.monotonic()
            until(DrawResult.objects.exists, "the draw after the stop", BACK)
            seconds.append(time.monotonic() - began)
            until(lambda: not _pending(), "the end of the work")
            found += state_problems(ground, must_be_drawn=True)
            until(lambda: portal.get("/")[0] == 200, "the page after the stop")
            problems += [f"trial {number}: {each}" for each in found]
    ground.quiet()
    ground.restore()
    yield Row("PostgreSQL stopped in a draw", ground.done, problems, "0", seconds)


def _warm(ground: Ground, portal: Portal) -> None:
    """Both web processes load what a click needs, before anything is measured."""
    for _ in range(6):
        ground.restore()
        _click(ground, portal, _session(ground))
        until(lambda: not _pending(), "the end of the work")


def _session(ground: Ground) -> str:
    return str(login(Client(), ground.officers[0], fresh=True).session.session_key)


def _click(ground: Ground, portal: Portal, session: str) -> tuple[int, float]:
    path = reverse("draw_run", args=[ground.call_pk])
    return portal.post(path, session, **{FIELD: secrets.token_hex(16)})


def _pending() -> bool:
    """Whether work of the draw's own queue is left."""
    return Effect.objects.filter(queue="draw", state__in=["due", "running"]).exists()


def _refuse(ground: Ground) -> None:
    process.stop(ground.redis, signal.SIGKILL, 5)


def _freeze(ground: Ground) -> None:
    os.kill(ground.redis.pid, signal.SIGSTOP)


def _restart(ground: Ground) -> None:
    _refuse(ground)
    ground.start_redis()


def _flush(ground: Ground) -> None:
    ground.flush_redis()


def _heal(ground: Ground) -> None:
    if ground.redis.poll() is None:
        os.kill(ground.redis.pid, signal.SIGCONT)
    else:
        ground.start_redis()
