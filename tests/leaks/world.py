"""Two circles at work; one of them holds a canary in every private field, the other one watches."""

from __future__ import annotations

import datetime as dt

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from circles.applying import applications
from circles.models import Application, Circle, ReviewLink
from circles.proposing import review_links
from circles.seating import circles, memberships, nominations
from config.pages.transparency.page import SHEETS
from formats.events import calendar_links
from formats.models import Paper
from formats.sittings import minutes_paper
from foundation.accounts import mandates
from foundation.accounts.models import Role, User
from foundation.mail.models import OutgoingMail
from tests.circles import factories
from tests.circles.factories import text
from tests.circles.results import second_office
from tests.conftest import confirm_factor, login, make_user
from tests.leaks import deciding, gathering, proposing, resulting
from tests.leaks.fields import MANY, word
from tests.partnerships.factories import city, enrol, make_partnership, speaker

DAY = dt.timedelta(days=1)
# Roles held everywhere, with or without a second factor.
STAFF = {
    "office": ("Otto", (Role.OFFICE,)),
    "reviewer of applications": ("Rita", (Role.REVIEWER,)),
    "lottery officer": ("Leo", (Role.LOTTERY_OFFICER,)),
    "administrator": ("Anton", (Role.ADMINISTRATOR,)),
    "member of the D.I.V.": ("Dora", (Role.DIV_MEMBER,)),
    "applicant": ("Clara", ()),
    "auditor": ("Aurel", ()),
    "chair of the circle": ("Viktor", ()),
    "chair of the D.I.V.": ("Vera", ()),
}
SEATED = {1: "author", 2: "member", 3: "former member", 10: MANY}


