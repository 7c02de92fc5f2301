"""Canaries in the proposal, and in what two reviewers said about a version of it."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

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
from tests.circles.factories import text
from tests.leaks.fields import word

DAY = dt.timedelta(days=1)


def plant(world) -> None:
    author = world.people["author"]
    proposal = proposals.begin(world.circle, text("Vorschlag"), by=author)
    section = sections.add(proposal, text("Licht"), by=author)
    sections.write(section, text("Worte für alle."), based_on=1, by=author)
    released = versions.keep(proposal, by=author)
    versions.release(released, by=world.office)
    asked = word("ProposalVersion.content of a round")
    sections.write(section, text(asked), based_on=2, by=author)
    _round(world, versions.keep(proposal, by=author))
    sections.write(section, text(word("ProposalVersion.content")), based_on=3, by=author)
    versions.keep(proposal, note=word("ProposalVersion.note"), by=author)
    sections.write(section, text(word("Revision.body")), based_on=4, by=author)
    sections.rename(section, text(word("Paragraph.heading")), by=author)
    proposals.retitle(proposal, text(word("Proposal.title")), by=author)
    _notes(world, proposal, section, author)
    world.places |= {
        "version": [each.n for each in proposal.versions.order_by("n")],
        "section": [section.paragraph.slug],
    }


def _round(world, version) -> None:
    author = world.people["author"]
    round_ = feedback_rounds.open_round(
        version, question=word("FeedbackRound.question"), closes_at=timezone.now() + 9 * DAY,
        by=author,
    )  # fmt: skip
    label, email = word("ReviewLink.label"), f"{word('ReviewLink.email')}@example.org"
    world.links = {
        "reviewer by link": review_links.make(round_, label="", by=author),
        "other reviewer": review_links.make(round_, label=label, email=email, by=author),
    }
    contributions.contribute(
        world.links["reviewer by link"],
        contributions.passage_of(world.links["reviewer by link"], 1),
        text="Gut so.", words="", on_behalf_of="Für mich",
    )  # fmt: skip
    theirs = world.links["other reviewer"]
    said = contributions.contribute(
        theirs, contributions.passage_of(theirs, 1), text=word("Contribution.text"),
        words=word("Contribution.words"), on_behalf_of=word("Contribution.on_behalf_of"),
        email=f"{word('Contribution.email')}@example.org",
    )  # fmt: skip
    waiting = contributions.contribute(
        theirs, contributions.passage_of(theirs, 1), text="Auch so.", words="", on_behalf_of="",
    )  # fmt: skip
    answers.answer(said, "declined", reason=word("ContributionAnswer.reason"), by=author)
    world.places |= {
        "round": [round_.pk], "link": [theirs.pk], "said": [said.pk, waiting.pk],
    }  # fmt: skip


def _notes(world, proposal, section, author) -> None:
    remarks.remark(section, word("SectionRemark.text"), by=author)
    point = remarks.raise_point(proposal, word("OpenPoint.question"), section=section, by=author)
    remarks.settle(point, word("PointSettlement.word"), by=author)
    remarks.add_source(
        proposal, title=word("ProposalSource.title"),
        address=f"https://example.org/{word('ProposalSource.address')}",
        note=word("ProposalSource.note"), by=author,
    )  # fmt: skip
    world.places |= {"point": [point.pk], "source": [proposal.sources.get().pk]}
