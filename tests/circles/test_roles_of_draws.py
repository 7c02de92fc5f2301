"""A draw takes two people whose roles and second factors are not of yesterday."""

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from circles.drawing import declarations, minutes, roles, values
from foundation.accounts.models import Mandate, Role
from tests.circles.conftest import DAY, dice, proof_of
from tests.conftest import make_user

pytestmark = pytest.mark.usefixtures("english", "closed_ground")


@pytest.fixture
def newcomer(frozen):
    """Appointed after the pool was closed, an hour ago."""
    person = make_user("Nora", Role.CHAIR, factor=True)
    return set_age(person, role=DAY / 24, factor=DAY / 24)


def set_age(person, *, role, factor):
    now = timezone.now()
    Mandate.objects.filter(user=person).update(starts_at=now - role)
    Authenticator.objects.filter(user=person).update(created_at=now - factor)
    return person


@pytest.mark.req("R121")
def test_nobody_becomes_the_second_person_of_a_draw_in_an_hour(frozen, newcomer):
    frozen.frozen_at = timezone.now() - 2 * DAY
    with pytest.raises(roles.TooNew, match="too new"):
        roles.demand_settled(newcomer, frozen)
    for role, factor, settles in (
        (DAY * 1.1, DAY / 24, False),
        (DAY / 24, DAY * 1.1, False),
        (DAY * 1.1, DAY * 1.1, True),
    ):
        set_age(newcomer, role=role, factor=factor)
        if settles:
            roles.demand_settled(newcomer, frozen)
            continue
        with pytest.raises(roles.TooNew):
            roles.demand_settled(newcomer, frozen)


@pytest.mark.req("R121")
def test_who_came_after_the_freeze_neither_confirms_nor_types_dice(declared, leo):
    nora = make_user("Nora", Role.LOTTERY_OFFICER, factor=True)
    Mandate.objects.filter(user=nora).update(starts_at=declared.confirmed_at + 2 * DAY)
    with pytest.raises(roles.TooNew):
        values.enter(declared, dice(), by=nora)


def test_a_proposal_is_not_confirmed_by_somebody_appointed_for_it(frozen, leo):
    made = declarations.propose(frozen, drand_at=None, by=leo, proof=proof_of(leo))
    nora = make_user("Nora", Role.CHAIR, factor=True)
    Mandate.objects.filter(user=nora).update(starts_at=frozen.frozen_at + dt.timedelta(minutes=1))
    with pytest.raises(roles.TooNew):
        declarations.confirm(made, by=nora, proof=proof_of(nora))
    made.refresh_from_db()
    assert made.confirmed_at is None


def test_the_minutes_tell_functions_and_since_when(drawn, leo, vera):
    Mandate.objects.filter(user=leo).update(function="Losbeauftragter")
    shown = minutes.minutes_context(drawn.draw, drawn, internal=False)["acting"]
    assert [(what, function) for what, _who, function, _since in shown] == [
        ("Erklärung vorgeschlagen", "Losbeauftragter"),
        ("Erklärung bestätigt", str(Role.CHAIR.label)),
        ("Würfel eingetragen", "Losbeauftragter"),
        ("Würfel eingetragen", str(Role.CHAIR.label)),
    ]
    assert shown[0][3] == Mandate.objects.get(user=leo).starts_at
