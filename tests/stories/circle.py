"""Who and what a circle's road is about, and what many of its people do alike; told twice."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from circles.models import Decision, FeedbackRound, ReviewLink
from circles.proposing import review_links
from foundation.posting import human
from tests.stories.test_citizen import post

NAME, SLUG = "Hell nach Hause", "hell-nach-hause"
FOUNDING = {"name_de": NAME, "purpose_de": "Fünfzehn Menschen suchen, was abends hilft."}
# Who sits on the ten seats that bodies fill; the others are drawn.
TEN = (
    "Ada Anders", "Ben Brandt", "Cem Celik", "Dana Dahl", "Emil Esser", "Fina Falk", "Gil Groth",
    "Hana Huber", "Ida Ilg", "Jon Jansen",
)  # fmt: skip
ADA, BEN, CEM = TEN[:3]
LAMPS, PATHS = "Zwölf Leuchten am Fluss.", "Der Weg am Wehr wird breiter."
HARM, LIFT = "Grelles Licht vertreibt die Fledermäuse.", "Warmes Licht, ab 22 Uhr gedimmt."
WARM = "Zwölf warme Leuchten am Fluss, ab 22 Uhr gedimmt."
INTEGRATION = "Das Licht ist warm und wird ab 22 Uhr gedimmt."
PROPOSAL = {"title": "Licht am Fluss", "wording": "Der Zirkel schlägt warmes Licht am Fluss vor."}
TRAFFIC = {"title": "Autos am Wehr", "wording": "Abends fährt am Wehr kein Auto."}
FROM_TEN = {**TRAFFIC, "wording": "Ab 22 Uhr fährt am Wehr kein Auto."}
MINORITY = "Wer im Wehrhaus wohnt, kommt nicht mehr heim."
SUMMARY = "Wir nehmen die Bänke auf."
MEASURES = (
    ("Leuchten aufstellen", "planned", ""),
    ("Bänke am Wehr", "adopted", ""),
    ("Mehr Bäume", "rejected", "Die Leitungen liegen zu flach."),
)
RESULT = {"title_de": "Licht am Fluss", "summary_de": "Abends wird der Weg am Fluss hell."}
ANSWER = "Zehn von zwölf Leuchten stehen."
REVIEWERS, SUGGESTIONS = 30, 6


def address_of(name: str) -> str:
    """By the whole name: other stories in the same database have their own Ada."""
    return f"{name.lower().replace(' ', '.')}@example.org"


def door_in(mail: EmailMessage, door: str) -> str:
    """The path of the personal link in a mail."""
    return re.search(rf"https?://[^/]+(/{door}/\S+/)", mail.body)[1]


def at(decision: Decision) -> tuple[str, int]:
    return decision.circle.slug, decision.n


def ask_for_voices(decision: Decision, leader: Client) -> None:
    """Through questions and both opinions."""
    for seen in ("questions", "first", "second"):
        post(leader, "decision_move_on", at(decision), seen=seen)


def consent(decision: Decision, members: Iterable[Client]) -> None:
    for member in members:
        post(member, "decision_voice", at(decision), kind="consent")


def object_to(decision: Decision, member: Client) -> None:
    post(member, "decision_voice", at(decision), kind="objection", harm=HARM, lift=LIFT)


def vote(decision: Decision, members: list[Client], *, yes: int, no: int, abstain: int) -> None:
    """So many ballots of each kind, in turn."""
    choices = [1] * yes + [2] * no + [3] * abstain
    for member, choice in zip(members, choices, strict=True):
        post(member, "vote_ballot", at(decision), choice=choice)


def make_links(round_: FeedbackRound, members: Iterable[Client], *, each: int) -> None:
    """Each member makes so many links for people they know."""
    place = (round_.version.proposal.circle.slug, round_.pk)
    for member in members:
        for n in range(1, each + 1):
            post(member, "feedback_links", place, label=f"Bekannte {n}")


def review(link: ReviewLink, *, words: str = "", said: str = "", **more: str) -> None:
    """One reviewer follows the link and says something about the first section."""
    reviewer = Client()
    reviewer.get(reverse("feedback_enter", args=[review_links.token_of(link)]))
    stamp = human.new_stamp(age=60)
    more = {"on_behalf_of": "Für mich", "sector": "civil_society", **more}
    post(reviewer, "feedback_write", (1,), text=said, words=words, stamp=stamp, **more)


def reviewers_speak(links: Iterable[ReviewLink], *, suggesting: int) -> None:
    """The first few suggest other words, all others comment."""
    for n, link in enumerate(links):
        if n < suggesting:
            review(link, words=f"{LAMPS} Und {n + 2} Bänke.")
        else:
            review(link, said=f"Das hilft mir, sagt Nummer {n}.")


def end_time(round_: FeedbackRound) -> None:
    """Its last day is over: two weeks go by."""
    now = timezone.now()
    FeedbackRound.objects.filter(pk=round_.pk).update(
        opened_at=now - dt.timedelta(days=15), closes_at=now - dt.timedelta(minutes=1)
    )
