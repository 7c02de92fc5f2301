"""Three circles: one before its call, one with an open call, one drawn from 240 applications."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from circles.applying import applications
from circles.applying.search_keys import keys_of
from circles.calling import calls
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
from circles.seating import circles, naming, offers, terms
from config.demo.names import fictional_names
from formats.models import Meeting, WorkOrder
from foundation import states
from foundation.accounts.models import User
from foundation.accounts.proof import Proof
from foundation.languages import LocalizedText
from foundation.mail.models import OutgoingMail

T = LocalizedText.of
DAY = dt.timedelta(days=1)
APPLICANTS = 240
NOT_ADMITTED = 9

CRITERIA = (
    (
        "bezug",
        T(
            "de",
            "Wohnen, arbeiten oder lernen Sie in Bielefeld?",
            en="Do you live, work or study in Bielefeld?",
        ),
    ),
    ("alter", T("de", "Sind Sie mindestens 16 Jahre alt?", en="Are you at least 16 years old?")),
    (
        "zeit",
        T(
            "de",
            "Können Sie an den meisten Treffen teilnehmen?",
            en="Can you take part in most meetings?",
        ),
    ),
)
NOMINATED = (
    (1, "Ines Kolb", "Personalrat der Stadtverwaltung (Demo)", ""),
    (2, "Mirko Tann", "Hochschulkonferenz (Demo)", ""),
    (3, "Petra Lohse", "Wirtschaftsrunde (Demo)", ""),
    (4, "Jan Ostermann", "Ältestenrat (Demo)", ""),
    (5, "Samira Hadi", "Netzwerk der Vereine (Demo)", ""),
    (6, "Lena Quast", "Fachkreis Funk (Demo)", "Funknetze"),
    (7, "Tobias Ehm", "Fachkreis Recht (Demo)", "Datenschutz"),
    (8, "Rana Vogt", "Klimabeirat (Demo)", "Stadtklima"),
    (10, "Eero Laine", "Partnerstadt (Demo)", "Offene Daten"),
)


def load_circles(
    orders: Sequence[WorkOrder], sessions: Sequence[Meeting], people: dict[str, User]
) -> None:
    """Found the circles and bring each to its stage; a circle that exists is left alone."""
    if Circle.objects.exists():
        return
    office = people["otto"]
    now = timezone.now()
    evening = _found(orders[0], office)
    call = _call(
        evening,
        sessions[3],
        now - 10 * DAY,
        _last_minute(now + 21 * DAY),
        office,
        "demo-abends-nach-hause",
    )
    calls.open_call(call, by=office)
    # Open for ten days already, so that the ruler shows days gone by.
    Call.objects.filter(pk=call.pk).update(opens_at=now - 10 * DAY)
    _ask_bodies(evening, office)
    sensors = _found(orders[1], office)
    _load_drawn(sensors, sessions[2], people)
    guides = _found(orders[2], office)
    _call(guides, sessions[3], now + 7 * DAY, now + 20 * DAY, office, "demo-digitale-lotsen")


def _ask_bodies(circle: Circle, office: User) -> None:
    """Two bodies were asked for a name and have not answered yet."""
    naming.ask_body(
        circle.seats.get(number=3),
        body="Wirtschaftsrunde (Demo)",
        email="wirtschaftsrunde@example.org",
        by=office,
    )
    naming.ask_body(
        circle.seats.get(number=8),
        body="Fachkreis Licht (Demo)",
        email="fachkreis.licht@example.org",
        expertise=T("de", "Beleuchtung", en="Lighting"),
        note="Gern jemand, der Wege bei Dunkelheit kennt.",
        by=office,
    )


def _last_minute(moment: dt.datetime) -> dt.datetime:
    """23:59 of that day in the city."""
    return timezone.localtime(moment).replace(hour=23, minute=59, second=0, microsecond=0)


def _found(order: WorkOrder, office: User) -> Circle:
    return circles.found_circle(
        order, name=order.vision.title, purpose=order.question, is_demo=True, by=office
    )


def _call(
    circle: Circle,
    meeting: Meeting,
    opens_at: dt.datetime,
    closes_at: dt.datetime,
    office: User,
    draw_id: str,
) -> Call:
    return calls.create_call(
        circle,
        meeting,
        opens_at=opens_at,
        closes_at=closes_at,
        draw_id=draw_id,
        contact="Digitalisierungsbüro (Demo), buero@example.org",
        texts={
            "question": circle.work_order.question,
            "task": T(
                "de",
                "Der Zirkel erarbeitet gemeinsam einen Vorschlag und stellt ihn im D.I.V. vor.",
                en="The circle works out a proposal together and presents it in the D.I.V.",
            ),
            "effort": T(
                "de",
                "7 | Treffen am frühen Abend, in sechs bis zwölf Monaten\n2 | Stunden je Treffen",
                en="7 | meetings in the early evening, in six to twelve months\n"
                "2 | hours a meeting",
            ),
            "not_needed": T(
                "de",
                "Fachwissen, einen Abschluss oder ein Ehrenamt\n"
                "perfektes Deutsch: wir übersetzen und dolmetschen\n"
                "einen Lebenslauf oder ein Bewerbungsschreiben",
                en="Expertise, a degree or an honorary office\n"
                "perfect German: we translate and interpret\n"
                "a CV or a letter of application",
            ),
            "allowance": T(
                "de",
                "45 € | Entschädigung je Treffen\n"
                "0 € | Kosten für Sie: Fahrt und Kinderbetreuung zahlen wir",
                en="45 € | allowance a meeting\n0 € | costs for you: we pay travel and childcare",
            ),
        },
        criteria=CRITERIA,
        by=office,
    )


@transaction.atomic
def _load_drawn(circle: Circle, meeting: Meeting, people: dict[str, User]) -> None:
    """240 applications of the past, frozen, declared, drawn; dice from the system's randomness."""
    now = timezone.now()
    office, officer, second = people["otto"], people["leo"], people["vera"]
    call = _call(circle, meeting, now - 40 * DAY, now - 14 * DAY, office, "demo-offene-sensordaten")
    # The call lies in the past, so it opens without the check against today's clock.
    states.advance(call, Call.State.OPEN, by=office)
    _load_applications(call, people)
    _tell_rejected(call, now - 13 * DAY)
    # The simulated clock runs behind: frozen two days before the session, drawn in it.
    evening = meeting.starts_at
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
    for offer in Offer.objects.filter(draw=draw).order_by("place")[:4]:
        offers.answer(
            offer, accept=True, name_is_public=offer.place % 2 == 1, by=offer.application.user
        )
    _seat_nominated(circle, office)


