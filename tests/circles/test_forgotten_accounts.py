"""When the last thing that ties an account to the portal is forgotten, the account goes, too."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from circles.applying import applications, confirmations, erasure, retention
from circles.calling import trials, withdrawals
from circles.models import Application, Call
from foundation.accounts import mandates
from foundation.accounts.models import Role, User
from foundation.mail.models import OutgoingMail
from tests.circles.factories import answers_yes, code_for, make_application, make_call
from tests.conftest import login

CLARA = "clara@example.org"


@pytest.fixture
def call(otto):
    return make_call(otto)


def at_midnight(moment: dt.datetime) -> bool:
    return timezone.localtime(moment).timetz().replace(tzinfo=None) == dt.time(0)


@pytest.mark.req("R121")
def test_name_and_address_go_with_the_last_application(call, otto):
    first = make_application(call, email=CLARA, name="Clara")
    second = make_application(make_call(otto), email=CLARA, name="Clara")
    person = first.user

    erasure.erase(first, by=person)
    person.refresh_from_db()
    assert (person.email, person.erased_at) == (CLARA, None)  # the second application needs it

    erasure.erase(second, by=person)
    person.refresh_from_db()
    assert (person.name, person.is_active) == ("", False)
    assert person.email.endswith("@erased.invalid")
    assert not OutgoingMail.objects.filter(kind="account_erased").exists()


@pytest.mark.req("R121")
def test_no_moment_links_a_kept_account_with_a_ticket(call, clara):
    mandates.grant(clara, Role.DIV_MEMBER, by=None)
    application = make_application(call, email=clara.email)
    User.objects.filter(pk=clara.pk).update(last_login=application.confirmed_at)
    erasure.erase(application, by=clara)
    application.refresh_from_db()
    clara.refresh_from_db()
    assert clara.erased_at is None
    moments = (
        clara.date_joined, clara.last_login, application.submitted_at, application.confirmed_at,
    )  # fmt: skip
    assert [at_midnight(each) for each in moments] == [True] * 4


def test_an_account_never_tells_the_moment_of_its_code(call):
    assert at_midnight(make_application(call).user.date_joined)


def test_the_person_who_deletes_the_last_application_is_logged_out(client, call):
    application = make_application(call, email=CLARA)
    own = login(client, application.user)
    done = own.post(reverse("my_deletion", args=[application.reference]))
    assert done["Location"] == reverse("account_deleted")
    assert "_auth_user_id" not in own.session


def test_mails_about_other_things_still_leave(call):
    application = make_application(call, email=CLARA)
    other = OutgoingMail.objects.create(
        key="event-1", kind="event_reminder", to=CLARA, language="de", subject="Morgen", body="Um 8"
    )
    erasure.erase(application, by=application.user)
    other.refresh_from_db()
    assert (other.to, other.body) == (CLARA, "Um 8")


@pytest.mark.req("R121")
def test_the_clock_forgets_accounts_too(otto):
    call = make_call(otto, draw_id="demo-gone")
    made = make_application(call)
    from_letter = applications.enter_on_paper(
        call, name="Paula", answers=answers_yes(call), by=otto
    )
    withdrawals.withdraw_call(call, by=otto)
    Call.objects.filter(pk=call.pk).update(clock_ahead=dt.timedelta(days=31))
    assert retention.forget_overdue() == 2
    people = User.objects.filter(pk__in=[made.user_id, from_letter.user_id])
    assert [person.erased_at is None for person in people] == [False, False]


def test_a_trial_leaves_no_account(otto):
    trial = trials.begin(make_call(otto, opened=False), by=otto)
    person = make_application(trial).user
    make_application(trial, email=otto.email)
    trials.remove(trial, by=otto)
    person.refresh_from_db()
    otto.refresh_from_db()
    assert (person.erased_at is None, otto.erased_at is None) == (False, True)


def test_a_changed_address_is_not_kept(call):
    application = make_application(call, email=CLARA)
    former = application.user
    confirmations.request_address(application, "neu@example.org", by=former)
    application.refresh_from_db()
    confirmations.confirm_address(application, code_for(application), by=former)
    former.refresh_from_db()
    assert former.erased_at is not None
    assert Application.objects.get().user.email == "neu@example.org"
