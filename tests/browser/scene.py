"""The demonstration, and beside it everything that it does not show: each step, each open letter.

Built once for each browser; the pages of `pages.py` name what they need from it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from decimal import Decimal

from django.core.management import call_command
from django.db.models import F
from django.utils import timezone

from circles.applying import confirmations
from circles.drawing import declarations, draws, freezing, records, values
from circles.models import Application, Call, Circle
from circles.reviewing import objections, reviews
from circles.seating import nominations
from config.demo import people
from formats.models import Vision, WorkOrder
from foundation.accounts import appointments, invitations
from foundation.accounts.models import Role, User
from foundation.accounts.proof import Proof
from foundation.effects.models import Effect
from foundation.mail import outbox
from foundation.mail.models import OutgoingMail
from partnerships.course import exchange_formats, focuses, participation, phases
from partnerships.deeds import goals
from partnerships.models import Actor, Agreement, Focus, Municipality, Topic
from partnerships.signing import signatories
from partnerships.wording import agreements
from tests.browser import areas
from tests.circles.factories import (
    close_call,
    make_application,
    make_call,
    make_circle,
    make_meeting,
    make_work_order,
    qualify,
)
from tests.conftest import make_user
from tests.formats.factories import make_vision
from tests.partnerships.factories import both, collecting

STEPS = (
    "waiting", "freeze", "all_admitted", "declare", "confirm", "record", "dice", "second", "draw",
    "offered", "hall",
)  # fmt: skip
A_DAY = dt.timedelta(days=1, seconds=5)
DICE = "16253416253416253412"
ROOM = {
    "chair": "Vera Vorsitz",
    "minute_taker": "Otto Amtmann",
    "throwers": ["Eins", "Zwei", "Drei", "Vier"],
    "witnesses": ["Ina Zeugin", "Ulf Zeuge"],
}


@dataclasses.dataclass(frozen=True)
class Scene:
    """Who and what the pages are about; `tokens` are the secrets of links in mails."""

    people: dict[str, User]
    steps: dict[str, Call]
    open_call: Call
    drawn: Call
    draft_call: Call
    own: Application
    unconfirmed: Application
    moving: Application
    reviewed: Application
    objected: Application
    signing: Agreement
    tokens: dict[str, str]
    mails: dict[str, OutgoingMail]
    proposed: Vision
    ordered: WorkOrder


def set_scene() -> Scene:
    """Load the demonstration and add the steps; only once in a database."""
    call_command("load_demo")
    cast = {each.key: people.person(each.key) for each in people.PEOPLE}
    cast["clara"] = make_user("Clara")
    cast["gast"] = make_user("Gast")
    open_call = Call.objects.get(draw_id="demo-abends-nach-hause")
    drawn = Call.objects.get(draw_id="demo-offene-sensordaten")
    otto = cast["otto"]
    tokens = {
        "nomination": _token_of_nomination(open_call.circle, otto),
        "accept_invitation": _token_of_invitation(cast["anton"]),
    }
    steps = _steps(cast)
    tokens["offer"] = _token_in("offer", "platz")
    own = make_application(open_call, name="Clara", email=cast["clara"].email)
    moving = make_application(open_call, name="Gast", email=cast["gast"].email)
    confirmations.request_address(moving, "gast.neu@example.org", by=moving.user)
    reviewed = make_application(open_call, name="Ada Abendrot", motivation="Ich fahre gern Rad.")
    reviews.review(reviewed, unmet={}, by=cast["rita"])
    make_vision(otto, title="Ein Vorschlag")
    scene = Scene(
        people=cast,
        steps=steps,
        open_call=open_call,
        drawn=drawn,
        draft_call=Call.objects.get(draw_id="demo-digitale-lotsen"),
        own=own,
        unconfirmed=make_application(open_call, confirmed=False),
        moving=moving,
        reviewed=reviewed,
        objected=_objected(open_call, cast),
        signing=_signing(cast),
        tokens=tokens,
        mails=_mails(otto),
        proposed=Vision.objects.get(state=Vision.State.DRAFT),
        ordered=make_work_order(otto, vision=Vision.objects.filter(state="adopted").first()),
    )
    for area in areas.every():
        area.prepare(cast)
    return scene


def _steps(cast: dict[str, User]) -> dict[str, Call]:
    """One call for each step of the draw desk, and one whose dice fall while a test watches."""
    meeting = make_meeting(cast["otto"], starts_at=timezone.now() + dt.timedelta(days=40))
    return {step: _call_at(step, meeting, cast) for step in STEPS}


def _call_at(step: str, meeting, cast: dict[str, User]) -> Call:
    otto, draw_id = cast["otto"], f"demo-{step.replace('_', '-')}"
    circle = make_circle(otto, name=f"Schritt {step}", is_demo=True)
    return lead_to(step, make_call(otto, circle=circle, meeting=meeting, draw_id=draw_id), cast)


def lead_to(step: str, call: Call, cast: dict[str, User]) -> Call:
    """Let people apply to an open call, and lead it to a step of the draw desk."""
    otto, rita, leo, vera = (cast[key] for key in ("otto", "rita", "leo", "vera"))
    crowd = [make_application(call) for _ in range(3 if step == "all_admitted" else 7)]
    if step == "waiting":
        return close_call(call)
    for application in crowd:
        qualify(application, otto, rita)
    close_call(call)
    if step == "freeze":
        return call
    draw = freezing.freeze(call, all_typed=True, by=leo, proof=_proof(leo))
    if step in {"all_admitted", "declare"}:
        return call
    declaration = declarations.propose(draw, drand_at=None, by=leo, proof=_proof(leo))
    if step == "confirm":
        return call
    declarations.confirm(declaration, by=vera, proof=_proof(vera))
    Call.objects.filter(pk=call.pk).update(clock_ahead=F("clock_ahead") + A_DAY)
    if step == "record":
        return call
    records.write(draw, **ROOM, began_at=timezone.now(), by=leo)
    declaration.refresh_from_db()
    for person in {"dice": [], "hall": [], "second": [leo]}.get(step, [leo, vera]):
        values.enter(declaration, DICE, by=person)
    if step == "offered":
        draws.run(draw.pk)
    return call


def _objected(call: Call, cast: dict[str, User]) -> Application:
    """Not admitted by two people, who are then told that they are wrong."""
    application = make_application(call, name="Enno Eschengrund")
    criterion = call.criteria.first()
    for reviewer in (cast["rita"], cast["otto"]):
        reviews.review(application, unmet={criterion: "wohnt woanders"}, by=reviewer)
    objections.record(application, "Ich arbeite in Bielefeld.", by=cast["otto"])
    return application


def _signing(cast: dict[str, User]) -> Agreement:
    """A second agreement of the fictional pair, issued and waiting for both signatures."""
    otto = cast["otto"]
    cities = [Municipality.objects.get(slug=slug) for slug in ("lindenau-am-see", "jaervikoski")]
    pair = phases.open_partnership(
        cities, slug="zweites-abkommen", is_fictional=True, by=otto,
        choice_reason=both("Beide liegen am Wasser.", "Both lie by the water."),
    )  # fmt: skip
    phases.describe(
        pair, lead=both("Ein zweites Abkommen.", "A second agreement."), by=otto,
        choice_reason=pair.choice_reason, target_picture=both("Offene Pegel.", "Open gauges."),
    )  # fmt: skip
    goals.set_goal(
        pair, title=both("Pegel öffnen", "Open gauges"), by=otto,
        strategy=both("Ein Katalog", "One catalogue"), indicator=both("Pegel", "Gauges"),
        unit=both("Pegel", "gauges"), baseline=Decimal(0), target=Decimal(40),
        due_on=dt.date(2030, 12, 31),
    )  # fmt: skip
    topic = Topic.objects.get(slug="demo-hochwasser")
    focuses.put(focuses.propose(pair, topic, by=otto), Focus.Status.ADOPTED, by=otto)
    exchange_formats.promise(pair, name=both("Roundtable"), per_year=2, by=otto)
    agreement = None
    sides = list(pair.parties.order_by("position"))
    for side in sides:
        actor = Actor.objects.filter(municipality=side.municipality).first()
        participation.take_part(pair, actor, party=side, by=otto)
        participation.name_contact(pair, party=side, function=both("Leitung", "Lead"), by=otto)
    agreement = agreements.draft_agreement(pair, by=otto)
    for side, key in zip(sides, ("berta", "paula"), strict=True):
        agreements.note_council(agreement, side, by=otto, is_reservation=True)
        signatories.name_signatory(
            agreement, side, email=cast[key].email, name=cast[key].name,
            function=both("Stadtspitze", "Head of the city"), by=otto,
        )  # fmt: skip
    collecting(agreement, otto, cast["berta"], cast["paula"])
    return agreement


def _token_in(kind: str, door: str) -> str:
    """The secret of the link in the newest mail of a kind."""
    mail = OutgoingMail.objects.filter(kind=kind).latest("pk")
    return re.search(rf"/{door}/([^/\s]+)/", mail.body).group(1)


def _token_of_nomination(circle: Circle, office: User) -> str:
    nominations.nominate(
        circle.seats.get(number=1), name="Nora Nominata", email="nora@example.org",
        body="Personalrat", nominated_on=timezone.localdate(), reason="Kennt die Verwaltung.",
        by=office,
    )  # fmt: skip
    return _token_in("seat_offered", "einladung")


def _token_of_invitation(administrator: User) -> str:
    kept = []

    def link_to(token: str) -> str:
        kept.append(token)
        return f"https://example.org/{token}"

    invitations.invite(
        "ina@example.org", appointments.Office(Role.REVIEWER), of_what="Stadtbrücke",
        link_to=link_to, language="de", by=administrator, proof=_proof(administrator),
    )  # fmt: skip
    return kept[0]


def _mails(office: User) -> dict[str, OutgoingMail]:
    """A mail on hold, one to be printed, one that came back, and a rendering that died."""
    made = {
        name: outbox.queue(
            "barrier_receipt",
            key=f"scene:{name}",
            to=to,
            to_name="Nils Nebelhorn",
            hold=hold,
            language="de",
            subject=None,
            context={"number": "B-0001"},
            by=office,
            postal_address="" if to else "Nebelweg 1, 33602 Bielefeld",
        )
        for name, to, hold in (
            ("held", "nils@example.org", True),
            ("letter", "", False),
            ("dead", "weg@example.org", False),
        )
    }
    outbox.deliveries_of([made["dead"]]).update(
        state=Effect.State.DEAD, attempts=8, last_error="550 mailbox unknown"
    )
    Effect.objects.create(
        kind="minutes.render", key="scene", state=Effect.State.DEAD, attempts=8,
        last_error="the cell was killed",
    )  # fmt: skip
    return made


def _proof(user: User) -> Proof:
    return Proof(user_id=user.pk, factor="totp", at=timezone.now())
