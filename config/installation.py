"""Whether this database serves production or trials, written down in the database itself.

The mark is the comment of Django's own table of migrations: it is there before any table of ours,
and a dump carries it along.
"""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured
from django.db import connection

TABLE = "django_migrations"
PREFIX = "stadtbruecke: "


def kind_of(mode: str) -> str:
    """production, or trial for demo and test."""
    return "production" if mode == "production" else "trial"


def marked() -> str | None:
    """production, trial, or None for a database that nobody has migrated yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regclass(%s), 'pg_class')", [TABLE])
        (comment,) = cursor.fetchone()
    return str(comment).removeprefix(PREFIX) if comment else None


def mark(mode: str) -> None:
    """Write down what the database is for; it stays so."""
    with connection.cursor() as cursor:
        cursor.execute(f"COMMENT ON TABLE {TABLE} IS '{PREFIX}{kind_of(mode)}'")


def refuse_another_kind(mode: str) -> None:
    """Raises ImproperlyConfigured when the database was made for the other kind of installation."""
    known = marked()
    if known is not None and known != kind_of(mode):
        raise ImproperlyConfigured(
            f"This database was made for {known}, and PORTAL_MODE is {mode}. Nothing was changed. "
            "Point DATABASE_URL at another database, or unset it to use the portal's own."
        )
