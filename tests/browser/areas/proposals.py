"""A proposal in its room, feedback from both sides, and the page that everybody reads."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from circles.models import Circle, FeedbackRound, OpenPoint, ReviewLink
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
from tests.browser.places import MAIN_FORM, Place, at, of
from tests.circles.factories import make_circle, seat_by_body, text

NO_PAGES = "section_place point_reopen source_remove link_revoke feedback_enter feedback_withdraw"
NAME = "Ein Vorschlag entsteht"
LONG = "Abends sind die Wege am Fluss dunkel. " * 20


def prepare(people) -> None:
    """Dora sits in a circle that writes, has asked its networks, and has closed one round."""
    otto, dora = people["otto"], people["dora"]
    empty, circle = (_circle(otto, dora, name) for name in ("Noch kein Vorschlag", NAME))
    assert empty.slug != circle.slug
    proposal = proposals.begin(circle, text("Licht am Fluss", "Light by the river"), by=dora)
    first, second = (sections.add(proposal, text(name), by=dora) for name in ("Wege", "Kosten"))
    sections.write(first, text(LONG), based_on=1, by=dora)
    sections.write(second, text("Noch offen."), based_on=1, by=dora)
    remarks.remark(first, "Auch am Wehr?", by=dora)
    point = remarks.raise_point(proposal, "Wer zahlt den Strom?", section=second, by=dora)
    remarks.settle(point, "Die Stadt.", by=dora)
    remarks.raise_point(proposal, "Seit wann ist es dunkel?", by=dora)
    remarks.add_source(
        proposal, title="Bericht", address="https://example.org/bericht", note="S. 3", by=dora
    )
    one = versions.keep(proposal, note="Für die Netze", by=dora)
    versions.release(one, by=otto)
    _closed(one, dora)
    sections.write(first, text(LONG + "Und am Wehr."), based_on=2, by=dora)
    two = versions.keep(proposal, by=dora)
    _ask(two, dora)
    gone = sections.add(proposal, text("Früher einmal"), by=dora)
    sections.take_out(gone, by=dora)


def places() -> list[Place]:
    return [
        of("proposal", _slug, who="dora"),
        of("proposal:host", _slug, who="otto"),
        of("proposal_begin", _empty, who="dora"),
        of("proposal_begin:wrong", _empty, who="dora", sends=MAIN_FORM),
        of("proposal_title", _slug, who="dora"),
        of("section_add", _slug, who="dora"),
        of("section", _section, who="dora"),
        of("section:wrong", _section, who="dora", sends=MAIN_FORM),
        of("section_write", _section, who="dora"),
        of("section_write:same", _section, who="dora", sends=MAIN_FORM),
        of("section_rename", _section, who="dora"),
        of("point_raise", _slug, who="dora"),
        of("point", _point, who="dora"),
        of("source_add", _slug, who="dora"),
        of("proposal_versions", _slug, who="dora"),
        of("version_keep", _slug, who="dora"),
        of("proposal_version", lambda s: [*_slug(s), 2], who="dora"),
        of("version_release", lambda s: [*_slug(s), 2], who="otto"),
        of("version_release:wrong", lambda s: [*_slug(s), 2], who="otto", sends=MAIN_FORM),
        of("round_open", lambda s: [*_slug(s), 1], who="dora"),
        of("round_open:wrong", lambda s: [*_slug(s), 1], who="dora", sends=MAIN_FORM),
        of("feedback_round", lambda s: [*_slug(s), _round(2).pk], who="dora"),
        of("feedback_round:closed", lambda s: [*_slug(s), _round(1).pk], who="dora"),
        of("feedback_links", lambda s: [*_slug(s), _round(2).pk], who="dora"),
        of("feedback_links:wrong", lambda s: [*_slug(s), _round(2).pk], who="dora",
           sends="main form.sb-form"),
        of("contribution_answer", _waiting, who="dora"),
        of("contribution_answer:wrong", _waiting, who="dora", sends=MAIN_FORM),
        of("round_close", lambda s: [*_slug(s), _round(2).pk], who="dora"),
        of("released_version", lambda s: [*_slug(s), 1]),
        of("circle:feedback", _slug),
        Place("feedback", lambda s: _door("Die Nachbarin")),
        Place("feedback:revoked", lambda s: _door("Der Verein")),
        at("feedback_write", 1, status=404),
    ]  # fmt: skip


def _circle(otto, dora, name):
    circle = make_circle(otto, name=name, is_demo=True)
    seat_by_body(circle, 5, otto, email=dora.email)
    circles.begin_work(circle, reason=text("Die Auslosung kommt noch."), by=otto)
    circle.refresh_from_db()
    return circle


def _ask(version, dora):
    round_ = feedback_rounds.open_round(
        version, question="Fehlt etwas?", closes_at=timezone.now() + dt.timedelta(days=9), by=dora
    )
    link = review_links.make(round_, label="Die Nachbarin", by=dora)
    review_links.revoke(review_links.make(round_, label="Der Verein", by=dora), by=dora)
    for words, said in (("Abends ist es hell.", "Kürzer."), ("", "Bitte auch an Räder denken.")):
        contributions.contribute(
            link, contributions.passage_of(link, 1), text=said, words=words,
            on_behalf_of="Für den Seniorenrat", sector="civil_society",
        )  # fmt: skip
    return link


def _closed(version, dora):
    link = _ask(version, dora)
    suggestion = link.contributions.get(is_suggestion=True)
    answers.answer(suggestion, "partly", reason="Nur der erste Satz.", by=dora)
    now = timezone.now()
    FeedbackRound.objects.filter(pk=link.round_id).update(
        opened_at=now - dt.timedelta(days=9), closes_at=now - dt.timedelta(days=1)
    )
    feedback_rounds.close_round(
        FeedbackRound.objects.get(pk=link.round_id), summary="Wir kürzen den Anfang.", by=dora
    )


def _of(name):
    return next(each for each in Circle.objects.all() if each.name.get("de") == name)


def _slug(_scene):
    return [_of(NAME).slug]


def _empty(_scene):
    return [_of("Noch kein Vorschlag").slug]


def _section(scene):
    return [*_slug(scene), "abschnitt-1"]


def _point(scene):
    return [*_slug(scene), OpenPoint.objects.filter(proposal__circle=_of(NAME)).first().pk]


def _round(version) -> FeedbackRound:
    return FeedbackRound.objects.get(version__n=version, version__proposal__circle=_of(NAME))


def _waiting(scene):
    round_ = _round(2)
    said = feedback_rounds.unanswered(round_).earliest("pk")
    return [*_slug(scene), round_.pk, said.pk]


def _door(label) -> str:
    link = ReviewLink.objects.filter(round=_round(2), label=label).first()
    return reverse("feedback_enter", args=[review_links.token_of(link)])
