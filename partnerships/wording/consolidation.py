"""An agreement as it reads today: its signed text with every concluded amendment put in.

A reading version, never signed; each changed clause says which amendment it comes from.
"""

from __future__ import annotations

import copy
import dataclasses
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import rfc8785
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.errors import DomainError
from partnerships.models import Agreement
from partnerships.wording import outline_amendment, terms

# Clauses that print lists, and the data that they carry along when they are amended.
DATA_OF = {
    "purpose": ("target_picture",),
    "goals": ("goals",),
    "fields": ("topics",),
    "formats": ("formats",),
    "actors": ("actors",),
    "contacts": ("contacts",),
    "term": ("term",),
    "ending": ("term",),
}
# These belong to each document of its own.
NEVER_AMENDED = frozenset({"parties", "bodies", "signatures", "versions"})

Data = dict[str, Any]


class BaseMovedOn(DomainError):
    """The base was changed by another amendment after this one was begun."""


class BaseEnded(DomainError):
    """The base is not in force any more: there is nothing left to amend."""


class AmendmentPending(DomainError):
    """Another amendment of the same base is being signed."""


@dataclasses.dataclass(frozen=True)
class Consolidated:
    """The text of a base with amendments; `sources` names, per clause, where it comes from."""

    base: Agreement
    data: Data
    sources: Mapping[str, Sequence[str]]
    amendments: Sequence[tuple[str, str]]  # (number, sha256 of its version), in order

    @property
    def digest(self) -> str:
        """SHA-256 over the consolidated clauses and data."""
        return hashlib.sha256(rfc8785.dumps(self.data)).hexdigest()

    def clause(self, slug: str) -> Data | None:
        """One clause of the consolidated text."""
        return next((each for each in self.data["clauses"] if each["slug"] == slug), None)


def consolidate(base: Agreement, amendments: Sequence[Agreement]) -> Consolidated:
    """The newest version of `base` with these concluded amendments, in this order."""
    signed = base.versions.order_by("-n")[0]
    data: Data = signed.data
    sources: dict[str, list[str]] = {}
    numbers: list[tuple[str, str]] = []
    for amendment in amendments:
        version = amendment.versions.order_by("-n")[0]
        data = applied(data, version.data)
        numbers.append((amendment.number, version.sha256))
        for clause in version.data["clauses"]:
            if not clause.get("frame"):
                sources[clause["slug"]] = [*sources.get(clause["slug"], []), amendment.number]
    return Consolidated(base, data, sources, numbers)


def concluded_amendments(base: Agreement) -> list[Agreement]:
    """The amendments of `base` that count, in the order of their conclusion."""
    counting = base.amendments.filter(state=Agreement.State.CONCLUDED)
    return list(counting.order_by("concluded_at", "amendment_n"))


def applied(data: Mapping[str, Any], amendment: Mapping[str, Any]) -> Data:
    """`data` with the clauses of an amendment in place of its own."""
    result: Data = copy.deepcopy(dict(data))
    carried = {each["slug"]: each for each in amendment["clauses"] if not each.get("frame")}
    kept = [carried.pop(each["slug"], each) for each in result["clauses"]]
    plain = [
        {key: value for key, value in each.items() if key != "before"}
        for each in [*kept, *carried.values()]
    ]
    result["clauses"] = sorted(plain, key=lambda clause: clause["number"])
    for slug in {each["slug"] for each in amendment["clauses"] if not each.get("frame")}:
        for key in DATA_OF.get(slug, ()):
            result[key] = amendment[key]
    return result


