"""Two cities in a published partnership, for events that belong to one."""

import pytest

from partnerships.course import exchange_formats, phases
from partnerships.directory import directory
from tests.partnerships.factories import both


@pytest.fixture
def pair(otto):
    cities = [
        directory.list_municipality("bielefeld", name=both("Bielefeld"), country="DE", by=None),
        directory.list_municipality(
            "tampere", name=both("Tampere"), country="FI", time_zone="Europe/Helsinki", by=None
        ),
    ]
    made = phases.open_partnership(
        cities, by=otto, lead=both("Ein Satz", "One sentence"),
        choice_reason=both("Ein Grund", "A reason"), single_reason=both("Allein", "Alone"),
    )  # fmt: skip
    exchange_formats.promise(made, name=both("Roundtable"), per_year=2, by=otto)
    phases.publish_partnership(made, by=otto)
    return made
