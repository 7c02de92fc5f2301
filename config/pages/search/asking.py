"""Asking PostgreSQL: all sources in one query, whatever there is to find, and the hits in a second.

Words are folded here as in `words.fold`; both German and English endings are taken off. A word that
one of the languages passes over ("der", "the") is asked for only when there is no other.
"""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from config.pages.search import of_circles, of_formats, of_partnerships
from config.pages.search.sources import Source
from config.pages.search.words import trace_of
from foundation.accounts.mandates import Actor

SOURCES: dict[str, Source] = {
    source.name: source
    for source in (*of_partnerships.SOURCES, *of_formats.SOURCES, *of_circles.SOURCES)
}
# More are not told apart by reading on; the page asks for another word.
MOST = 1000
# From here on a name is called similar, when nothing has the words themselves.
SIMILAR = 0.5

# The strings of a JSON array, those of several languages and those of lists, as one plain text.
_PLAIN = r"""regexp_replace((
  jsonb_path_query_array({0}, '$[*] ? (@.type() == "string")')
  || jsonb_path_query_array({0}, '$[*].*.text ? (@.type() == "string")')
  || jsonb_path_query_array({0}, '$[*][*].text.* ? (@.type() == "string")')
)::text, '\\(u[0-9a-f]{{4}}|.)', ' ', 'g')"""
_LETTERS = (
    ("ß", "ss"), ("æ", "ae"), ("œ", "oe"), ("þ", "th"), ("ø", "o"), ("ł", "l"), ("đ", "d"),
)  # fmt: skip


def _folded(column: str) -> str:
    text = f"lower({_PLAIN.format(column)})"
    for letter, plain in _LETTERS:
        text = f"replace({text}, '{letter}', '{plain}')"
    text = f"normalize({text}, NFKD)"
    for pattern, instead in (
        (r"[\u0300-\u036f\u064b-\u065f\u00ad]", ""),
        (r"\m([[:alpha:]])\.(?=[[:alpha:]]\M)", r"\1"),
        (r"[^[:alnum:]]+", " "),
        (r"(?<![aeoq])([aou])e", r"\1"),
    ):
        text = f"regexp_replace({text}, '{pattern}', '{instead}', 'g')"
    return text


def _vector(column: str) -> str:
    return f"to_tsvector('german', {column}) || to_tsvector('english', {column})"


FIND = f"""
WITH written AS ({{union}}),
folded AS MATERIALIZED (
  SELECT source, id, day, may_fit, ' ' || btrim({_folded("names")}) AS name,
    CASE WHEN may_fit THEN {_folded("texts")} ELSE '' END AS text
  FROM (
    SELECT *, names::text ~* %s OR texts::text ~* %s AS may_fit FROM written
  ) AS sieved
),
asked AS MATERIALIZED (
  SELECT coalesce(
    string_agg('(' || query || ')', ' & ') FILTER (WHERE says_something),
    string_agg('(' || query || ')', ' & ') FILTER (WHERE query <> '')
  )::tsquery AS query
  FROM (
    SELECT (german || english)::text AS query,
      numnode(german) > 0 AND numnode(english) > 0 AS says_something
    FROM unnest(%s::text[]) AS word,
      to_tsquery('german', word) AS german, to_tsquery('english', word) AS english
  ) AS words
),
weighed AS MATERIALIZED (
  SELECT source, id, day, name, name LIKE ALL (%s::text[]) AS is_named, query,
    CASE WHEN may_fit THEN setweight({_vector("name")}, 'A') || {_vector("text")} END AS vector
  FROM folded CROSS JOIN asked
),
judged AS MATERIALIZED (
  SELECT source, id, day, is_named, is_named OR coalesce(vector @@ query, false) AS is_exact,
    is_named::int + coalesce(ts_rank(vector, query), 0) AS rank,
    strict_word_similarity(%s, name) AS alike
  FROM weighed
)
SELECT source, id, is_exact, is_named FROM judged
WHERE is_exact OR (alike >= {SIMILAR} AND NOT EXISTS (SELECT FROM judged WHERE is_exact))
ORDER BY CASE WHEN is_exact THEN rank ELSE alike END DESC, day DESC NULLS LAST, source, id
LIMIT {MOST + 1}
"""  # noqa: S608 - made of this module's own words; what people type are parameters

