"""R2 and R3: killed while a document is rendered and sealed, and while five hundred mails leave."""

from __future__ import annotations

import hashlib
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from circles.drawing import draws
from circles.models import Draw
from foundation.documents import files, releases
from foundation.documents.models import StoredFile
from foundation.effects import work
from foundation.effects.models import Effect
from foundation.mail import outbox
from foundation.mail.models import OutgoingMail
from tests.chaos.ground import Ground, killed_child
from tests.chaos.post import mail_server
from tests.chaos.rows import Row

MAILS = 500


def killed_while_rendering(ground: Ground, trials: int) -> Iterator[Row]:
    """No truncated file is ever listed or served, and the next worker issues both minutes."""
    chance, problems, longest = random.Random(3), [], 0.0
    ground.silence()
    for number in ground.turns(trials + 1):
        ground.restore(ground.tables)
        draws.run(ground.draw.pk)
        Effect.objects.filter(queue="pdf").exclude(kind=draws.MINUTES_EFFECT).delete()
        if not number:  # the first is left in peace, to know how long it takes
            began = time.monotonic()
            work.drain("pdf")
            longest = time.monotonic() - began
            continue
        killed_child(lambda: work.drain("pdf"), chance.uniform(0, longest * 1.2))
        ground.quiet()
        found = _unsound_files()
        ground.make_due()
        work.drain("pdf")
        found += _unsound_files()
        draw = Draw.objects.get(pk=ground.draw.pk)
        issued = [releases.latest(draw, kind) for kind in ("draw-minutes", "draw-minutes-internal")]
        found += [] if all(issued) else ["minutes are missing"]
        problems += [f"trial {number}: {each}" for each in found]
    ground.restore(ground.tables)
    yield Row("worker killed while sealing a PDF", ground.done, problems, "0 truncated or unlisted")


def killed_while_mailing(ground: Ground, trials: int) -> Iterator[Row]:
    """Each mail arrives at least once; twice at most as often as a worker died."""
    chance, problems, twice = random.Random(4), [], 0
    ground.silence()
    with mail_server(ground) as letters:
        for number in ground.turns(trials):
            ground.restore(ground.tables)
            Effect.objects.filter(queue="mail").delete()
            for old in letters.glob("*.eml"):
                old.unlink()
            keys = _queue_mails()
            kills = _mail_until_all_left(ground, chance)
            arrived = Counter(_message_ids(letters))
            lost = keys - len(arrived)
            double = sum(arrived.values()) - len(arrived)
            twice += double
            problems += [f"trial {number}: {lost} lost"] if lost else []
            problems += [f"trial {number}: {double} doubled"] if double > kills else []
    ground.restore(ground.tables)
    yield Row(
        "worker killed while 500 mails leave", ground.done, problems, "0 lost, doubled <= kills",
        note=f"{twice} arrived twice.",
    )  # fmt: skip


def _unsound_files() -> list[str]:
    """Listed files whose bytes are not what their row says."""
    kept = StoredFile.objects.filter(purged_at=None)
    return [
        f"file {each.pk} is not what its row says"
        for each in kept
        if hashlib.sha256(files.read(each)).hexdigest() != each.sha256
    ]


def _queue_mails() -> int:
    for number in range(MAILS):
        outbox.queue(
            "barrier_receipt", key=f"chaos-{number}", to=f"person{number}@example.org",
            language="de", subject=None, context={"number": f"B-{number:04}"},
        )  # fmt: skip
    return MAILS


def _mail_until_all_left(ground: Ground, chance: random.Random) -> int:
    """Let one worker after the other die at it; the last one finishes. Returns the deaths."""
    kills = 0
    for _ in range(5):
        kills += killed_child(_drain_mails, chance.uniform(0.1, 1.5))
        ground.quiet()
        ground.make_due()
    _drain_mails()
    unsent = OutgoingMail.objects.filter(key__startswith="chaos-").exclude(state="sent").count()
    if unsent:
        raise AssertionError(f"{unsent} mails did not leave")
    return kills


def _drain_mails() -> None:
    while work.drain("mail"):
        continue


def _message_ids(letters: Path) -> Iterator[str]:
    for letter in letters.glob("*.eml"):
        lines = letter.read_text(errors="replace").splitlines()
        yield next(line for line in lines if line.lower().startswith("message-id"))
