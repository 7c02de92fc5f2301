"""Days that lie behind the demonstration: rows that were made just now are laid back to their day.

The doors of the domain know only now. The owner of the tables may switch their rules off for one
moment; nothing but a demonstration does it. The trail keeps the real times, and whatever enters a
fingerprint or a signed file comes from the simulated clock of a draw and is never touched.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, models, transaction
from django.db.models import Max
from django.utils import timezone

from foundation import database
from foundation.effects.models import Effect
from foundation.mail.models import OutgoingMail

BERLIN = ZoneInfo("Europe/Berlin")
EVENING = dt.time(18)
APPS = ("circles", "formats", "texts")
# What is published with a draw, or proves it.
PROVEN = frozenset({
    "call", "draw", "declaration", "drawresult", "drawrecord", "drawevent", "drawmotion", "place",
    "valueentry", "agreedvalue", "beacon", "beaconsight", "fingerprintstamp", "poolcorrection",
    "fallbackactivation", "fallbackentry", "fallbackvalue",
})  # fmt: skip
Table = type[models.Model]
Column: TypeAlias = "models.DateField[Any, Any]"  # of days, or of moments
# Table, key of the row as text, column: where a moment stands.
Place: TypeAlias = "tuple[Table, str, Column]"


@contextmanager
def days_ago(days: int) -> Iterator[None]:
    """What happens within happens on the evening of that day; all that it puts ahead moves along.

    Moments that were given as past stay as they are. Mails of then are forgotten, and
    only documents are still to be made. Raises ImproperlyConfigured in production.
    """
    if settings.PORTAL_MODE == "production":
        raise ImproperlyConfigured("Only a demonstration has a past that is made up.")
    with transaction.atomic():
        # Some moments are those of the portal's clock, which may be a little behind.
        begins = min(database.clock(), timezone.now())
        known = _from(begins)
        last_mail, last_effect = _last(OutgoingMail), _last(Effect)
        yield
        _forget_mails(last_mail, last_effect)
        day = timezone.localdate(begins, BERLIN) - dt.timedelta(days=days)
        back = begins - dt.datetime.combine(day, EVENING, BERLIN)
        made = [place for place, moment in _from(begins).items() if known.get(place) != moment]
        _lay_back(made, back, dt.timedelta(days=days))


def number_of(row: models.Model, stem: str, days: int, n: int, *, digits: int = 2) -> None:
    """Give it the number of the year in which it happened."""
    year = (timezone.localdate() - dt.timedelta(days=days)).year
    row.number = f"{stem}-{year}-{n:0{digits}d}"  # type: ignore[attr-defined]
    row.save(update_fields=["number"])


def _last(model: type[models.Model]) -> int:
    last: int | None = model._base_manager.aggregate(last=Max("pk"))["last"]
    return last or 0


def _forget_mails(last_mail: int, last_effect: int) -> None:
    """Nobody is told today of what happened then; letters that were printed stay noted."""
    OutgoingMail.objects.filter(pk__gt=last_mail, printed_at=None).delete()
    Effect.objects.filter(pk__gt=last_effect).exclude(queue=Effect.Queue.PDF).delete()


def _from(begins: dt.datetime) -> dict[Place, str]:
    """Every moment from `begins` on, and every day from that day on; all tables in one query."""
    columns = list(_columns())
    name = connection.ops.quote_name
    selects = [
        f"SELECT {n}, {name(str(table._meta.pk.column))}::text, {name(str(column.column))}::text"  # noqa: S608 - names of models
        f" FROM {name(table._meta.db_table)}"
        f" WHERE {name(str(column.column))} >= {'%(now)s' if _is_moment(column) else '%(day)s'}"
        for n, (table, column) in enumerate(columns)
    ]
    today = timezone.localdate(begins, BERLIN)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(selects), {"now": begins, "day": today})
        found = cursor.fetchall()
    return {(columns[n][0], key, columns[n][1]): moment for n, key, moment in found}


def _columns() -> Iterator[tuple[Table, Column]]:
    """Each column that holds a day or a moment."""
    for label in APPS:
        for table in apps.get_app_config(label).get_models():
            if table._meta.model_name not in PROVEN:
                for field in table._meta.concrete_fields:
                    if isinstance(field, models.DateField):
                        yield table, field


def _is_moment(column: Column) -> bool:
    return isinstance(column, models.DateTimeField)


def _lay_back(made: Iterable[Place], back: dt.timedelta, days: dt.timedelta) -> None:
    """Move each of these moments by `back`, days by `days`; all of a row in one UPDATE."""
    rows: dict[tuple[Table, str], list[Column]] = {}
    for table, key, column in made:
        rows.setdefault((table, key), []).append(column)
    alike: dict[Table, dict[tuple[Column, ...], list[str]]] = {}
    for (table, key), columns in rows.items():
        alike.setdefault(table, {}).setdefault(tuple(columns), []).append(key)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table, groups in alike.items():
            quoted = connection.ops.quote_name(table._meta.db_table)
            cursor.execute(f"ALTER TABLE {quoted} DISABLE TRIGGER USER")
            for group, keys in groups.items():
                earlier = {each.attname: _earlier(each, back, days) for each in group}
                table._base_manager.filter(pk__in=keys).update(**earlier)
            cursor.execute(f"ALTER TABLE {quoted} ENABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _earlier(column: Column, back: dt.timedelta, days: dt.timedelta) -> models.ExpressionWrapper:
    moved = models.F(column.attname) - (back if _is_moment(column) else days)
    kind = models.DateTimeField() if _is_moment(column) else models.DateField()
    return models.ExpressionWrapper(moved, output_field=kind)
