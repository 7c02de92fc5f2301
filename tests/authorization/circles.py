"""Sessions, visions, orders, circles, calls and draws in every state that the matrix asks about."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from circles.applying import applications, confirmations
from circles.drawing import declarations, draws, freezing, records, values
from circles.drawing.tickets import short_ticket
from circles.models import Application, Call, Draw, Offer
from circles.reviewing import objections, reviews
from circles.seating import nominations
from formats.sittings import agenda, bodies, invitations
from foundation.accounts import mandates
from foundation.accounts.models import Role
from foundation.documents import files
from foundation.documents.models import Release
from foundation.mail.models import OutgoingMail
from tests.authorization import canaries
from tests.authorization.cities import PDF, Places, listed
from tests.authorization.people import People
from tests.circles import factories
from tests.formats.factories import make_body, make_meeting, make_vision, make_work_order
from tests.partnerships.factories import proof_of

DAY = dt.timedelta(days=1)
ROOM = {
    "chair": "Vera Vorsitz",
    "minute_taker": "Otto Amtmann",
    "throwers": ["Eins", "Zwei", "Drei", "Vier"],
    "witnesses": ["Ina Zeugin", "Ulf Zeuge"],
}


class Circles:
    """Builds the D.I.V. and its circles; `places` are the arguments of addresses by state."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.office, self.leo = people["office"], people["lottery officer"]
        self.vera, self.reviewers = people["chair"], (people["office"], people["reviewer"])
        self.places: Places = {}
        self.body = make_body(self.office)
        mandates.grant(self.vera, Role.CHAIR, self.body, by=None)
        mandates.grant(people["circle member"], Role.CIRCLE_MEMBER, self.body, by=None)
        self._sessions()
        self._visions()
        self._open_call()
        self._other_calls()
        self._draws()

    def _sessions(self) -> None:
        bodies.admit_member(
            self.body,
            name=canaries.MEMBER,
            email="kanari-mitglied@example.org",
            group="department",
            on_behalf_of="Amt für Verkehr",
            starts_on=timezone.localdate() - DAY,
            by=self.office,
        )
        self.session = make_meeting(self.office)
        closed = make_meeting(self.office, is_public=False, place=canaries.SESSION)
        now = timezone.now()
        invited = make_meeting(self.office, starts_at=now - DAY / 24)
        for meeting in (self.session, invited):
            agenda.add_item(meeting, factories.text("Begrüßung"), by=self.office)
        invitations.invite(invited, at=now - 20 * DAY, by=self.office)
        for name, meeting in (
            ("public session", self.session),
            ("closed session", closed),
            ("invited session", invited),
        ):
            self.places[name] = {"year": meeting.year, "ordinal": meeting.ordinal}

    def _visions(self) -> None:
        draft = make_vision(self.office, title=canaries.VISION)
        self.places["draft vision"] = {"slug": draft.slug}
        self.vision = factories.make_adopted_vision(self.office, title="Hell")
        self.places["adopted vision"] = {"slug": self.vision.slug}
        for name, addressee in (
            ("order for a circle", "circle"),
            ("order for the office", "office"),
        ):
            order = make_work_order(self.office, vision=self.vision, addressee=addressee)
            self.places[name] = {"number": order.number}

    def _call(self, name: str, **options) -> Call:
        """An open call of a circle of its own."""
        order = make_work_order(self.office, vision=self.vision)
        is_demo = options.get("draw_id", "").startswith("demo-")
        circle = factories.make_circle(self.office, name=name, order=order, is_demo=is_demo)
        return factories.make_call(
            self.office, circle=circle, meeting=make_meeting(self.office), **options
        )

    def _open_call(self) -> None:
        self.call = call = self._call("Offen", days=20)
        mandates.grant(
            self.people["auditor of a call"],
            Role.AUDITOR,
            call,
            by=None,
            ends_at=timezone.now() + DAY,
        )
        mandates.grant(self.people["circle chair"], Role.CHAIR, call.circle, by=None)
        place = {"slug": call.circle.slug, "call_id": call.pk, "draw_id": call.draw_id}
        self.places["open call"] = place
        self._own_applications(call, place)
        self._reviewed_applications(call, place)
        self._seats(call, place)

    def _own_applications(self, call: Call, place: dict[str, object]) -> None:
        words = {
            "name": canaries.NAME,
            "phone": canaries.PHONE,
            "motivation": canaries.MOTIVATION,
            "support_needs": canaries.SUPPORT,
        }
        own = self._application(call, self.people["citizen"].email, **words)
        Application.objects.filter(pk=own.pk).update(
            email=canaries.ADDRESS,
            receipt=files.store(PDF, name="beleg.pdf", media_type="application/pdf"),
        )
        moving = self._application(call, self.people["invited person"].email, name=canaries.OTHER)
        confirmations.request_address(moving, "neu@example.org", by=moving.user)
        other = self._application(call, self.people["other citizen"].email, name=canaries.OTHER)
        waiting = factories.make_application(
            call, email=canaries.ADDRESS, name=canaries.OTHER, confirmed=False
        )
        for state, each in (
            ("own application", own),
            ("application that moves", moving),
            ("application of another", other),
            ("unconfirmed application", waiting),
        ):
            self.places[state] = {**place, **self._named(each)}

    def _reviewed_applications(self, call: Call, place: dict[str, object]) -> None:
        criterion = call.criteria.get(code="wohnort")
        for state in ("rejected application", "application with an objection"):
            application = self._application(call, f"{state.split()[-1]}@example.org")
            for reviewer in self.reviewers:
                reviews.review(application, unmet={criterion: canaries.REASON}, by=reviewer)
            application.refresh_from_db()
            self.places[state] = {**place, **self._named(application)}
        objections.record(application, canaries.OBJECTION, by=self.office)
        half = self._application(call, "halb@example.org")
        reviews.review(half, unmet={criterion: canaries.REASON}, by=self.office)
        self.places["half reviewed application"] = {**place, **self._named(half)}
        own = self._application(call, self.people["reviewer"].email, name="Rita")
        self.places["application of the reviewer"] = {**place, **self._named(own)}

    def _seats(self, call: Call, place: dict[str, object]) -> None:
        seat = call.circle.seats.get(number=1)
        nominations.nominate(
            seat,
            name=canaries.NOMINEE,
            email="benannt@example.org",
            body="Stadtrat",
            nominated_on=timezone.localdate(),
            reason=canaries.NOMINATION,
            by=self.office,
        )
        self.nomination_token = token_in(kind="seat_offered")
        self.places |= {
            "offered seat": {**place, "number": 1, "token": self.nomination_token},
            "free seat": {**place, "number": 2},
            "no seat": {**place, "number": 16},
            "unknown seat": {"slug": "gibt-es-nicht", "number": 1},
        }

    def _other_calls(self) -> None:
        draft = self._call("Entwurf", opened=False)
        Call.objects.filter(pk=draft.pk).update(question=factories.text(canaries.CALL))
        self.places["draft call"] = {
            "slug": draft.circle.slug, "call_id": draft.pk, "draw_id": draft.draw_id,
        }  # fmt: skip
        order = make_work_order(self.office, vision=self.vision)
        empty = factories.make_circle(self.office, name="Leer", order=order)
        self.places["circle without call"] = {"slug": empty.slug}
        mandates.grant(self.people["reviewer elsewhere"], Role.REVIEWER, draft, by=None)

    def _draws(self) -> None:
        """One call for each step of the draw; each has one seat and two people in its pool."""
        self._closed("closed call")
        self._frozen("frozen call")
        self._proposed("proposed call")
        self._confirmed("confirmed call")
        self._recorded("recorded call")
        self._thrown("thrown call")
        self._with_beacon("call with a beacon")
        draw = self._thrown("drawn call")
        draws.run(draw.pk)
        listed(draw, f"LOS-{draw.call.draw_id}", "draw-minutes", Release.Stage.FINAL)
        listed(draw, f"LOSI-{draw.call.draw_id}", "draw-minutes-internal", Release.Stage.FINAL)
        self.offer = Offer.objects.get(draw=draw)
        self.offer_token = token_in(kind="offer")
        self.places["offered place"] = {"token": self.offer_token}
        self.places["ticket"] = {"ticket": short_ticket(self.offer.application.ticket)}
        stranger = draw.call.applications.first().reference
        self.places["application of another call"] = {
            **self.places["open call"],
            "reference": stranger,
        }
        self.places["published file"] = {"draw_id": draw.call.draw_id, "name": "pool.txt"}
        self.places["unpublished file"] = {
            "draw_id": self.places["proposed call"]["draw_id"],
            "name": "declaration.txt",
        }

    def _closed(self, state: str) -> Call:
        call = self._call(state, days=20, seats=1, draw_id=f"demo-{state.replace(' ', '-')}")
        # Of two tickets the samples may open one; the matrix opens a second one.
        for number in range(1, 4 if state == "drawn call" else 3):
            made = self._application(
                call,
                f"{state.replace(' ', '-')}-{number}@example.org",
                name=f"{canaries.PERSON} {number}",
            )
            factories.qualify(made, *self.reviewers)
        self.places[state] = {
            "slug": call.circle.slug, "call_id": call.pk, "draw_id": call.draw_id,
        }  # fmt: skip
        return factories.close_call(call)

    def _frozen(self, state: str) -> Draw:
        return freezing.freeze(
            self._closed(state), all_typed=True, by=self.leo, proof=proof_of(self.leo)
        )

    def _proposed(self, state: str, *, beacon: bool = False) -> Draw:
        draw = self._frozen(state)
        at = draw.frozen_at + 2 * DAY if beacon else None
        declaration = declarations.propose(draw, drand_at=at, by=self.leo, proof=proof_of(self.leo))
        self.places[state]["fingerprint"] = declaration.sha256
        return draw

    def _confirmed(self, state: str, **options: bool) -> Draw:
        draw = self._proposed(state, **options)
        declaration = declarations.in_force(draw)
        declarations.confirm(declaration, by=self.vera, proof=proof_of(self.vera))
        ahead = DAY + dt.timedelta(seconds=5)
        Call.objects.filter(pk=draw.call_id).update(clock_ahead=ahead)
        return Draw.objects.get(pk=draw.pk)

    def _recorded(self, state: str, **options: bool) -> Draw:
        """The room is on record, and the chair has typed the dice; nobody may read them yet."""
        draw = self._confirmed(state, **options)
        records.write(draw, **ROOM, began_at=timezone.now(), by=self.leo)
        values.enter(declarations.in_force(draw), canaries.DICE, by=self.vera)
        return draw

    def _thrown(self, state: str, **options: bool) -> Draw:
        draw = self._recorded(state, **options)
        values.enter(declarations.in_force(draw), canaries.DICE, by=self.leo)
        return draw

    def _with_beacon(self, state: str) -> Draw:
        draw = self._thrown(state, beacon=True)
        Call.objects.filter(pk=draw.call_id).update(clock_ahead=3 * DAY)
        return draw

    def _application(self, call: Call, email: str, **words: str) -> Application:
        return factories.make_application(call, email=email, **words)

    def _named(self, application: Application) -> dict[str, object]:
        return {
            "reference": application.reference,
            "signed": applications.signed_id(application),
        }


def token_in(*, kind: str) -> str:
    """The token of the newest mail of this kind: it stands nowhere else."""
    body = OutgoingMail.objects.filter(kind=kind).first().body
    link = next(word for word in body.split() if "/einladung/" in word or "/platz/" in word)
    return link.rstrip("/").rpartition("/")[2]
