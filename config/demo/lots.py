"""Draws that lie behind the demonstration: applications, pool, declaration, dice, seats taken.

The simulated clock of a call runs behind, so that every file says what day it was; the dice come
from the system's randomness.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import secrets
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from circles.applying import applications
from circles.applying.search_keys import keys_of
from circles.drawing import declarations, draws, freezing, records, values
from circles.drawing.tickets import ticket
from circles.models import (
    Application,
    Call,
    Circle,
    Criterion,
    CriterionAnswer,
    Offer,
    Review,
    ReviewReason,
    Seat,
)
from circles.reviewing import reviews
from circles.seating import offers, terms
from foundation import states
from foundation.accounts.models import User
from foundation.accounts.proof import Proof
from foundation.languages import LocalizedText
from foundation.mail.models import OutgoingMail

T = LocalizedText.of
DAY = dt.timedelta(days=1)
PLAIN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
# Seat, name, body, expertise.
Named = tuple[int, str, str, str]


@dataclasses.dataclass(frozen=True)
class Crowd:
    """Who applied: their names, the word before @ and number, how many were not admitted."""

    names: Sequence[str]
    mailbox: str
    letter: str
    refused: int = 0
    accepting: int = 5


@transaction.atomic
def load_drawn(call: Call, crowd: Crowd, people: dict[str, User]) -> None:
    """Applications of the past, frozen, declared, drawn in the session of the call."""
    now = timezone.now()
    office, officer, second = people["otto"], people["leo"], people["vera"]
    # The call lies in the past, so it opens without the check against today's clock.
    states.advance(call, Call.State.OPEN, by=office)
    _load_applications(call, crowd, people)
    _tell_rejected(call, call.closes_at + DAY)
    # The simulated clock runs behind: frozen two days before the session, drawn in it.
    evening = call.meeting.starts_at
    _set_clock(call, evening - 2 * DAY)
    proof = Proof(user_id=officer.pk, factor="totp", at=now)
    draw = freezing.freeze(call, all_typed=True, by=officer, proof=proof)
    declaration = declarations.propose(draw, drand_at=None, by=officer, proof=proof)
    declarations.confirm(declaration, by=second, proof=proof)
    _set_clock(call, evening + dt.timedelta(minutes=40))
    OutgoingMail.objects.filter(kind="draw_declared").update(printed_at=now)
    draw.refresh_from_db()
    records.write(
        draw,
        chair="Vera Vorsitz",
        minute_taker="Otto Amtmann",
        throwers=["Dora Runde", "Jonas Beirat", "Mira Fach", "Nele Wurf"],
        witnesses=["Ina Zeugin", "Ulf Zeuge"],
        began_at=evening + dt.timedelta(minutes=20),
        by=office,
    )
    declaration.refresh_from_db()
    dice = "".join(str(1 + secrets.randbelow(6)) for _ in range(declaration.dice_count))
    values.enter(declaration, dice, by=officer)
    values.enter(declaration, dice, by=second)
    draws.run(draw.pk)
    for offer in Offer.objects.filter(draw=draw).order_by("place")[: crowd.accepting]:
        offers.answer(
            offer, accept=True, name_is_public=offer.place % 2 == 1, by=offer.application.user
        )


def _set_clock(call: Call, moment: dt.datetime) -> None:
    """Let it be `moment` for this call, and time go on from there."""
    Call.objects.filter(pk=call.pk).update(clock_ahead=moment - timezone.now())
    call.refresh_from_db()


def _load_applications(call: Call, crowd: Crowd, people: dict[str, User]) -> None:
    """Rows as the form, the code and two reviewers would leave them, without their mails."""
    users = User.objects.bulk_create(
        _applicant(f"{crowd.mailbox}{n}", name) for n, name in enumerate(crowd.names, start=1)
    )
    span = (call.closes_at - call.opens_at) / (len(users) + 2)
    rows = Application.objects.bulk_create(
        _application(call, f"{crowd.letter}{n:04d}", user, call.opens_at + span * n)
        for n, user in enumerate(users, start=1)
    )
    every = len(rows) // crowd.refused if crowd.refused else 0
    refused = [row for n, row in enumerate(rows) if every and n % every == 7]
    CriterionAnswer.objects.bulk_create(
        CriterionAnswer(
            application=row,
            criterion=criterion,
            met=not (row in refused and criterion.code == "bezug"),
        )
        for row in rows
        for criterion in call.criteria.all()
    )
    states.advance_all(
        call.applications.all(),
        Application.State.SUBMITTED,
        by=None,
        confirmed_at=F("submitted_at"),
    )
    _review(rows, refused, call.criteria.all()[0], people)


def _applicant(mailbox: str, name: str) -> User:
    user = User(email=f"{mailbox}@example.org", name=name)
    user.set_unusable_password()
    return user


def _application(call: Call, reference: str, user: User, at: dt.datetime) -> Application:
    nonce = secrets.token_hex(16)
    # On paper, so that no mail leaves for people who do not exist.
    identity = f"ref:{reference}"
    return Application(
        call=call,
        reference=reference,
        way=Application.Way.LETTER,
        name=user.name,
        **keys_of(user.name, "", "", reference),
        nonce=nonce,
        identity=identity,
        ticket=ticket(call.draw_id, nonce, identity),
        submitted_at=at,
        user=user,
    )


def _review(
    rows: Sequence[Application],
    refused: Sequence[Application],
    missed: Criterion,
    people: dict[str, User],
) -> None:
    at = missed.call.closes_at + 3 * DAY
    found = Review.objects.bulk_create(
        Review(application=row, reviewer=people[reviewer], qualified=row not in refused, at=at)
        for row in rows
        for reviewer in ("rita", "otto")
    )
    ReviewReason.objects.bulk_create(
        ReviewReason(review=review, criterion=missed, reason="Kein Bezug zu Bielefeld angegeben.")
        for review in found
        if not review.qualified
    )
    received = missed.call.applications.all()
    ids = [row.pk for row in refused]
    states.advance_all(received.filter(pk__in=ids), Application.State.REJECTED, by=None)
    states.advance_all(received.exclude(pk__in=ids), Application.State.QUALIFIED, by=None)


def _tell_rejected(call: Call, at: dt.datetime) -> None:
    """Letters, printed on that day: their days to object are over by now."""
    for application in call.applications.filter(state=Application.State.REJECTED):
        reasons = reviews.reasons_for(application)
        applications.mail("application_rejected", application, hold=True, reasons=reasons)
    OutgoingMail.objects.filter(kind="application_rejected").update(to="", printed_at=at)


def seat_named(circle: Circle, named: Sequence[Named], office: User) -> None:
    """People whom bodies have named take their seats; who has no account yet gets one."""
    today = timezone.localdate()
    for number, name, body, expertise in named:
        seat = circle.seats.get(number=number)
        user = User.objects.filter(name=name).first() or User.objects.create_user(
            f"{name.lower().translate(PLAIN).replace(' ', '.')}@example.org", name=name
        )
        states.advance(
            seat,
            Seat.State.OFFERED,
            by=office,
            holder=user,
            nominated_by_body=body,
            nominated_on=today,
            nomination_reason="Benannt für die Vorführung.",
            expertise=T("de", expertise) if expertise else LocalizedText(),
        )
        states.advance(
            seat, Seat.State.TAKEN, by=user, taken_at=timezone.now(), name_is_public=True
        )
        terms.begin(seat)
