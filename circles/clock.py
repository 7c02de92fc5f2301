"""What time it is for a call: the database's clock, plus the simulated hours of a demonstration.

One value is taken per decision, so that storing and comparing use the same moment.
"""

from __future__ import annotations

import datetime as dt

from django.db import connection

from circles.models import Call


def now_for(call: Call) -> dt.datetime:
    """This moment by the database's clock; demonstrations may run ahead of it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (now,) = cursor.fetchone()
    moment: dt.datetime = now + call.clock_ahead
    return moment
