"""Judging the rows of a table against the directory: new, changed, unchanged, repeated, faulty.

Reads everything it compares with at once; each finding is a sentence for the person who uploads.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation.languages import search_key
from partnerships.directory.broken_names import kind_of, sector_of
from partnerships.directory.directory_csv import BETWEEN, NO, YES
from partnerships.directory.import_records import Record
from partnerships.models import Actor, Municipality, Topic
from partnerships.models.directory_import import ImportRow

Verdict = ImportRow.Verdict
Values = dict[str, Any]
_is_address = URLValidator(schemes=["http", "https"])


class Fault(Exception):
    """What is wrong with a row, as a sentence."""


@dataclasses.dataclass
class Directory:
    """The directory as it is now, by what rows may name."""

    cities: dict[str, Municipality]
    industries: dict[str, Topic]
    topics: dict[str, Topic]
    words: dict[str, dict[str, str]]
    by_slug: dict[str, Actor]
    by_name: dict[tuple[str, int | None], Actor]

    @classmethod
    def now(cls) -> Directory:
        """Read it; four queries, whatever its size."""
        actors = list(Actor.objects.select_related("merged_into").prefetch_related("topics"))
        standing = [actor for actor in actors if actor.merged_into_id is None]
        kept = {actor.pk: actor for actor in standing}
        by_slug = {actor.slug: kept.get(actor.merged_into_id or actor.pk) for actor in actors}
        tags = list(Topic.objects.all())
        industries = [each for each in tags if each.kind == Topic.Kind.INDUSTRY]
        return cls(
            cities=_by_words(Municipality.objects.all()),
            industries=_by_words(industries),
            topics=_by_words(each for each in tags if each.kind != Topic.Kind.INDUSTRY),
            words={
                "kind": _labels(Actor.Kind),
                "sector": _labels(Actor.Sector),
                "yes": _yes_and_no(),
            },
            by_slug={slug: actor for slug, actor in by_slug.items() if actor is not None},
            by_name={(search_key(each.name), each.municipality_id): each for each in standing},
        )


def judge(records: Iterable[Record], directory: Directory) -> list[ImportRow]:
    """One row for each record, in their order."""
    seen: dict[tuple[str, int | None] | int, int] = {}
    return [_judge(record, directory, seen) for record in records]


def snapshot(actor: Actor) -> Values:
    """What an import may change of an entry, as JSON; needs topics fetched."""
    return {
        "name": actor.name,
        "kind": actor.kind,
        "sector": actor.sector,
        "city": actor.municipality_id,
        "website": actor.website,
        "description": actor.description.stored,
        "is_published": actor.is_published,
        "is_fictional": actor.is_fictional,
        "topics": sorted(topic.pk for topic in actor.topics.all()),
    }


def _judge(
    record: Record, directory: Directory, seen: dict[tuple[str, int | None] | int, int]
) -> ImportRow:
    row = ImportRow(line=record.line, name=record.name[:300], remarks=list(record.remarks))
    try:
        if record.mistakes:
            raise Fault(" ".join(record.mistakes))
        row.values = _values(record, directory)
    except Fault as fault:
        row.verdict, row.remarks = Verdict.FAULTY, [*row.remarks, str(fault)]
        return row
    row.actor = _found(record, row.values, directory)
    city = row.values.get("city", row.actor.municipality_id if row.actor else None)
    namesake = directory.by_name.get((search_key(record.name), city))
    if row.actor and namesake not in (None, row.actor):
        row.verdict, row.actor = Verdict.FAULTY, None
        row.remarks.append(_("Another entry of this city has this name already."))
        return row
    key = row.actor.pk if row.actor else (search_key(record.name), row.values.get("city"))
    if first := seen.get(key):
        row.verdict = Verdict.REPEATED
        row.remarks.append(_("Line %(line)s is the same entry; only that one counts.")
                           % {"line": first})  # fmt: skip
        return row
    seen[key] = record.line
    if row.actor is None:
        row.verdict = Verdict.NEW
        _guess(row)
    else:
        changes = _changes(row.actor, row.values)
        row.verdict = Verdict.CHANGED if changes else Verdict.UNCHANGED
        row.remarks += changes
    return row


def _values(record: Record, directory: Directory) -> Values:
    """The cells as values; columns that the table does not have are left out."""
    cells, name = record.cells, record.name
    if not name:
        raise Fault(_("The name is missing."))
    if len(name) > 300:
        raise Fault(_("The name is longer than 300 characters."))
    values: Values = {"name": name}
    for column in ("kind", "sector"):
        if cells.get(column):
            values[column] = _word(directory, column, cells[column])
    for column in ("is_published", "is_fictional"):
        if cells.get(column):
            values[column] = _word(directory, "yes", cells[column]) == "yes"
    if cells.get("city"):
        city = _named(directory.cities, cells["city"], _no_city)
        values["city"] = city.pk
        if city.is_fictional:
            values["is_fictional"] = True
    elif "city" in cells:
        values["city"] = None
    if cells.get("website"):
        values["website"] = _address(cells["website"])
    elif "website" in cells:
        values["website"] = ""
    for language in ("de", "en"):
        if f"description_{language}" in cells:
            values[f"description_{language}"] = cells[f"description_{language}"][:4000]
    for column, known in (("industries", directory.industries), ("topics", directory.topics)):
        if column in cells:
            named = [word.strip() for word in cells[column].split(BETWEEN.strip())]
            values[column] = sorted(_named(known, word, _no_topic).pk for word in named if word)
    return values


def _word(directory: Directory, column: str, cell: str) -> str:
    words = directory.words[column]
    if (found := words.get(search_key(cell))) is None:
        raise Fault(
            _("“%(cell)s” is not known here. Possible: %(known)s.")
            % {"cell": cell[:60], "known": ", ".join(_shown(column))}
        )
    return found


def _shown(column: str) -> list[str]:
    choices = {"kind": Actor.Kind.labels, "sector": Actor.Sector.labels, "yes": [YES, NO]}
    return [str(label) for label in choices[column]]


def _named(known: dict[str, Any], cell: str, refusal: Any) -> Any:
    if (found := known.get(search_key(cell))) is None:
        raise Fault(refusal(cell[:60]))
    return found


def _no_city(cell: str) -> str:
    return _("There is no city or region “%(cell)s” here. Add it first, or correct the cell.") % {
        "cell": cell
    }


def _no_topic(cell: str) -> str:
    return _(
        "There is no topic or industry “%(cell)s” here. Add it first, or correct the cell."
    ) % {"cell": cell}


def _address(cell: str) -> str:
    address = cell if "://" in cell else f"https://{cell}"
    try:
        _is_address(address)
    except ValidationError:
        raise Fault(_("“%(cell)s” is no address of a website.") % {"cell": cell[:60]}) from None
    if len(address) > 200:
        raise Fault(_("The address of the website is longer than 200 characters."))
    return address


def _found(record: Record, values: Values, directory: Directory) -> Actor | None:
    """The entry that the row means: by its id, else by name and city."""
    by_slug = directory.by_slug.get(record.cells.get("slug", ""))
    return by_slug or directory.by_name.get((search_key(record.name), values.get("city")))


def _guess(row: ImportRow) -> None:
    """Fill in what a new entry needs and the table does not say."""
    if "kind" not in row.values:
        kind = kind_of(row.name)
        row.values["kind"] = kind.value
        row.remarks.append(_("The kind is read from the name: %(kind)s.") % {"kind": kind.label})
    row.values.setdefault("sector", sector_of(row.values["kind"]).value)


def applied(actor: Actor | None, values: Values) -> Values:
    """The snapshot of an entry after `values`; columns that are not there stay as they are."""
    from_now = snapshot(actor) if actor else _nothing()
    after = {**from_now, **{key: values[key] for key in from_now if key in values}}
    description = dict(from_now["description"])
    for language in ("de", "en"):
        told = values.get(f"description_{language}")
        if told is not None and told != description.get(language, {}).get("text", ""):
            description = _retold(description, language, told)
    after["description"] = description
    after["topics"] = sorted(
        {
            *values.get("industries", _tagged(actor, is_industry=True)),
            *values.get("topics", _tagged(actor, is_industry=False)),
        }
    )
    return after


def _tagged(actor: Actor | None, *, is_industry: bool) -> list[int]:
    tags = actor.topics.all() if actor else []
    return [each.pk for each in tags if (each.kind == Topic.Kind.INDUSTRY) is is_industry]


def _changes(actor: Actor, values: Values) -> list[str]:
    before, after = snapshot(actor), applied(actor, values)
    titles = {
        "name": _("Name"), "kind": _("Kind"), "sector": _("Sector"), "city": _("City or region"),
        "website": _("Website"), "description": _("Description"), "is_published": _("Published"),
        "is_fictional": _("Invented"), "topics": _("Topics and industries"),
    }  # fmt: skip
    changed = [titles[field] for field in before if before[field] != after[field]]
    return [_("Changes: %(fields)s.") % {"fields": ", ".join(changed)}] if changed else []


def _retold(stored: dict[str, dict[str, str]], language: str, text: str) -> dict[str, Any]:
    kept = {key: dict(value) for key, value in stored.items() if key != language}
    if text:
        kept[language] = {**stored.get(language, {}), "text": text}
    return kept


def _nothing() -> Values:
    return {
        "name": "", "kind": "", "sector": "", "city": None, "website": "", "description": {},
        "is_published": True, "is_fictional": False, "topics": [],
    }  # fmt: skip


def _by_words(rows: Iterable[Any]) -> dict[str, Any]:
    """Rows by slug and by their name in every language, folded."""
    found = {}
    for row in rows:
        for entry in row.name.stored.values():
            found[search_key(entry["text"])] = row
        found[search_key(row.slug)] = row
    return found


def _labels(choices: Any) -> dict[str, str]:
    found = {search_key(value): value for value in choices.values}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found |= {search_key(str(label)): value for value, label in choices.choices}
    return found


def _yes_and_no() -> dict[str, str]:
    found = {"yes": "yes", "ja": "yes", "x": "yes", "1": "yes", "no": "no", "nein": "no", "0": "no"}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found |= {search_key(str(YES)): "yes", search_key(str(NO)): "no"}
    return found
