"""Canaries in what is decided: open, withdrawn, in a secret vote; and one that everybody reads."""

from __future__ import annotations

from circles.deciding import decisions, minority, rounds, voices, votes
from circles.deciding.rules import Settings
from tests.circles import deciding
from tests.leaks.fields import word


def plant(world) -> None:
    circle, office, author = world.circle, world.office, world.people["author"]
    deciding.adopt_rules(circle, office, Settings(quorum=5, rounds_before_vote=1))
    withdrawn = decisions.begin(
        circle, title=word("Decision.title of a withdrawn one"), wording="W.", by=author
    )
    decisions.withdraw(withdrawn, by=author)
    _open(circle, office, author)
    _decided(world)
    for name, secret in (("open", False), ("secret", True)):
        decision = deciding.begin_other(circle, office, f"Abstimmung {name}")
        deciding.fail_rounds(decision, office, times=1)
        vote = votes.move(decision, is_secret=secret, by=world.people["member 4"])
        votes.open_vote(vote, by=office)
        vote.refresh_from_db()
        setattr(world, f"{name}_vote", vote)
        votes.cast(vote, vote.YES, by=world.people["member 5"])
        votes.cast(vote, vote.NO, by=author)
    world.places["decision"] = list(circle.decisions.order_by("n").values_list("n", flat=True))


def _open(circle, office, author) -> None:
    decision = decisions.begin(
        circle, title=word("Decision.title"), wording=word("ConsentRound.wording"), by=author
    )
    first = deciding.open_round(decision)
    voices.say(first, seen="questions", text=word("Utterance.text"), by=author)
    deciding.hold_round(decision, office, objecting=1)
    second = rounds.open_next(
        decision, wording=word("Decision.wording"),
        integration=word("ConsentRound.integration"), by=office,
    )  # fmt: skip
    deciding.to_voices(decision, office)
    voices.give(second, "concern", concern=word("ConsentVoice.concern"), by=author)
    voices.give(
        second, "objection", harm=word("ConsentVoice.harm"), lift=word("ConsentVoice.lift"),
        by=deciding.people_of(circle)[3],
    )  # fmt: skip


def _decided(world) -> None:
    """By a majority after consent failed; the one who was outvoted gives no name."""
    circle, office = world.circle, world.office
    decision = deciding.begin_other(circle, office, "Entschieden")
    opened = deciding.open_round(decision)
    voices.say(
        opened, seen="questions", text=word("Utterance.text of a decided one"),
        by=world.people["author"],
    )  # fmt: skip
    deciding.fail_rounds(decision, office, times=1)
    vote = votes.move(decision, by=world.people["member 4"])
    votes.open_vote(vote, by=office)
    deciding.vote_all(vote, deciding.people_of(circle), yes=6, no=2, abstain=1)
    vote = votes.close(vote, by=office)
    minority.add(vote, text="Wir hätten gewartet.", by=world.people["member 8"])
    world.decided = decision
