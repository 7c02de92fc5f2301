"""Rules of procedure: the settings in force, and the text that says the same in plain words."""

from __future__ import annotations

import dataclasses

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from circles.models import Circle, CircleRules, Decision
from circles.models.circle import SEATS


@dataclasses.dataclass(frozen=True)
class Settings:
    """Members that must take part, rounds before a vote may be moved, days. See `in_force`."""

    quorum: int = 8
    rounds_before_vote: int = 2
    voting_days: int = 7
    statement_days: int = 14
    # The decision that adopted them; empty for the settings of the portal.
    adopted_as: str = ""

    @property
    def is_default(self) -> bool:
        return not self.adopted_as

    def values(self) -> dict[str, int]:
        """The four settings by name."""
        names = ("quorum", "rounds_before_vote", "voting_days", "statement_days")
        return {name: getattr(self, name) for name in names}

    def lines(self) -> list[tuple[str, str]]:
        """(what, how much) in the reader's language."""
        return [
            (_("Quorum"), _("%(n)d of %(seats)d") % {"n": self.quorum, "seats": SEATS}),
            (_("Consent rounds before a vote may be moved"), str(self.rounds_before_vote)),
            (_("Days for voices and ballots"), str(self.voting_days)),
            (_("Days for minority statements"), str(self.statement_days)),
        ]


DEFAULT = Settings()


def in_force(circle: Circle) -> Settings:
    """Those of the newest adopted rules of procedure, else those of the portal."""
    found = (
        CircleRules.objects.filter(
            round__decision__circle=circle,
            round__decision__kind=Decision.Kind.RULES,
            round__decision__state=Decision.State.ADOPTED,
        )
        .order_by("-round__decision__decided_at", "-round__decision__n", "-round__n")
        .select_related("round__decision")
        .first()
    )
    return DEFAULT if found is None else of(found, found.round.decision.number)


def of(kept: CircleRules, adopted_as: str = "") -> Settings:
    """The settings that one round is about."""
    return Settings(
        kept.quorum, kept.rounds_before_vote, kept.voting_days, kept.statement_days, adopted_as
    )


def text_of(settings: Settings) -> str:
    """The rules in plain words, in the reader's language."""
    rounds = ngettext(
        "After %(n)d consent round that left a serious objection, any member may move a vote.",
        "After %(n)d consent rounds that left a serious objection, any member may move a vote.",
        settings.rounds_before_vote,
    ) % {"n": settings.rounds_before_vote}
    days = ngettext(
        "Voices and ballots are taken for %(n)d day, or until all have given theirs.",
        "Voices and ballots are taken for %(n)d days, or until all have given theirs.",
        settings.voting_days,
    ) % {"n": settings.voting_days}
    statements = ngettext(
        "Whoever was outvoted may add a statement within %(n)d day.",
        "Whoever was outvoted may add a statement within %(n)d days.",
        settings.statement_days,
    ) % {"n": settings.statement_days}
    paragraphs = [
        _(
            "We decide by consent. Something is adopted when nobody has a serious objection left: "
            "good enough for now, safe enough to try."
        ),
        _(
            "Whoever objects says what harm they see and what would lift the objection. Only they "
            "take it back. We change the proposal so that the objection is lifted, and ask again."
        ),
        _("A decision counts when at least %(n)d of the fifteen members take part.")
        % {"n": settings.quorum},
        f"{rounds} " + _("More yes than no adopts. Abstentions do not count. A tie rejects."),
        f"{days} " + _("A vote is secret when one member asks for it before it opens."),
        f"{statements} " + _("It is printed with the result, word for word."),
        _(
            "Whoever leaves the circle has no voice any more; a ballot that they gave before "
            "counts. Whoever joins later takes part from the next round or vote on."
        ),
        _("These rules are adopted and changed by consent only."),
    ]
    return "\n\n".join(f"{n}. {words}" for n, words in enumerate(paragraphs, start=1))
