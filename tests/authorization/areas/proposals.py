"""A circle at work on its proposal: Mila sits in it, Viktor chairs it, a reviewer has a link."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from circles.models import FeedbackRound, Proposal
from circles.proposing import (
    answers,
    contributions,
    feedback_rounds,
    proposals,
    remarks,
    review_links,
    sections,
    versions,
)
from circles.seating import circles
from circles.seating.links import digest_of
from foundation.accounts import mandates
from foundation.accounts.models import Role
from foundation.posting import human
from tests.authorization import canaries
from tests.circles.factories import make_circle, seat_by_body, text

HOUR = dt.timedelta(hours=1)
HELD: dict[str, str] = {}


def places(world):
    mila, office = world.people["circle member"], world.people["office"]
    empty, circle = (_circle(world, name) for name in ("Noch ohne Vorschlag", "Mit Vorschlag"))
    proposal = proposals.begin(circle, text("Vorschlag"), by=mila)
    first, second = (sections.add(proposal, text(name), by=mila) for name in ("Eins", "Zwei"))
    sections.write(first, text("Worte zu eins."), based_on=1, by=mila)
    released, asked, free = (_version(proposal, second, turn, mila) for turn in range(3))
    versions.release(released, by=office)
    ended = _ended(released, mila)
    round_ = feedback_rounds.open_round(
        asked, question="Fehlt etwas?", closes_at=timezone.now() + 24 * HOUR, by=mila
    )
    link = review_links.make(round_, label=canaries.FRIEND, by=mila)
    HELD["token"] = review_links.token_of(link)
    waiting, spare, answered = (_said(link, words) for words in ("Anders.", "", "Ganz anders."))
    answers.answer(answered, "accepted", by=mila)
    sections.write(first, text(canaries.PROPOSAL), based_on=2, by=mila)
    remarks.remark(first, canaries.REMARK, by=mila)
    point, settled = (remarks.raise_point(proposal, f"Offen {n}?", by=mila) for n in range(2))
    remarks.settle(settled, "So.", by=mila)
    remarks.add_source(proposal, title="Bericht", address="", note="", by=mila)
    here, elsewhere = {"slug": circle.slug}, {"slug": empty.slug}
    return {
        "circle without proposal": elsewhere,
        "proposal": here | {"section": "abschnitt-1"},
        "unasked version": here | {"n": free.n},
        "released version": here | {"n": released.n},
        "version of another circle": elsewhere | {"n": released.n},
        "open point": here | {"pk": point.pk},
        "settled point": here | {"pk": settled.pk},
        "point of another circle": elsewhere | {"pk": point.pk},
        "source": here | {"pk": proposal.sources.get().pk},
        "feedback round": here | {"pk": round_.pk, "link": link.pk, "said": waiting.pk},
        "ended round": here | {"pk": ended.pk, "link": link.pk, "said": waiting.pk},
        "answered contribution": here | {"pk": round_.pk, "said": answered.pk},
        "own contribution": {"pk": spare.pk},
        "review link": {"token": HELD["token"]},
        "first passage": {"position": 1},
    }


def tokens():
    """What the link holder has in the session."""
    return {"feedback_digest": digest_of(HELD["token"])}


def _circle(world, name: str):
    circle = make_circle(world.people["office"], name=name)
    seat_by_body(circle, 2, world.people["office"], email=world.people["circle member"].email)
    circles.begin_work(circle, reason=text("Es eilt."), by=world.people["office"])
    mandates.grant(world.people["circle chair"], Role.CHAIR, circle, by=None)
    circle.refresh_from_db()
    return circle


def _version(proposal, section, turn, by):
    sections.write(section, text(f"Worte {turn}"), based_on=turn + 1, by=by)
    return versions.keep(proposal, by=by)


def _ended(version, by) -> FeedbackRound:
    now = timezone.now()
    made = feedback_rounds.open_round(version, question="?", closes_at=now + HOUR, by=by)
    FeedbackRound.objects.filter(pk=made.pk).update(opened_at=now - 2 * HOUR, closes_at=now - HOUR)
    return made


def _said(link, words: str):
    return contributions.contribute(
        link, contributions.passage_of(link, 1), text=canaries.REVIEWER, words=words,
        on_behalf_of="Für mich",
    )  # fmt: skip


def _written(world, place):
    found = Proposal.objects.filter(circle__slug=place["slug"]).first()
    part = sections.part_of(found, str(place["section"])) if found else None
    return {"body_de": "Neue Worte", "based_on": part.revision.n if part else 1}


def _round(world, place):
    day = timezone.localdate() + dt.timedelta(days=9)
    return {"question": "Und nun?", "day": f"{day:%Y-%m-%d}", "time": "12:00"}


def _feedback(world, place):
    return {"text": "Gut so.", "words": "", "on_behalf_of": "Für mich",
            "stamp": human.new_stamp(age=60)}  # fmt: skip


PLAIN: dict[str, dict[str, object]] = {
    "proposal_begin": {"title_de": "Unser Vorschlag"},
    "proposal_title": {"title_de": "Ein anderer Titel"},
    "section_add": {"heading_de": "Drei"},
    "section": {"text": "Stimmt das?"},
    "section_rename": {"heading_de": "Erstens"},
    "section_place": {"to": "down"},
    "point_raise": {"question": "Wer zahlt?"},
    "point": {"word": "Die Stadt."},
    "source_add": {"title": "Noch ein Bericht"},
    "version_keep": {"note": ""},
    "version_release": {"agreed": "on"},
    "feedback_links": {"label": "Der Nachbar"},
    "contribution_answer": {"outcome": "declined", "reason": "Geht nicht."},
    "round_close": {"summary": "Danke."},
}
DEPENDENT = {"section_write": _written, "round_open": _round, "feedback_write": _feedback}