class World:
    """`places` are the arguments of addresses by their name; `clients` one browser of each role."""

    def __init__(self) -> None:
        self.people: dict[str, User] = {
            role: make_user(name, *held, factor=True) for role, (name, held) in STAFF.items()
        }
        self.office = self.people["office"]
        self.people["second of the office"] = second_office()
        self.links: dict[str, ReviewLink] = {}
        self.places: dict[str | tuple[str, str], list[object]] = {}
        self.circle, self.other = self._circles()
        self._give_roles()
        gathering.plant(self)
        proposing.plant(self)
        deciding.plant(self)
        # What they were told until now, they were told as members.
        self.told_before = OutgoingMail.objects.latest("pk").pk
        for gone in ("former member", MANY):
            self._leave(self.people[gone])
        gathering.plant_after(self)
        resulting.plant(self)
        self.places |= self._addresses(applied=self.call.applications.earliest("pk"))
        self.secrets = self._secrets()
        self.clients = self._let_in()

    def _circles(self) -> tuple[Circle, Circle]:
        """The circle whose call Clara has answered, and the one next door."""
        self.order = factories.make_work_order(self.office)
        circle = factories.make_circle(self.office, name="Voll Worte", order=self.order)
        for number in (*range(1, 9), 10):
            who = SEATED.get(number, f"member {number}")
            named = {
                "author": (word("User.name"), f"{word('User.email')}@example.org"),
                "member 8": (word("User.name of a minority"), ""),
            }.get(who, (who.title(), f"{who.replace(' ', '-')}@example.org"))
            self.people[who] = factories.seat_by_body(
                circle, number, self.office, name=named[0], email=named[1]
            )
        nominations.nominate(
            circle.seats.get(number=9), name="Nele", email="nele@example.org", body="Verein",
            nominated_on=timezone.localdate(), reason="kundig", match="passt", by=self.office,
        )  # fmt: skip
        call = factories.make_call(self.office, circle=circle)
        for role in ("applicant", MANY):
            factories.make_application(call, name=role, email=self.people[role].email)
        circles.begin_work(circle, reason=text("Die Auslosung kommt noch."), by=self.office)
        circle.refresh_from_db()
        order = factories.make_work_order(self.office, vision=self.order.vision)
        other = factories.make_circle(self.office, name="Nebenan", order=order)
        for number, role in enumerate(("member of the other circle", MANY), start=1):
            known = self.people.get(role)
            email = known.email if known else "nebenan@example.org"
            self.people[role] = factories.seat_by_body(other, number, self.office, email=email)
        circles.begin_work(other, reason=text("Es eilt."), by=self.office)
        other.refresh_from_db()
        self.call = call
        return circle, other

    def _addresses(self, applied: Application) -> dict[str | tuple[str, str], list[object]]:
        """What stands in addresses beside the things of the rooms."""
        own = self.people["author"].seats.get(circle=self.circle)
        body, year, ordinal = self.circle.body, self.held.year, self.held.ordinal
        newest = OutgoingMail.objects.order_by("kind", "-pk").distinct("kind")
        item, paper = self.held.agenda_items.first(), Paper.objects.get()
        return {
            "circle": [self.circle.slug],
            "vision": [self.order.vision.slug],
            "thread": [self.order.vision.thread],
            "call_id": [self.call.pk],
            "draw_id": [self.call.draw_id],
            "reference": [applied.reference],
            "signed": [applications.signed_id(applied)],
            "city": ["tampere"],
            "seat": [own.pk],
            "seat number": [own.number, 9],
            "paper": [paper.pk],
            "document": [minutes_paper.number_of(self.held.minutes, internal=False)],
            "position": [1],
            "mail": list(newest.values_list("pk", flat=True)),
            "language": ["de"],
            "one": [1],
            "kind": ["body", "organization", "membership", "meeting", "agendaitem", "paper"],
            "name of a sheet": list(SHEETS),
            ("kind", "key"): [
                ("body", body.slug), ("organization", body.slug),
                ("membership", body.memberships.earliest("pk").pk),
                ("meeting", f"{year}-{ordinal}"), ("location", f"{year}-{ordinal}"),
                ("meeting", f"{body.slug}-{year}-{ordinal}"), ("agendaitem", item.pk),
                ("paper", paper.pk), ("file", paper.pk),
            ],
        }  # fmt: skip

    def _give_roles(self) -> None:
        year = timezone.now() + 365 * DAY
        for role in ("auditor", MANY):
            mandates.grant(self.people[role], Role.AUDITOR, by=None, ends_at=year)
        mandates.grant(self.people["chair of the circle"], Role.CHAIR, self.circle, by=None)
        for role in ("chair of the D.I.V.", MANY):
            mandates.grant(self.people[role], Role.CHAIR, self.call.meeting.body, by=None)
        for held in (Role.REVIEWER, Role.LOTTERY_OFFICER, Role.ADMINISTRATOR, Role.DIV_MEMBER):
            mandates.grant(self.people[MANY], held, by=None)
        enrol(self.people[MANY])
        make_partnership(city("bielefeld"), city("tampere"))
        self.people["partner"] = speaker("Paula", city("tampere"))
        mandates.grant(self.people[MANY], Role.PARTNER, city("tampere"), by=None)

    def _leave(self, gone: User) -> None:
        memberships.give_back(gone.seats.get(circle=self.circle), by=gone)

    def _let_in(self) -> dict[str, Client]:
        """One browser each; a person with a second factor has just confirmed it."""
        found = {"anonymous": Client()}
        for role, user in self.people.items():
            if role not in REPEATED:
                found[role] = login(Client(), user)
                confirm_factor(found[role], user)
        for role, link in self.links.items():
            found[role] = Client()
            found[role].get(reverse("feedback_enter", args=[review_links.token_of(link)]))
        own = self.links["reviewer by link"]
        found[MANY].get(reverse("feedback_enter", args=[review_links.token_of(own)]))
        return found

    def _secrets(self) -> dict[str, str]:
        """What opens the links of reviewers, by value; nobody can choose these words."""
        found = {}
        for link in self.links.values():
            found[review_links.token_of(link)] = "ReviewLink.seed and its token"
            found |= {link.seed: "ReviewLink.seed", link.token_digest: "ReviewLink.token_digest"}
        return found

    def calendars(self) -> dict[str, str]:
        """A secret address of each person's own calendar."""
        return {
            role: calendar_links.make(user)
            for role, user in self.people.items()
            if role in self.clients
        }


# They sit there so that there are enough of them; what they see the others see, too.
REPEATED = {f"member {number}" for number in range(4, 9)} | {"second of the office"}
