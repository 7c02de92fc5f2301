"""How a circle is founded and fills its fifteen seats, in the browser; a chapter of its story."""

from __future__ import annotations

import datetime as dt

import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from circles.drawing import draws
from circles.models import Circle, Offer
from circles.seating import offers
from formats.models import Vision
from foundation.accounts.models import User
from foundation.mail import outbox
from foundation.mail.models import OutgoingMail
from tests.browser.background import work_off
from tests.browser.scene import lead_to
from tests.circles.factories import make_call, seat_by_body
from tests.conftest import login
from tests.stories import circle as told
from tests.stories.circle import ADA, SLUG, TEN

DAY = dt.timedelta(days=1)
DRAW = "demo-hell-nach-hause"
LEAVING, RESERVE = "drawn 1", "drawn 6"


def after(moment: dt.datetime) -> time_machine.travel:
    return time_machine.travel(moment, tick=True)


def deliver(inbox, **which: object) -> list:
    """Let these mails reach their mailboxes; what arrived."""
    before = len(inbox)
    work_off(outbox.deliveries_of(OutgoingMail.objects.filter(**which)))
    return inbox[before:]


def addressees(mails: list) -> set[str]:
    return {mail.to[0].rpartition("<")[2].rstrip(">") for mail in mails}


def found(enter, scene) -> Circle:
    """The office derives an order from a vision and founds a circle for it."""
    vision = Vision.objects.filter(state="adopted").first()
    office = enter("otto", "Derive a work order", start=reverse("vision", args=[vision.slug]))
    office.send(
        "Give the order", question_de="Wo fehlt Licht?", question_en="Where is light missing?",
        expected_result_de="Ein Vorschlag", limits_de="100.000 Euro",
        addressee="innovation circle", contact="Büro", due_on="2031-10-01",
    )  # fmt: skip
    office.follow("Found the circle")
    office.send("Found the circle with its fifteen seats", **told.FOUNDING)
    assert office.says("Work order of the D.I.V.: Where is light missing?")
    # The clock of a demonstration stands in for the days before a draw.
    Circle.objects.filter(slug=SLUG).update(is_demo=True)
    return Circle.objects.get(slug=SLUG)


def name_ten(enter, scene, circle: Circle, inbox):
    """Ada is named on the page and answers by her link; nine more come by the same doors."""
    office = enter("otto", "Enter a named person: 1 Administration")
    office.send(
        "Offer the seat", name=ADA, email=told.address_of(ADA), body="Amt für Verkehr",
        nominated_on=f"{timezone.localdate():%Y-%m-%d}", reason="Kennt die Wege.",
    )  # fmt: skip
    (mail,) = deliver(inbox, kind="seat_offered", to=told.address_of(ADA))
    guest = enter("", start=told.door_in(mail, "einladung"))
    guest.send("Accept the seat", declared=True, name_is_public=True)
    assert guest.says("Thank you, the seat is yours.")
    for number, name in enumerate(TEN[1:], start=2):
        seat_by_body(circle, number, scene.people["otto"], name=name, email=told.address_of(name))
    for name in TEN:
        scene.people[name] = User.objects.get(email=told.address_of(name))
    assert enter("").says(f"Administration, {ADA} taken")


def draw_five(enter, scene, circle: Circle, inbox):
    """Seven apply, five are drawn; the first answers by the link of the mail."""
    call = make_call(scene.people["otto"], circle=circle, draw_id=DRAW)
    lead_to("draw", call, scene.people)
    draws.run(call.draw.pk)
    first, *others = Offer.objects.filter(draw__call=call).order_by("place")
    accept_place(enter, scene, inbox, first, LEAVING)
    for offer in others:
        scene.people[f"drawn {offer.place}"] = offer.application.user
        offers.answer(offer, accept=True, by=offer.application.user)


def accept_place(enter, scene, inbox, offer: Offer, who: str):
    (mail,) = deliver(inbox, kind="offer", to=offer.application.email)
    person = enter("", start=told.door_in(mail, "platz"))
    assert person.says("The lot has fallen on you.")
    person.send("Accept the place")
    assert person.says("Welcome to the circle.")
    scene.people[who] = offer.application.user


def begin(enter):
    office = enter("otto", "Begin to work")
    office.send("The circle begins to work")
    assert enter("").says("The circle is complete: all fifteen places are taken.")


def come_in(scene) -> dict[str, Client]:
    """A browser without a window for each member, for what all of them do alike."""
    drawn = [f"drawn {place}" for place in range(1, 6)]
    return {name: login(Client(), scene.people[name]) for name in (*TEN, *drawn)}


def without(members, *names: str) -> list[Client]:
    return [client for name, client in members.items() if name not in names]
