"""The team of the office and people who asked for mails: all of them invented."""

from __future__ import annotations

from circles.calling.announcements import CALLS
from config.demo.names import fictional_names
from formats.sittings.announcements import SESSIONS
from foundation.languages import LocalizedText
from foundation.subscriptions import keeping
from foundation.subscriptions.models import Subscriber
from foundation.subscriptions.wishes import Wish
from partnerships.deeds.announcements import NEWS
from partnerships.directory import office_contacts
from partnerships.directory.office_contacts import Details
from partnerships.models import OfficeContact

# (function, what it helps with, telephone, mailbox): German and English.
TEAM = (
    (
        ("Leitung des Büros", "Head of the office"),
        ("Grundsatzfragen, Presse", "Matters of principle, press"),
        "0521 00000-10",
        "leitung@example.org",
    ),
    (
        ("Städtepartnerschaften", "City partnerships"),
        ("Abkommen, gemeinsame Projekte, Besuche", "Agreements, joint projects, visits"),
        "0521 00000-20",
        "partnerschaften@example.org",
    ),
    (
        ("Innovationszirkel und D.I.V.", "Innovation circles and D.I.V."),
        (
            "Bewerbung, Hilfe beim Ausfüllen, Papierformular",
            "Applications, help with the form, paper form",
        ),
        "0521 00000-30",
        "zirkel@example.org",
    ),
    (
        ("Technik und Barrierefreiheit", "Technology and accessibility"),
        ("Wenn etwas auf diesen Seiten nicht geht", "When something on these pages fails"),
        "0521 00000-40",
        "",
    ),
)
SUBSCRIBERS = (
    ("leserin@example.org", "de", (Wish(CALLS), Wish(SESSIONS))),
    ("werkstatt@example.org", "de", (Wish(CALLS),)),
    ("reader@example.org", "en", (Wish(NEWS),)),
)


def load_team() -> None:
    """Functions of the office with invented people; once."""
    if OfficeContact.objects.exists():
        return
    names = fictional_names(60)[-len(TEAM) :]
    for name, (function, helps_with, phone, email) in zip(names, TEAM, strict=True):
        office_contacts.add(
            Details(
                function=LocalizedText.of("de", function[0], en=function[1]),
                helps_with=LocalizedText.of("de", helps_with[0], en=helps_with[1]),
                person_name=f"{name} (Demo)",
                name_is_public=True,
                phone=phone,
                email=email,
                shows_email=bool(email),
            ),
            by=None,
        )


def load_subscribers() -> None:
    """Three invented readers, so that the office sees numbers; whoever ended it stays away."""
    if Subscriber.objects.exists():
        return
    for email, language, wishes in SUBSCRIBERS:
        keeping.choose(
            Subscriber.objects.create(email=email, language=language), wishes, language=language
        )
