"""Events of the demonstration: what the sources tell of Bielefeld and Tampere, the Ruhr forum.

Persons appear by role only. What is invented is marked, and its people live at example.org.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from config.demo import invited_talk, master, ruhr
from config.demo.event_seeds import dates_of, kind_of, topics_of
from formats.events import events, programmes, registrations
from formats.models import Event
from foundation.accounts.models import User
from foundation.languages import LocalizedText
from foundation.mail.models import OutgoingMail
from partnerships.models import Actor, Encounter, Municipality, Partnership, Topic

T = LocalizedText.of
Precision = Encounter.Precision
# Key in the seed file -> words of the meeting that the partnership has written down already.
KNOWN = {
    "lorawan-rt": "LoRaWAN-Roundtable",
    "oic-tre": "Digitale Konferenz",
    "summer22": "Folgetreffen",
    "stw22": "Smart Tampere Week",
    "visits-covid": "Gegenseitige Kennenlernbesuche",
}
MODES = {"onsite": "on_site", "digital": "digital", "hybrid": "hybrid"}
DATELINE = T(
    "de", "17.03.2022 ist das Datum der Pressemitteilung; den Tag der Konferenz nennt sie nicht.",
    en="17 March 2022 is the date of the press release, which does not name the day itself.",
)  # fmt: skip
GUESTS = (
    ("Ida Deich", "Wasserverband (Demo)"), ("Jukka Joki", "Kaupunki (Demo)"),
    ("Mara Pegel", "Verein Musterviertel"), ("Nils Ufer", ""), ("Oona Ranta", "Yliopisto (Demo)"),
)  # fmt: skip


def load_events(office: User) -> None:
    """Load everything once."""
    if Event.objects.exists():
        return
    with transaction.atomic():
        _load_first_pair(office)
        _load_innopeers(office)
        ruhr.load_forum(office)
        _load_workshop(office)
        invited_talk.load_talk(office)


def _load_first_pair(office: User) -> None:
    pair = Partnership.objects.get(slug="bielefeld-tampere")
    seeds = dict(master.of("Event"))
    made: dict[str, Event] = {}
    for key, words in KNOWN.items():
        fields = seeds[key]
        known = pair.encounters.get(title__de__text__startswith=words)
        made[key] = events.plan(
            kind=kind_of(fields), title=known.title, encounter=known, partnership=pair, by=office,
            slug=f"oic-{key}" if key != "oic-tre" else key, access=Event.Access.INVITED,
            mode=MODES.get(fields.get("mode", ""), ""), topics=topics_of(fields, "topics"),
            predecessor=made.get(fields.get("predecessor", "")),
            exchange_format=known.exchange_format,
            note=DATELINE if key == "oic-tre" else LocalizedText(),
            **dates_of(fields),
        )  # fmt: skip
        _put_cities(made[key], fields, office)
        events.publish(made[key], by=office)
    for key in ("lorawan-rt", "oic-tre", "stw22"):
        events.hold(made[key], by=office)
    events.cancel(
        made["visits-covid"], T("de", "Coronapandemie", en="Covid-19 pandemic"), by=office
    )
    oic = Actor.objects.get(name="Open Innovation City Bielefeld")
    for role in ("initiator", "organiser"):
        programmes.involve(made["oic-tre"], role, actor=oic, by=office)


def _put_cities(event: Event, fields: dict[str, Any], office: User) -> None:
    names = fields.get("venues", [fields["venue"]] if "venue" in fields else [])
    cities = {
        city.name.get("de"): city for city in Municipality.objects.filter(name__de__text__in=names)
    }
    events.put_places(event, [(name, cities.get(name), "") for name in names], by=office)


def _load_innopeers(office: User) -> None:
    """The programme of the network's first year, as far as its days are known."""
    event = events.plan(
        kind=Event.Kind.SERIES, slug="innopeers-2020", by=office, mode="digital",
        title=T("de", "innOpeers: Programmablauf 2020", en="innOpeers: programme 2020"),
        summary=T("de", "Lernnetzwerk Offene Innovation: Kick-off, Webinare, kollegiale Beratung.",
                  en="Learning network on open innovation: kick-off, webinars, peer consultation."),
        access=Event.Access.INVITED, attendance=13, precision=Precision.MONTH,
        starts_on=dt.date(2020, 3, 1), ends_on=dt.date(2020, 6, 1),
    )  # fmt: skip
    host = Actor.objects.get(name="Stifterverband")
    programmes.involve(event, "host", actor=host, by=office)
    kinds = {"kickoff": "kick_off", "webinar": "webinar"}
    by_june = T("de", "bis Juni 2020", en="by June 2020")
    for _key, fields in master.of("Session"):
        day = fields.get("precision") == "day"
        programmes.add_session(
            event, title=T("de", fields["title"]), kind=kinds.get(fields["kind"], ""), by=office,
            when=T("de", "27. März 2020", en="27 March 2020") if day
            else by_june if "end" in fields
            else T("de", "danach, Tag nicht belegt", en="afterwards, day not on record"),
        )  # fmt: skip
    events.publish(event, by=office)
    events.hold(event, by=office)


