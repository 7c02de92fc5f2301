"""Many at once, for measuring: applications to the open call and entries of the directory.

Rows as the forms would leave them, without the mails; all invented.
"""

from __future__ import annotations

import secrets

from django.db.models import F

from circles.applying.search_keys import keys_of
from circles.drawing.tickets import ticket
from circles.models import Application, Call, CriterionAnswer
from config.demo.names import fictional_names
from foundation import states

BATCH = 5000
NAMES = fictional_names(240)


def fill_call(call: Call, size: int) -> None:
    """Bring the received applications of `call` to `size`; more stay."""
    there = call.applications.count()
    for begin in range(there, size, BATCH):
        _apply(call, range(begin, min(begin + BATCH, size)))


def _apply(call: Call, numbers: range) -> None:
    criteria = list(call.criteria.all())
    rows = Application.objects.bulk_create(_application(call, n) for n in numbers)
    CriterionAnswer.objects.bulk_create(
        (
            CriterionAnswer(application=row, criterion=criterion, met=True)
            for row in rows
            for criterion in criteria
        ),
        batch_size=BATCH,
    )
    fresh = Application.objects.filter(pk__in=[row.pk for row in rows])
    states.advance_all(fresh, Application.State.SUBMITTED, by=None, confirmed_at=F("submitted_at"))


def _application(call: Call, n: int) -> Application:
    reference = f"V{n:06d}"
    nonce = secrets.token_hex(16)
    identity = f"ref:{reference}"
    return Application(
        call=call,
        reference=reference,
        way=Application.Way.LETTER,
        name=NAMES[n % len(NAMES)],
        **keys_of(NAMES[n % len(NAMES)], "", "", reference),
        motivation="Ich wohne hier und möchte, dass alle gut nach Hause kommen.",
        nonce=nonce,
        identity=identity,
        ticket=ticket(call.draw_id, nonce, identity),
        submitted_at=call.opens_at,
    )
