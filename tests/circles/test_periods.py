"""The freeze waits until everybody who is rejected knows it and has had the promised days."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from circles.applying import applications, confirmations, standing
from circles.calling import withdrawals
from circles.drawing import freezing, simulation
from circles.models import Application, Call
from circles.reviewing import objections, reviews
from foundation.accounts.models import Role
from foundation.mail import outbox
from foundation.mail.models import OutgoingMail
from tests.circles.conftest import DAY, proof_of, tell_rejected
from tests.circles.factories import close_call, code_for, make_application, make_call, qualify
from tests.conftest import make_user

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def rejected(otto, rita):
    """One of two is rejected, the deadline is over; a demonstration. The mail is on hold."""
    call = make_call(otto, draw_id="demo-days", objection_days=5)
    qualify(make_application(call), otto, rita)
    application = make_application(call)
    for reviewer in (otto, rita):
        reviews.review(
            application, unmet={call.criteria.get(code="wohnort"): "woanders"}, by=reviewer
        )
    close_call(call)
    return Application.objects.get(pk=application.pk)


def freeze(call, leo):
    return freezing.freeze(call, all_typed=True, by=leo, proof=proof_of(leo))


def test_nothing_is_frozen_while_the_mail_is_on_hold(rejected, leo):
    with pytest.raises(freezing.NotReady, match="1 person does not know yet"):
        freeze(rejected.call, leo)


def test_nothing_is_frozen_while_the_mail_waits_to_leave_or_was_thrown_away(rejected, leo, otto):
    mail = OutgoingMail.objects.get(kind="application_rejected")
    outbox.release(mail, by=otto)
    with pytest.raises(freezing.NotReady, match="does not know yet"):
        freeze(rejected.call, leo)
    outbox.hold(mail, by=otto)
    outbox.cancel(mail, by=otto)
    with pytest.raises(freezing.NotReady, match="does not know yet"):
        freeze(rejected.call, leo)


def test_the_days_count_from_the_mail_that_left(rejected, leo, otto, do_work):
    outbox.release(OutgoingMail.objects.get(kind="application_rejected"), by=otto)
    do_work()
    with pytest.raises(freezing.NotReady, match="may still object"):
        freeze(rejected.call, leo)
    tell_rejected(days_ago=6)  # a letter that left before the mail counts
    assert freeze(rejected.call, leo).rejected == 1


def test_the_days_are_those_of_the_call(rejected, leo):
    tell_rejected(days_ago=4.9)
    with pytest.raises(freezing.NotReady, match="may still object"):
        freeze(rejected.call, leo)
    tell_rejected(days_ago=5.1)
    assert freeze(rejected.call, leo).rejected == 1


def test_a_call_by_telephone_tells_whoever_has_no_address(rejected, leo, otto):
    mail = OutgoingMail.objects.get(kind="application_rejected")
    OutgoingMail.objects.filter(pk=mail.pk).update(to="")
    outbox.note_phoned(mail, note="weiß es", by=otto)
    assert objections.periods_of(rejected.call).untold == 0
    with pytest.raises(freezing.NotReady, match="may still object"):
        freeze(rejected.call, leo)


def test_a_mail_that_was_only_printed_or_told_starts_no_days(rejected, leo, otto):
    mail = OutgoingMail.objects.get(kind="application_rejected")
    outbox.note_printed(mail, by=otto)
    outbox.note_phoned(mail, note="angeblich", by=otto)
    assert objections.periods_of(rejected.call).untold == 1
    assert objections.ends_at(rejected) is None
    with pytest.raises(freezing.NotReady, match="does not know yet"):
        freeze(rejected.call, leo)


def test_who_has_used_the_objection_is_not_waited_for(rejected, leo, otto):
    objection = objections.record(rejected, "Doch!", by=otto)
    with pytest.raises(freezing.NotReady):
        freeze(rejected.call, leo)
    rosa = make_user("Rosa", Role.REVIEWER, factor=True)
    objections.decide(objection, uphold=False, reason="nein", by=rosa)
    assert freeze(rejected.call, leo).rejected == 1


def test_the_simulated_clock_of_a_demonstration_passes_the_days(rejected, leo, settings):
    settings.DEMO = True
    tell_rejected(days_ago=0)
    simulation.move_clock(rejected.call, by=leo)
    assert freeze(Call.objects.get(pk=rejected.call_id), leo).rejected == 1


def test_nobody_promises_less_than_three_days(rejected):
    with pytest.raises(IntegrityError, match="call_days_to_object"), transaction.atomic():
        Call.objects.update(objection_days=2)


def test_page_mail_and_standing_name_the_days(client, rejected):
    page = client.get(
        reverse("call", args=[rejected.call.circle.slug]), headers={"accept-language": "en"}
    )
    assert "has 5 days to object" in page.content.decode()
    mail = OutgoingMail.objects.get(kind="application_rejected")
    assert "5" in mail.body
    assert standing.of(rejected).next_step.startswith("We write to you with the reasons")
    tell_rejected(days_ago=1)
    assert "You may object until" in standing.of(rejected).next_step


def test_after_the_freeze_nobody_is_told_that_they_may_object(rejected, leo):
    tell_rejected(days_ago=6)
    freeze(rejected.call, leo)
    fresh = Application.objects.select_related("call").get(pk=rejected.pk)
    assert "the time to object over" in standing.of(fresh).next_step


def test_a_withdrawn_call_draws_nobody_and_says_so(otto, rita):
    call = make_call(otto)
    admitted, waiting = make_application(call), make_application(call, confirmed=False)
    qualify(admitted, otto, rita)
    withdrawals.withdraw_call(call, by=otto)
    fresh = Application.objects.select_related("call__circle").get(pk=admitted.pk)
    assert standing.of(fresh).title == "call withdrawn"
    with pytest.raises(applications.CallClosed, match="call was withdrawn"):
        confirmations.confirm(waiting, code_for(waiting))


def test_the_periods_of_many_are_one_question(rejected, django_assert_num_queries):
    call = rejected.call
    with django_assert_num_queries(1):
        found = objections.periods_of(call)
    assert (found.untold, found.last_ends_at) == (1, None)
    moment = timezone.now()
    OutgoingMail.objects.filter(kind="application_rejected").update(to="", phoned_at=moment)
    assert objections.ends_at(rejected) == moment + 5 * DAY