Key = tuple[str, int]  # name of the source, id of the row


@dataclasses.dataclass(frozen=True)
class Found:
    """What fits, the best first. `is_similar`: nothing has the words, these names come near.

    `named` are the kinds in which a name has all the words.
    """

    keys: list[Key]
    named: frozenset[str] = frozenset()
    is_similar: bool = False
    is_cut: bool = False

    @property
    def counts(self) -> Counter[str]:
        """How many hits each kind has."""
        return Counter(kind_of(key) for key in self.keys)

    def by_kind(self, kind: str = "") -> list[Key]:
        """The hits of `kind`, or all of them, kind by kind.

        Kinds with names come first, then those with few hits, so that many hide no others.
        """
        counts = self.counts
        kept = [key for key in self.keys if kind in ("", kind_of(key))]
        return sorted(kept, key=lambda key: _place(kind_of(key), self.named, counts))


def kind_of(key: Key) -> str:
    return SOURCES[key[0]].kind


def _place(kind: str, named: frozenset[str], counts: Counter[str]) -> tuple[bool, int, str]:
    return kind not in named, counts[kind], kind


@dataclasses.dataclass(frozen=True)
class Row:
    """One hit as the database tells it."""

    source: Source
    names: list[Any]
    texts: list[Any]
    day: Any
    at: list[Any]
    is_invented: bool
    waits: bool


def find(reader: Actor, words: Sequence[str]) -> Found:
    """Everything with all of `words` (folded) that `reader` may see; one query."""
    union, values = _union(
        {name: source.written(reader) for name, source in SOURCES.items()},
        "source, id, names, texts, day",
    )
    asked = [f"{word}:*" if len(word) > 2 else word for word in words]
    trace = trace_of(words)
    inside = [f"%{word}%" if len(word) > 3 else f"% {word}%" for word in words]
    with connection.cursor() as cursor:
        cursor.execute(
            FIND.replace("{union}", union),
            [*values, trace, trace, asked, inside, " ".join(words)],
        )
        rows = cursor.fetchall()
    return Found(
        keys=[(source, key) for source, key, _exact, _named in rows[:MOST]],
        named=frozenset(SOURCES[source].kind for source, _id, _exact, is_named in rows if is_named),
        is_similar=bool(rows) and not rows[0][2],
        is_cut=len(rows) > MOST,
    )


def told(reader: Actor, keys: Sequence[Key]) -> list[Row]:
    """The rows of `keys` in their order, as far as `reader` may see them; one query."""
    wanted: dict[str, list[int]] = {}
    for source, key in keys:
        wanted.setdefault(source, []).append(key)
    union, values = _union(
        {name: SOURCES[name].told(reader, ids) for name, ids in wanted.items()},
        "source, id, names, texts, day, place, invented, waits",
    )
    if not union:
        return []
    with connection.cursor() as cursor:
        cursor.execute(union, values)
        found = {(row[0], row[1]): row for row in cursor.fetchall()}
    return [_row(found[key]) for key in keys if key in found]


def _union(parts: dict[str, QuerySet[Any]], columns: str) -> tuple[str, list[Any]]:
    """One SELECT over all parts, each row with the name of its part."""
    selects, values = [], []
    for name, rows in parts.items():
        try:
            question, parameters = rows.query.sql_with_params()
        except EmptyResultSet:
            continue
        part = f"SELECT %s::text, part.* FROM ({question}) AS part"  # noqa: S608 - built by Django
        selects.append(f"SELECT * FROM ({part}) AS r({columns})")  # noqa: S608
        values += [name, *parameters]
    return " UNION ALL ".join(selects), values


def _row(row: tuple[Any, ...]) -> Row:
    source, _key, names, texts, day, at, invented, waits = row
    return Row(
        SOURCES[source], json.loads(names), json.loads(texts), day, json.loads(at), invented, waits
    )