def _set_clock(call: Call, moment: dt.datetime) -> None:
    """Let it be `moment` for this call, and time go on from there."""
    Call.objects.filter(pk=call.pk).update(clock_ahead=moment - timezone.now())
    call.refresh_from_db()


def _load_applications(call: Call, people: dict[str, User]) -> None:
    """Rows as the form, the code and two reviewers would leave them, without their mails."""
    users = User.objects.bulk_create(
        _applicant(n, name) for n, name in enumerate(fictional_names(APPLICANTS))
    )
    rows = Application.objects.bulk_create(
        _application(call, n, user) for n, user in enumerate(users)
    )
    refused = [row for n, row in enumerate(rows) if n % (APPLICANTS // NOT_ADMITTED) == 7]
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


def _applicant(n: int, name: str) -> User:
    user = User(email=f"bewerbung{n + 1}@example.org", name=name)
    user.set_unusable_password()
    return user


def _application(call: Call, n: int, user: User) -> Application:
    nonce = secrets.token_hex(16)
    # On paper, so that no mail leaves for 240 people who do not exist.
    reference = f"D{n + 1:04d}"
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
        submitted_at=call.opens_at + (call.closes_at - call.opens_at) * (n + 1) / (APPLICANTS + 2),
        user=user,
    )


def _review(
    rows: Sequence[Application],
    refused: Sequence[Application],
    missed: Criterion,
    people: dict[str, User],
) -> None:
    found = Review.objects.bulk_create(
        Review(application=row, reviewer=people[reviewer], qualified=row not in refused)
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


def _seat_nominated(circle: Circle, office: User) -> None:
    today = timezone.localdate()
    for number, name, body, expertise in NOMINATED:
        seat = circle.seats.get(number=number)
        slug = name.lower().replace(" ", ".")
        user = User.objects.create_user(f"{slug}@example.org", name=name)
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
        terms.begin(seat, timezone.now())
