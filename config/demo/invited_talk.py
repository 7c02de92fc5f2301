"""An invented talk ahead, by invitation: one comes, one cannot, the others have not answered."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import timezone

from formats.events import events, invitations
from formats.events.invitation_lines import Guest
from formats.models import Event
from foundation.accounts.models import User
from foundation.languages import LocalizedText
from partnerships.models import Municipality

T = LocalizedText.of
GUESTS = ("Ansa Silta", "Bodo Damm", "Enna Ufer", "Pekka Ranta")


def load_talk(office: User) -> None:
    """Announced for an evening in five weeks, with a day by which to answer."""
    day = timezone.localdate() + dt.timedelta(days=36)
    at = dt.datetime.combine(day, dt.time(18), ZoneInfo("Europe/Berlin"))
    event = events.plan(
        kind=Event.Kind.ROUNDTABLE, slug="demo-seegespraech", is_demo=True, mode="on_site",
        title=T("de", "Seegespräch: Wem gehören die Daten vom Ufer?",
                en="Talk by the lake: who owns the data from the shore?"),
        summary=T("de", "Ein Abend mit denen, die messen, und denen, die damit arbeiten.",
                  en="An evening with those who measure and those who work with it."),
        access=Event.Access.INVITED, starts_at=at, ends_at=at + dt.timedelta(hours=2),
        registration_until=at - dt.timedelta(days=7), capacity=12, by=office,
    )  # fmt: skip
    city = Municipality.objects.get(slug="lindenau-am-see")
    events.put_places(event, [("Seehaus (Demo)", city, "Am Ufer 1")], by=office)
    events.publish(event, by=office)
    guests = [Guest(f"{name.lower().replace(' ', '.')}@example.org", name) for name in GUESTS]
    sent = invitations.invite(event, guests, language="de", by=office)
    comes, cannot, *_silent = sent.invitations
    invitations.accept(comes, name=comes.name, organisation="Kaupunki (Demo)")
    invitations.decline(cannot)
