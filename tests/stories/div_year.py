"""Who and what a year of the D.I.V. is about, and the clock of its days; told more than once."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import time_machine

BERLIN = ZoneInfo("Europe/Berlin")
YEAR = 2031
DAYS = ("2031-03-11", "2031-06-17", "2031-10-28")
PLACE = {"starts": "17:30", "ends": "20:00", "place": "Neues Rathaus", "is_public": "on"}
_PEOPLE = (
    ("Vera Vorsitz", "department", "Amt für Verkehr", {"is_chair": "on"}),
    ("Jonas Beirat", "advisory_board", "Seniorenrat", {}),
    ("Dora Runde", "other", "Verein Musterviertel", {}),
)
MEMBERS = tuple(
    {
        "name": name,
        "email": f"{name.split()[0].lower()}@example.org",
        "group": group,
        "on_behalf_of": on_behalf_of,
        "starts_on": f"{YEAR}-01-01",
        "term_ends_on": f"{YEAR + 1}-12-31",
        **more,
    }
    for name, group, on_behalf_of, more in _PEOPLE
)
MOVED = "Beantragt die Abstimmung."
RESOLVED = "Das D.I.V. empfiehlt breitere Radwege."
MINORITY = "Wir hätten zuerst die Fußwege erneuert.\n– Verein Musterviertel"


def at(text: str) -> time_machine.travel:
    """The clock of this process shows that day and time in Bielefeld, and goes on from there."""
    return time_machine.travel(moment(text), tick=True)


def moment(text: str) -> dt.datetime:
    day, clock = text.split()
    return dt.datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=BERLIN)
