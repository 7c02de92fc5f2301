"""A deputy acts as long as the person deputised: never longer, by no way."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from foundation.accounts import appointments, mandates
from foundation.accounts.appointments import Office
from foundation.accounts.models import Mandate, Role, User
from foundation.audit.models import Entry
from tests.conftest import make_user
from tests.foundation.test_accounts_roles import appoint, proof_of

WEEK = dt.timedelta(days=7)


def deputise(principal, user, **options):
    return mandates.grant(user, Role(principal.role), by=None, deputy_of=principal, **options)


def holds(user, role):
    return mandates.holds(User.objects.get(pk=user.pk), role)


def test_a_deputy_ends_with_the_person_deputised(anton, rita, leo, otto):
    mandate = Mandate.objects.get(user=rita)
    deputy = deputise(mandate, leo)
    deputise(deputy, otto)  # the deputy's deputy
    appointments.dismiss(mandate, by=anton, proof=proof_of(anton))
    assert [holds(user, Role.REVIEWER) for user in (rita, leo, otto)] == [False, False, False]
    assert Entry.objects.filter(verb="mandate.revoked", actor_id=anton.pk).count() == 3
    assert holds(leo, Role.LOTTERY_OFFICER)


def test_no_deputy_longer_than_the_person_deputised(anton, clara):
    ends_at = timezone.now() + WEEK
    principal = mandates.grant(clara, Role.REVIEWER, by=anton, ends_at=ends_at)
    for wish in (None, ends_at + dt.timedelta(seconds=1)):
        with pytest.raises(mandates.DeputyTooLong):
            appoint(
                "nora@example.org",
                anton,
                Office(Role.REVIEWER, ends_at=wish, deputy_of=principal),
            )
    appoint("nora@example.org", anton, Office(Role.REVIEWER, ends_at=ends_at, deputy_of=principal))
    mandates.revoke(principal, by=anton)
    with pytest.raises(mandates.DeputyTooLong):
        appoint(
            "nils@example.org", anton, Office(Role.REVIEWER, ends_at=ends_at, deputy_of=principal)
        )


def test_the_database_refuses_deputies_that_outlast(anton, rita, leo):
    mandate = Mandate.objects.get(user=rita)
    deputy = deputise(mandate, leo)
    for change in ({"revoked_at": timezone.now()}, {"ends_at": timezone.now() + WEEK}):
        with pytest.raises(IntegrityError, match="outlasts"), transaction.atomic():
            Mandate.objects.filter(pk=mandate.pk).update(**change)
            now()
    Mandate.objects.filter(pk__in=[mandate.pk, deputy.pk]).update(ends_at=timezone.now() + WEEK)
    now()


def now():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_the_last_administrators_own_deputy_does_not_count_as_another_one(anton, db):
    own = Mandate.objects.get(user=anton)
    nils = make_user("Nils", factor=True)
    deputise(own, nils)
    with pytest.raises(appointments.LastAdministrator):
        appointments.dismiss(own, by=anton, proof=proof_of(anton))
    assert holds(nils, Role.ADMINISTRATOR)