def amending(full: Data, base: Consolidated) -> Data:
    """The content of an amendment: only clauses that differ from `base`, framed by its own."""
    carried = [clause for clause in full["clauses"] if _differs(clause, full, base)]
    keys = {key for clause in carried for key in DATA_OF.get(clause["slug"], ())}
    lists = ("goals", "topics", "formats", "actors", "contacts")
    empty: Data = {key: [] for key in lists}
    empty |= {"target_picture": dict.fromkeys(full["languages"], ""), "term": full["term"]}
    return {
        **full,
        **{key: value for key, value in empty.items() if key not in keys},
        "kind": "amendment",
        "base": {
            "number": base.base.number,
            "sha256": base.base.versions.order_by("-n")[0].sha256,
            "builds_on": [{"number": number, "sha256": sha} for number, sha in base.amendments],
            "consolidated_sha256": base.digest,
        },
        "clauses": [
            *_frame(outline_amendment.BEFORE, full["languages"], base),
            *[{**clause, "before": _before(clause["slug"], base)} for clause in carried],
            *_frame(outline_amendment.AFTER, full["languages"], base),
        ],
    }


def base_of(amendment: Agreement) -> Consolidated:
    """The base as it stood when this amendment was begun or last built upon it."""
    numbers = amendment.builds_on
    base = _base(amendment)
    found = {each.number: each for each in base.amendments.filter(number__in=numbers)}
    return consolidate(base, [found[number] for number in numbers])


def is_outdated(amendment: Agreement) -> bool:
    """Whether another amendment was concluded since."""
    return [each.number for each in concluded_amendments(_base(amendment))] != amendment.builds_on


def demand_current(amendment: Agreement) -> None:
    """Raise BaseEnded, BaseMovedOn with what changed, or AmendmentPending; locks the base."""
    base = Agreement.objects.select_for_update().get(amendments=amendment)
    end = terms.end_of(base)
    if terms.standing_of(base, timezone.localdate(), end=end) == terms.Standing.ENDED:
        raise BaseEnded(
            "base-ended", _("Only an agreement that is concluded and runs can be amended.")
        )
    if is_outdated(amendment):
        newest = concluded_amendments(base)
        others = [each for each in newest if each.number not in amendment.builds_on]
        raise BaseMovedOn(
            "base-moved-on",
            _(
                "%(number)s was changed meanwhile: %(what)s. "
                "Look at the changes and build on the newest text; nothing was lost."
            )
            % {"number": base.number, "what": "; ".join(map(_what, others))},
        )
    fixed = Agreement.State.FROZEN, Agreement.State.COLLECTING, Agreement.State.SEALING
    pending = base.amendments.filter(state__in=fixed).exclude(pk=amendment.pk).first()
    if pending is not None:
        raise AmendmentPending(
            "amendment-pending",
            _("%(number)s is being signed. Wait until that is concluded or stopped.")
            % {"number": pending.number},
        )


def _what(amendment: Agreement) -> str:
    clauses = amendment.versions.order_by("-n")[0].data["clauses"]
    carried = [f"§ {each['number']}" for each in clauses if not each.get("frame")]
    return f"{amendment.number} ({', '.join(carried)})"


def _differs(clause: Data, full: Data, base: Consolidated) -> bool:
    old = base.clause(clause["slug"])
    if old is None or old["text"] != clause["text"]:
        return True
    return any(base.data[key] != full[key] for key in DATA_OF.get(clause["slug"], ()))


def _before(slug: str, base: Consolidated) -> dict[str, str] | None:
    old = base.clause(slug)
    return None if old is None else old["text"]


def _frame(
    parts: Sequence[tuple[str, Mapping[str, tuple[str, str]]]],
    languages: Sequence[str],
    base: Consolidated,
) -> list[Data]:
    numbers = ", ".join(number for number, _sha in base.amendments)
    made = []
    for slug, words in parts:
        text = {
            language: words[language][1]
            .replace("{number}", base.base.number)
            .replace(
                "{others}",
                outline_amendment.OTHERS[language].format(numbers=numbers) if numbers else "",
            )
            for language in languages
        }
        heading = {language: words[language][0] for language in languages}
        made.append({"number": 0, "slug": slug, "heading": heading, "text": text, "frame": True})
    return made


def _base(amendment: Agreement) -> Agreement:
    if amendment.base is None:
        raise ValueError(f"{amendment} is no amendment")
    return amendment.base
