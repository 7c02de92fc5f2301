"""The action plan: owners, dates, what is overdue, and what follows from a meeting."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from foundation.languages import LocalizedText
from foundation.states import UndeclaredMove
from partnerships.course import encounters, phases
from partnerships.deeds import actions
from partnerships.models import Action
from tests.conftest import login
from tests.partnerships.factories import both

TODAY = timezone.localdate()
YESTERDAY = TODAY - dt.timedelta(days=1)
State = Action.State


def plan(partnership, **more):
    values = {"title": both("Katalog"), "owner": both("Amt für Daten"), "by": None, **more}
    return actions.plan(partnership, **values)


@pytest.fixture
def meeting(partnership):
    return encounters.note(partnership, title=both("Konferenz"), on=YESTERDAY, by=None)


@pytest.mark.req("R31")
def test_a_follow_up_has_an_owner_and_a_date_and_is_listed_as_overdue(
    client, partnership, meeting, otto
):
    late = plan(partnership, encounter=meeting, due_on=YESTERDAY, title=both("Protokoll senden"))
    plan(partnership, due_on=TODAY, title=both("Treffen vorbereiten"))
    assert list(Action.objects.overdue(TODAY)) == [late]
    login(client, otto, fresh=True)
    text = client.get(reverse("action_list", args=[partnership.slug])).content.decode()
    assert text.index("Protokoll senden") < text.index("Treffen vorbereiten")
    assert "Konferenz" in text
    actions.put(late, State.COMPLETED, by=otto)
    assert list(Action.objects.overdue(TODAY)) == []
    assert Action.objects.open().count() == 1


def test_a_step_without_owner_is_refused_by_the_domain_and_the_database(partnership):
    with pytest.raises(actions.OwnerMissing):
        plan(partnership, owner=LocalizedText())
    with pytest.raises(IntegrityError, match="action_has_owner"), transaction.atomic():
        Action.objects.create(partnership=partnership, title=both("X"))


def test_a_follow_up_is_not_due_before_its_meeting(partnership, meeting):
    with pytest.raises(actions.FollowUpBeforeMeeting):
        plan(partnership, encounter=meeting, due_on=YESTERDAY - dt.timedelta(days=1))


def test_parts_of_another_partnership_are_refused(partnership, meeting, bielefeld, tampere):
    other = phases.open_partnership([bielefeld, tampere], slug="andere", by=None)
    with pytest.raises(actions.ForeignPart):
        plan(other, encounter=meeting)


def test_states_and_their_reasons(partnership):
    step = plan(partnership)
    with pytest.raises(actions.ActionReasonMissing):
        actions.put(step, State.CANCELLED, by=None)
    actions.put(step, State.CANCELLED, reason=both("Kein Geld"), by=None)
    with pytest.raises(UndeclaredMove):
        actions.put(step, State.COMPLETED, by=None)
    actions.put(step, State.ONGOING, by=None)
    assert not step.reason
    actions.put(step, State.COMPLETED, on=YESTERDAY, by=None)
    assert step.completed_on == YESTERDAY
    with pytest.raises(IntegrityError, match="state-guard"), transaction.atomic():
        Action.objects.filter(pk=step.pk).update(state="ongoing")


@pytest.mark.req("R31")
def test_strangers_see_public_steps_and_no_names(client, partnership, otto):
    phases.publish_partnership(partnership, by=otto)
    plan(partnership, title=both("Nur intern"), person_name="Ina Intern")
    plan(partnership, title=both("Für alle"), person_name="Ina Intern", is_public=True)
    text = client.get(reverse("action_list", args=[partnership.slug])).content.decode()
    assert "Für alle" in text
    assert "Nur intern" not in text
    assert "Ina Intern" not in text
    login(client, otto, fresh=True)
    text = client.get(reverse("action_list", args=[partnership.slug])).content.decode()
    assert text.count("Ina Intern") == 2


def test_concrete_steps_have_owner_date_and_indicator(partnership):
    plan(partnership, due_on=TODAY)
    plan(partnership, indicator=both("Zahl"))
    whole = plan(partnership, due_on=TODAY, indicator=both("Zahl"))
    assert list(Action.objects.concrete()) == [whole]
