"""What members have said while their circle decided, for themselves: words, voices, statements."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from circles.models import ConsentVoice, MinorityStatement, SeatTerm, Utterance, VotePlace


def of(terms: Iterable[SeatTerm]) -> dict[str, list[dict[str, Any]]]:
    """By the stretches in which they sat; ballots are told as given or not, never how."""
    own = [term.pk for term in terms]
    utterances = Utterance.objects.filter(term__in=own).select_related("round__decision")
    spoken = ConsentVoice.objects.filter(place__term__in=own)
    stated = MinorityStatement.objects.filter(place__term__in=own)
    rolls = VotePlace.objects.filter(term__in=own).select_related("vote__decision", "voter")
    return {
        "said": [
            {
                "decision": each.round.decision.number,
                "round": each.round.n,
                "step": each.step,
                "text": each.text,
                "at": each.said_at.isoformat(),
            }
            for each in utterances
        ],
        "voices": [
            {
                "decision": each.place.round.decision.number,
                "round": each.place.round.n,
                "kind": each.kind,
                "concern": each.concern,
                "harm": each.harm,
                "lift": each.lift,
                "written_down_by_staff": each.noted_by_id is not None,
                "at": each.said_at.isoformat(),
            }
            for each in spoken.select_related("place__round__decision")
        ],
        "ballots": [
            {"decision": each.vote.decision.number, "given": each.voter.has_voted} for each in rolls
        ],
        "statements": [
            {
                "decision": each.place.vote.decision.number,
                "text": each.text,
                "with_name": each.with_name,
                "at": each.added_at.isoformat(),
            }
            for each in stated.select_related("place__vote__decision")
        ],
    }
