"""Members and reviewers write at the same time: not a word is lost, and without the guard some are.

The suite takes a small crowd; WRITERS and REVIEWERS in the environment make it as large as wanted.
"""

from __future__ import annotations

import datetime as dt
import os

import pytest
from django.utils import timezone

from circles.models import Contribution, ContributionAnswer, FeedbackRound
from circles.proposing import answers, feedback_rounds, sections, versions
from circles.proposing.contributions import contribute, passage_of
from foundation.texts import paragraphs
from foundation.texts.models import Revision
from tests.circles.factories import circle_at_work, text
from tests.circles.proposing import make_link, make_proposal, make_round, say, seat
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS = int(os.environ.get("WRITERS", "4"))
REVIEWERS = int(os.environ.get("REVIEWERS", "12"))
TURNS = 4
CHUNK = 25  # threads that begin together; the engine has a hundred connections


def writer(number: int):
    """There are ten named seats; a larger crowd writes from several windows each."""
    return seat(1 + number % 10)


def add_word(section, word: str, who) -> None:
    """Append a word, as a person does: read, write, and after a conflict go on from theirs."""
    while True:
        part = sections.part_of(section.proposal, section.paragraph.slug)
        words = f"{part.body.get('de')} {word}".strip()
        try:
            sections.write(section, text(words), based_on=part.revision.n, by=who)
        except paragraphs.ParagraphChanged:
            continue
        return


def all_words(part) -> list[str]:
    return part.body.get("de").split()


@pytest.mark.req("R125")
def test_members_writing_one_section_lose_no_word(otto):
    proposal = make_proposal(circle_at_work(otto), headings=("Licht",))
    section = sections.parts_of(proposal)[0].section
    wanted = {f"{n}-{turn}" for n in range(WRITERS) for turn in range(TURNS)}

    def write(number: int):
        who = writer(number)
        for turn in range(TURNS):
            add_word(section, f"{number}-{turn}", who)

    at_once(*[lambda n=n: write(n) for n in range(WRITERS)])

    words = all_words(sections.part_of(proposal, section.paragraph.slug))
    assert sorted(words[4:]) == sorted(wanted)
    kept = Revision.objects.filter(paragraph=section.paragraph)
    assert sorted(kept.values_list("n", flat=True)) == list(range(1, 3 + len(wanted)))


@pytest.mark.req("R125")
def test_without_looking_what_it_is_based_on_words_are_lost(otto, monkeypatch):
    """The control: the same crowd where whoever saves last is right, as in most editors."""
    proposal = make_proposal(circle_at_work(otto), headings=("Licht",))
    section = sections.parts_of(proposal)[0].section
    honest = paragraphs.rewrite

    def overwrite(paragraph, body, *, based_on, by):
        while True:
            newest = paragraph.revisions.order_by("-n").first().n
            try:
                return honest(paragraph, body, based_on=newest, by=by)
            except paragraphs.ParagraphChanged:
                continue

    monkeypatch.setattr(paragraphs, "rewrite", overwrite)

    def write(number: int):
        who = writer(number)
        for turn in range(TURNS):
            add_word(section, f"{number}-{turn}", who)

    at_once(*[lambda n=n: write(n) for n in range(max(WRITERS, 4))])

    words = all_words(sections.part_of(proposal, section.paragraph.slug))
    assert len(words) - 4 < max(WRITERS, 4) * TURNS


@pytest.mark.req("R126")
def test_members_and_reviewers_together_lose_nothing(otto):
    round_ = make_round(circle_at_work(otto))
    proposal = round_.version.proposal
    section = sections.parts_of(proposal)[0].section
    links = [make_link(round_, by=writer(n)) for n in range(REVIEWERS)]
    passage = passage_of(links[0], 1)

    def review(number: int):
        who = {"on_behalf_of": f"Nr. {number}"}
        contribute(links[number], passage, text=f"Wort {number}", words="", **who)
        contribute(links[number], passage, text="", words=f"Besser {number}", **who)

    jobs = [lambda n=n: add_word(section, f"w{n}", writer(n)) for n in range(WRITERS)]
    jobs += [lambda n=n: review(n) for n in range(REVIEWERS)]
    for start in range(0, len(jobs), CHUNK):
        at_once(*jobs[start : start + CHUNK])

    said = Contribution.objects.filter(link__round=round_)
    assert sorted(said.filter(is_suggestion=False).values_list("text", flat=True)) == sorted(
        f"Wort {n}" for n in range(REVIEWERS)
    )
    assert said.filter(is_suggestion=True).count() == REVIEWERS
    words = all_words(sections.part_of(proposal, section.paragraph.slug))
    assert sorted(words[4:]) == sorted(f"w{n}" for n in range(WRITERS))


@pytest.mark.req("R126")
def test_closing_while_reviewers_write_leaves_no_suggestion_without_an_answer(otto):
    """The time ends while they write: what was accepted is in the figures, what is late is told."""
    round_ = make_round(circle_at_work(otto))
    links = [make_link(round_) for _ in range(6)]
    FeedbackRound.objects.filter(pk=round_.pk).update(
        closes_at=timezone.now() + dt.timedelta(milliseconds=400)
    )
    stored: list[int] = []

    def review(link):
        while True:
            try:
                stored.append(say(link).pk)
            except feedback_rounds.RoundOver:
                return

    def close():
        while True:
            try:
                feedback_rounds.close_round(round_, summary="Danke.", by=seat(2))
            except feedback_rounds.RoundRuns:
                continue
            return

    at_once(close, *[lambda each=each: review(each) for each in links])

    round_.refresh_from_db()
    assert round_.state == "closed"
    assert sorted(Contribution.objects.values_list("pk", flat=True)) == sorted(stored)
    assert round_.counts["comments"] == len(stored)


@pytest.mark.req("R126")
def test_two_members_answer_one_suggestion_once(otto):
    made = say(make_link(make_round(circle_at_work(otto))), words="Heller.")
    refused: list[str] = []

    def answer(who):
        try:
            answers.answer(made, "declined", reason=f"Nein, sagt {who.pk}.", by=who)
        except answers.AnsweredAlready as refusal:
            refused.append(refusal.message)

    at_once(*[lambda who=who: answer(who) for who in (seat(1), seat(2), seat(3))])

    assert ContributionAnswer.objects.count() == 1
    assert len(refused) == 2


@pytest.mark.req("R125")
def test_versions_kept_at_once_have_their_own_numbers(otto):
    proposal = make_proposal(circle_at_work(otto))
    kept: list[int] = []

    def keep(number: int):
        who = writer(number)
        add_word(sections.parts_of(proposal)[0].section, f"w{number}", who)
        try:
            kept.append(versions.keep(proposal, by=who).n)
        except versions.NothingToKeep:
            return

    at_once(*[lambda n=n: keep(n) for n in range(4)])

    assert sorted(kept) == list(range(1, len(kept) + 1))