def _load_workshop(office: User) -> None:
    """An invented workshop ahead, open to everybody, with people on its waiting list."""
    pair = Partnership.objects.get(slug="lindenau-jaervikoski")
    day = timezone.localdate() + dt.timedelta(days=23)
    at = dt.datetime.combine(day, dt.time(13), ZoneInfo("Europe/Berlin"))
    event = events.plan(
        kind=Event.Kind.WORKSHOP, slug="demo-offene-pegel", is_demo=True, mode="hybrid", by=office,
        title=T("de", "Offene Pegel: Werkstatt am Wasser", en="Open gauges: workshop by the water"),
        summary=T("de", "Zwei Städte lesen ihre Pegel gemeinsam. Vorkenntnisse braucht niemand.",
                  en="Two cities read their gauges together. No prior knowledge is needed."),
        partnership=pair, starts_at=at, ends_at=at + dt.timedelta(hours=3), capacity=4,
        registration_until=at - dt.timedelta(days=1), joining="https://raum.example.org/pegel",
        topics=list(Topic.objects.filter(slug="demo-hochwasser")),
    )  # fmt: skip
    city = Municipality.objects.get(slug="lindenau-am-see")
    events.put_places(event, [("Seehaus (Demo)", city, "Am Ufer 1")], by=office)
    programmes.involve(
        event, "moderator", by=office,
        function=T("de", "Stelle für Gewässer (Demo)", en="Water office (demo)"),
    )  # fmt: skip
    for start, end, german, english, asked, asked_english in (
        (0, 60, "Was messen wir schon?", "What do we measure already?",
         "Wo stehen die Pegel?\nWer liest sie?", "Where are the gauges?\nWho reads them?"),
        (75, 180, "Was davon darf offen sein?", "What of it may be open?", "Wem hilft es?",
         "Whom does it help?"),
    ):  # fmt: skip
        programmes.add_session(
            event, title=T("de", german, en=english), kind="workshop",
            questions=T("de", asked, en=asked_english),
            starts_at=at + dt.timedelta(minutes=start), ends_at=at + dt.timedelta(minutes=end),
            by=office,
        )  # fmt: skip
    events.publish(event, by=office)
    for name, organisation in GUESTS:
        _register(event, name, organisation)


def _register(event: Event, name: str, organisation: str) -> None:
    asked = registrations.ask(
        event, email=f"{name.lower().replace(' ', '.')}@example.org", name=name, language="de",
        organisation=organisation, presence="on_site",
    )  # fmt: skip
    mail = OutgoingMail.objects.get(kind="event_code", subject_id=str(asked.pk))
    code = re.search(r"^ {4}(\d{6})$", mail.body, re.M)
    if code is None:
        raise ValueError(f"{mail} carries no code")
    registrations.confirm(asked, code.group(1))
