"""The nine phases and their gates, and how a partnership begins."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from foundation.languages import LocalizedText
from partnerships.course import encounters, focuses, phases
from partnerships.deeds import goals
from partnerships.models import Encounter, Focus, Goal, Partnership
from tests.partnerships.factories import both


@pytest.mark.req("R20")
def test_every_gate_says_what_is_lacking_and_opens(partnership, sides, bruno, paula, concrete):
    phases.describe(
        concrete,
        lead=LocalizedText(),
        choice_reason=LocalizedText(),
        target_picture=LocalizedText(),
        by=None,
    )
    lacking(concrete, ["Note why this partner city was chosen."])
    phases.describe(
        concrete,
        lead=LocalizedText(),
        choice_reason=both("Darum"),
        target_picture=LocalizedText(),
        by=None,
    )
    phases.move_on(concrete, by=None)
    phases.move_on(concrete, by=None)  # the conference was held
    phases.move_on(concrete, by=None)  # a topic is adopted
    assert concrete.phase == "target_picture"
    lacking(concrete, ["Write down the target picture."])
    phases.describe(
        concrete,
        lead=LocalizedText(),
        choice_reason=both("Darum"),
        target_picture=both("Bild"),
        by=None,
    )
    phases.approve_target_picture(
        concrete, sides[0], digest=phases.picture_digest(concrete), by=bruno
    )
    lacking(concrete, ["These cities have not approved the target picture yet: Tampere."])
    phases.approve_target_picture(
        concrete, sides[1], digest=phases.picture_digest(concrete), by=paula
    )
    phases.move_on(concrete, by=None)
    lacking(concrete, ["Conclude an agreement that all cities have signed."])


def lacking(partnership, sentences):
    with translation.override("en"):
        assert list(phases.next_gate(partnership).lacking) == sentences
        with pytest.raises(phases.GateClosed) as refusal:
            phases.move_on(partnership, by=None)
    assert refusal.value.reasons == sentences


def test_a_cancelled_or_one_sided_meeting_opens_no_gate(partnership):
    phases.move_on(partnership, by=None)
    encounters.note(
        partnership,
        title=both("Besuch"),
        on=dt.date(2026, 1, 1),
        state=Encounter.State.CANCELLED,
        reason=both("Pandemie"),
        by=None,
    )
    encounters.note(
        partnership,
        title=both("Vortrag"),
        on=dt.date(2026, 1, 2),
        state=Encounter.State.HELD,
        both_sides=False,
        by=None,
    )
    assert not phases.next_gate(partnership).is_open


def test_a_new_target_picture_voids_the_approvals(concrete, sides, bruno, paula):
    for party, user in zip(sides, (bruno, paula), strict=True):
        phases.approve_target_picture(
            concrete, party, digest=phases.picture_digest(concrete), by=user
        )
    assert phases._picture_is_approved(concrete) == ""
    concrete.target_picture = both("Anders")
    assert "Bielefeld, Tampere" in phases._picture_is_approved(concrete)


@pytest.mark.req("R2")
def test_the_same_city_twice_is_refused(bielefeld, tampere):
    with pytest.raises(phases.PartyTwice):
        phases.open_partnership([bielefeld, bielefeld], by=None)
    with pytest.raises(phases.TooFewParties):
        phases.open_partnership([bielefeld], by=None)
    phases.open_partnership([bielefeld, tampere], by=None)
    with pytest.raises(phases.PartnershipExists):
        phases.open_partnership([bielefeld, tampere], by=None)


@pytest.mark.req("R25")
def test_phases_are_not_skipped_even_in_the_database(partnership):
    with pytest.raises(IntegrityError, match="state-guard"), transaction.atomic():
        Partnership.objects.filter(pk=partnership.pk).update(phase="implementation")


def test_a_goal_needs_a_unit_and_dates_in_order(partnership):
    with pytest.raises(goals.GoalWithoutUnit):
        goals.set_goal(partnership, title=both("Z"), target=Decimal(4), by=None)
    with pytest.raises(goals.DateBeforePredecessor):
        goals.set_goal(
            partnership,
            title=both("Z"),
            baseline_on=dt.date(2027, 1, 1),
            due_on=dt.date(2026, 1, 1),
            by=None,
        )
    goal = goals.set_goal(partnership, title=both("Z"), unit=both("Tage"), by=None)
    goals.measure(goal, Decimal(4), on=timezone.localdate(), by=None)
    with pytest.raises(goals.DateBeforePredecessor):
        goals.measure(goal, Decimal(5), on=dt.date(2020, 1, 1), by=None)
    with pytest.raises(IntegrityError, match="goal_number_has_unit"), transaction.atomic():
        Goal.objects.filter(pk=goal.pk).update(unit=LocalizedText())


@pytest.mark.req("R47")
@pytest.mark.req("R155")
def test_topics_move_from_the_long_list_to_adopted(concrete):
    focus = concrete.foci.get()
    assert focus.status == "adopted"
    with pytest.raises(focuses.TopicTwice):
        focuses.propose(concrete, focus.topic, by=None)
    focuses.put(focus, Focus.Status.DROPPED, by=None)
    focuses.put(focus, Focus.Status.EXPLORING, by=None)
    assert Focus.objects.get().status == "exploring"


def test_what_did_not_take_place_needs_a_reason(partnership):
    with pytest.raises(encounters.ReasonMissing):
        encounters.note(partnership, title=both("Besuch"), state=Encounter.State.CANCELLED, by=None)


def test_the_same_event_is_written_down_once(partnership):
    for _ in range(2):
        encounters.note(
            partnership,
            title=both("Konferenz"),
            on=dt.date(2026, 5, 5),
            state=Encounter.State.HELD,
            subject_key=("formats.event", "7"),
            by=None,
        )
    assert Encounter.objects.get().state == "held"
