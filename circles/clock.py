"""What time it is for a call: the database's clock, plus the simulated hours of a demonstration.

One value is taken per decision, so that storing and comparing use the same moment.
"""

from __future__ import annotations

import datetime as dt

from circles.models import Call
from foundation import database


def now_for(call: Call) -> dt.datetime:
    """This moment by the database's clock; demonstrations may run ahead of it."""
    return database.clock() + call.clock_ahead
