"""What only the database can say or do: its clock, and keeping a row as it is until commit."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import connection, models


def clock() -> dt.datetime:
    """This moment by the database's clock, not the start of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: dt.datetime = cursor.fetchone()[0]
    return moment


def hold(model: type[models.Model], pk: Any) -> None:
    """Keep a row as it is until commit; many hold it together, whoever changes it waits.

    Only this row: `select_for_update` knows no shared lock, and joined rows stay out of it.
    """
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {table} WHERE id = %s FOR SHARE", [pk])  # noqa: S608 - the table of a model
