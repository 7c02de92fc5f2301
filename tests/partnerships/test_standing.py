"""Rest and end: nothing new begins, everybody hears why, and there is a way back."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from foundation import states
from foundation.languages import LocalizedText
from foundation.mail.models import OutgoingMail
from partnerships.course import encounters, exchange_formats, focuses, phases, standing
from partnerships.deeds import goals
from partnerships.models import Encounter, Goal, Partnership, TurningPoint
from partnerships.wording import agreements, drafts
from tests.conftest import login
from tests.partnerships.factories import both

WHY = both("Haushaltssperre", "No budget")


@pytest.mark.req("R20")
def test_a_suspended_partnership_takes_nothing_new(draft, sides, bruno, otto):
    partnership = draft.partnership
    digest = drafts.gather(draft).digest()
    standing.suspend(partnership, reason=WHY, by=otto)
    topic = partnership.foci.get().topic
    attempts = [
        lambda: goals.set_goal(partnership, title=both("Z"), by=None),
        lambda: encounters.note(partnership, title=both("T"), by=None),
        lambda: exchange_formats.promise(partnership, name=both("F"), by=None),
        lambda: focuses.propose(partnership, topic, by=None),
        lambda: agreements.agree(draft, sides[0], digest=digest, by=bruno),
        lambda: agreements.set_term(draft, starts_on=None, ends_on=None, notice_months=3, by=otto),
        lambda: agreements.draft_agreement(partnership, by=otto),
        lambda: phases.move_on(partnership, by=otto),
        lambda: phases.approve_target_picture(
            partnership, sides[0], digest=phases.picture_digest(partnership), by=bruno
        ),
        lambda: standing.suspend(partnership, reason=WHY, by=otto),
    ]
    for attempt in attempts:
        with pytest.raises(standing.AtRest, match="Resume it before"):
            attempt()
    held = encounters.note(
        partnership, title=both("War"), on=dt.date(2026, 1, 1), state=Encounter.State.HELD, by=None
    )
    assert held.state == "held", "what took place may still be written down"
    standing.resume(partnership, reason=both("Geld ist da"), by=otto)
    goals.set_goal(partnership, title=both("Z"), by=None)


def test_the_database_refuses_too(partnership, otto):
    standing.suspend(partnership, reason=WHY, by=otto)
    with pytest.raises(IntegrityError, match="at-rest"), transaction.atomic():
        Goal.objects.create(partnership=partnership, position=9, title=both("Z"))
    with pytest.raises(IntegrityError, match="suspended_or_ended"), transaction.atomic():
        Partnership.objects.filter(pk=partnership.pk).update(ended_at=timezone.now())
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        TurningPoint.objects.update(kind="ended")


def test_resting_and_ending_need_reasons(partnership, otto):
    with pytest.raises(standing.ReasonMissing):
        standing.suspend(partnership, reason=LocalizedText(), by=otto)
    with pytest.raises(standing.NotAtRest):
        standing.resume(partnership, reason=WHY, by=otto)
    with pytest.raises(standing.ReasonMissing, match="running projects"):
        standing.end(partnership, reason=WHY, running=LocalizedText(), by=otto)
    with pytest.raises(IntegrityError, match="end_is_told"), transaction.atomic():
        TurningPoint.objects.create(
            partnership=partnership, kind="ended", in_phase="analysis", reason=WHY
        )


def test_an_end_can_be_taken_back_for_a_while(client, partnership, bruno, otto):
    today = timezone.localdate()
    standing.end(partnership, reason=WHY, running=both("Läuft aus"), by=otto)
    assert partnership.turning_points.get().until == today + dt.timedelta(days=90)
    with pytest.raises(standing.AtRest, match="has ended"):
        goals.set_goal(partnership, title=both("Z"), by=None)
    standing.reopen(partnership, reason=LocalizedText(), by=bruno)
    assert partnership.ended_at is None
    over = today - dt.timedelta(days=1)
    standing.end(partnership, reason=WHY, running=both("Läuft aus"), way_back_until=over, by=otto)
    with pytest.raises(standing.ReasonMissing):
        standing.reopen(partnership, reason=LocalizedText(), by=otto)
    address = reverse("partnership_reopen", args=[partnership.slug])
    typed = {"reason_de": "Neue Räte", "reason_en": "New councils"}
    assert login(client, bruno).post(address, typed).status_code == 403
    assert login(client, otto).post(address, typed).status_code == 302
    assert [turn.kind for turn in partnership.turning_points.all()] == [
        "ended", "reopened", "ended", "reopened",
    ]  # fmt: skip


def test_both_cities_are_told_why(partnership, bruno, paula, otto):
    standing.suspend(partnership, reason=WHY, by=otto)
    mails = {mail.to: mail.body for mail in OutgoingMail.objects.filter(kind="partnership_turn")}
    assert set(mails) == {bruno.email, paula.email}
    assert "No budget" in mails[paula.email]
    assert "Haushaltssperre" in mails[bruno.email]


def test_everybody_sees_that_it_rests(client, partnership, otto):
    phases.publish_partnership(partnership, by=otto)
    standing.suspend(partnership, reason=WHY, by=otto)
    page = client.get(reverse("partnership", args=[partnership.slug])).content.decode()
    assert "suspended since" in page or "ruht seit" in page
    assert "No budget" not in page
    assert "Haushaltssperre" not in page


@pytest.mark.req("R31")
def test_a_renewal_keeps_its_reason(partnership, otto):
    with transaction.atomic():
        for phase in ("contact", "topics", "target_picture", "agreement", "action_plan",
                      "implementation", "monitoring", "evaluation"):  # fmt: skip
            states.advance(partnership, phase, by=None, field="phase")
    with pytest.raises(standing.ReasonMissing):
        phases.renew(partnership, with_new_goals=True, reason=LocalizedText(), by=otto)
    assert partnership.phase == "evaluation"
    phases.renew(partnership, with_new_goals=True, reason=both("Neue Fragen"), by=otto)
    assert partnership.phase == "agreement"
    assert partnership.turning_points.get().kind == "renegotiated"


def test_the_page_of_the_standing_costs_the_same(
    client, partnership, otto, django_assert_max_num_queries
):
    login(client, otto)
    address = reverse("partnership_standing", args=[partnership.slug])

    def costs():
        with django_assert_max_num_queries(30) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    standing.suspend(partnership, reason=WHY, by=otto)
    standing.resume(partnership, reason=WHY, by=otto)
    one = costs()
    for _n in range(3):
        standing.suspend(partnership, reason=WHY, by=otto)
        standing.resume(partnership, reason=WHY, by=otto)
    assert costs() == one
