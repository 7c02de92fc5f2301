"""Generated crowds for measuring: as many as asked for, all as the form would leave them."""

import pytest

from circles.models import Application
from config.demo import crowd, entries
from foundation import states
from foundation.audit.models import Entry
from foundation.languages import LocalizedText
from partnerships.models import Actor, Topic
from tests.circles.factories import make_call

pytestmark = pytest.mark.django_db


def test_a_call_is_filled_once_and_every_ticket_is_its_own(leo):
    call = make_call(by=leo)
    for size in (7, 7, 12):
        crowd.fill_call(call, size)
    rows = call.applications.all()
    assert {row.state for row in rows} == {"submitted"}
    assert len({row.ticket for row in rows}) == 12
    assert Entry.objects.filter(verb="state.submitted").count() == 12
    assert rows[0].answers.filter(met=True).count() == call.criteria.count()


def test_the_directory_grows_to_the_size_asked_for():
    for slug in ("wasser", "wege", "wind"):
        Topic.objects.create(slug=slug, name=LocalizedText.of("de", slug, en=slug))
    for size in (30, 30, 41):
        entries.load_entries(size)
        assert Actor.objects.count() == size


def test_many_move_together_or_not_at_all(leo):
    call = make_call(by=leo)
    crowd.fill_call(call, 3)
    states.advance_all(call.applications.all()[:1], "withdrawn", by=leo)
    with pytest.raises(states.UndeclaredMove):
        states.advance_all(call.applications.all(), "qualified", by=leo)
    assert Application.objects.filter(state="submitted").count() == 2


def test_the_trail_says_whence_each_moved(leo):
    call = make_call(by=leo)
    crowd.fill_call(call, 2)
    states.advance_all(call.applications.all()[:1], "qualified", by=leo)
    states.advance_all(call.applications.all(), "withdrawn", by=leo)
    moves = Entry.objects.filter(verb="state.withdrawn").values_list("details", flat=True)
    assert sorted(details["previous"] for details in moves) == ["qualified", "submitted"]
