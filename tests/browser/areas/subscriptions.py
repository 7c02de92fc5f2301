"""Notifications by e-mail, and the team of the office that the demonstration brings."""

from __future__ import annotations

import re

from django.urls import reverse

from foundation.mail.models import OutgoingMail
from foundation.subscriptions import asking, links
from foundation.subscriptions.models import Subscriber
from foundation.subscriptions.wishes import Wish
from partnerships.directory import checkups, directory
from partnerships.models import Actor, OfficeContact
from tests.browser.places import MAIN_FORM, Place, at, of

NO_PAGES = """
subscription_enter subscription_open subscription_end actor_subscribe office_contact_up
"""
ACTOR = "Blumenhof mit Postfach (Demo)"


def prepare(people) -> None:
    """Somebody who has not confirmed yet, and an entry whose contact can be asked."""
    asking.ask("wartet@example.org", [Wish("calls")], named=["Ausschreibungen"], language="de")
    actor = directory.list_actor(
        ACTOR, kind="sme", sector="business", is_fictional=True, by=people["otto"]
    )
    checkups.set_contact(actor, "blumenhof@example.org", by=people["otto"])


def places() -> list[Place]:
    ending = reverse("subscription_end")
    return [
        at("subscribe"),
        at("subscribe:wrong", sends=MAIN_FORM),
        at("subscription_asked"),
        Place("subscription_confirm", lambda s: reverse("subscription_enter", args=[_asked()])),
        Place("subscription", _own),
        Place("subscription_ended", _another, sends=f"form[action='{ending}']"),
        Place("subscription:void", reverse("subscription_open", args=["x"]), status=404),
        of("unsubscribe", lambda s: [links.token_of(Subscriber.objects.latest("pk"))]),
        at("subscriber_numbers", who="otto"),
        Place("actor_edit:offer", _entry, who="otto"),
        at("contact"),
        at("contact:office", who="otto"),
        at("office_write"),
        at("office_write:wrong", sends=MAIN_FORM),
        at("office_contact_new", who="otto"),
        at("office_contact_new:wrong", who="otto", sends=MAIN_FORM),
        of("office_contact_edit", lambda s: [OfficeContact.objects.first().pk], who="otto"),
    ]


def _asked() -> str:
    mail = OutgoingMail.objects.filter(kind="subscription_confirm").latest("pk")
    return re.search(r"/bestaetigen/([\w-]+)/", mail.body)[1]


def _own(scene) -> str:
    found = Subscriber.objects.get(email="leserin@example.org")
    return reverse("subscription_open", args=[links.token_of(found)])


def _another(scene) -> str:
    """Somebody new each time, for the page is reached by ending it."""
    made = Subscriber.objects.create(email=f"geht-{Subscriber.objects.count()}@example.org")
    return reverse("subscription_open", args=[links.token_of(made)])


def _entry(scene) -> str:
    return reverse("actor_edit", args=[Actor.objects.get(name=ACTOR).slug])
