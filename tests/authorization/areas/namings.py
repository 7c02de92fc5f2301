"""A body that is asked for a name, and two drawn people who said no: one was asked again."""

import datetime as dt
import re

from django.db.models import F

from circles.drawing import draws
from circles.models import Application, Call, Departure, Offer
from circles.seating import departures, naming, offers
from foundation.accounts import invitations
from foundation.mail.models import OutgoingMail

WITH_A_REASON = {"reason_de": "Ein Sitz ist noch leer"}


def places(world):
    office, place = world.people["office"], world.places["open call"]
    circle = Call.objects.get(pk=place["call_id"]).circle
    naming.ask_body(circle.seats.get(number=3), body="Kammer", email="k@example.org", by=office)
    declined, asked = (_declined(world, name) for name in ("declined call", "asked call"))
    departures.tell(asked, channel="phone", by=office)
    Call.objects.filter(draw__offers__departures=asked).update(
        clock_ahead=F("clock_ahead") + dt.timedelta(hours=48)
    )
    # The person who declined is one of those on paper: the office notes what they say.
    Application.objects.filter(offers=declined.offer).update(identity="ref:AB", email="")
    return {
        "asked seat": {"slug": circle.slug, "number": 3, "token": _token()},
        "declined place": {"call_id": declined.offer.draw.call_id, "pk": declined.pk},
        "asked place": {"call_id": asked.offer.draw.call_id, "pk": asked.pk},
        "declined place of another call": {"call_id": place["call_id"], "pk": declined.pk},
        "declined offer on paper": {
            "call_id": declined.offer.draw.call_id,
            "pk": declined.offer_id,
        },
        "offer to somebody online": {"call_id": asked.offer.draw.call_id, "pk": asked.offer_id},
        "offer of another call": {"call_id": place["call_id"], "pk": declined.offer_id},
        "draws as a table": {"name": "auslosungen"},
    }


def tokens():
    """What the link holder has in the session."""
    return {"naming_digest": invitations.digest_of(_token())}


def _declined(world, state: str) -> Departure:
    draw = world.circles._thrown(state)
    draws.run(draw.pk)
    offer = Offer.objects.get(draw=draw)
    offers.answer(offer, accept=False, by=offer.application.user)
    return Departure.objects.get(offer=offer)


def _token() -> str:
    body = OutgoingMail.objects.filter(kind="naming_request").latest("pk").body
    return re.search(r"/benennung/([\w-]+)/", body)[1]


def _waiting(world, place):
    mail = OutgoingMail.objects.filter(kind="application_rejected", state="held").first()
    return {"mails": [mail.pk]}


PLAIN: dict[str, dict[str, object]] = {
    "seat_ask": {"body": "Rat", "email": "rat@example.org", "language": "de", "days": "14"},
    "seat_ask_withdraw": {},
    "naming": {"name": "Nele", "email": "nele@example.org", "reason": "Kundig", "agreed": "on"},
    "naming_decline": {"answer": "Niemand hat Zeit"},
    "circle_begin": WITH_A_REASON,
    "departure_tell": {"channel": "phone"},
    "departure_confirm": {},
    "offer_object": {},
    "offer_note": {"said": "objects", "reference": "AZ 7/2026"},
}
DEPENDENT: dict[str, object] = {"application_notices": _waiting}
