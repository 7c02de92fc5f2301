"""In force, renewed, terminated, ended: derived from dates; reminders come exactly once."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from foundation import states
from foundation.effects.models import Effect
from foundation.mail.models import OutgoingMail
from partnerships.deeds import projects
from partnerships.models import Renewal, Termination
from partnerships.wording import agreements, terminations, terms
from partnerships.wording.terms import Standing
from tests.conftest import login
from tests.partnerships.factories import both, concluded

pytestmark = pytest.mark.usefixtures("seal", "draft_ground")
START, END = dt.date(2026, 12, 1), dt.date(2029, 11, 30)


@pytest.fixture
def running(draft, otto, bruno, paula):
    agreements.set_term(draft, starts_on=START, ends_on=END, notice_months=6, by=otto)
    concluded(draft, otto, bruno, paula)
    terms.plan_reminders(draft)
    return draft


def standing(agreement, today):
    return terms.standing_of(agreement, today, end=terms.end_of(agreement))


def reminders(agreement):
    waiting = Effect.objects.filter(kind="agreement.ends", state="due").order_by("due_at")
    return [(each.arguments["ends_on"], each.arguments["days"]) for each in waiting]


def test_standing_follows_from_dates(running, draft, sides, bruno):
    day = dt.timedelta(days=1)
    assert standing(running, START - day) == Standing.UPCOMING
    assert standing(running, START) == standing(running, END) == Standing.IN_FORCE
    assert standing(running, END + day) == Standing.ENDED
    assert not {"in_force", "terminated", "ended"} & set(draft.State.values)


def test_both_cities_renew_by_declaring_the_same(running, sides, bruno, paula):
    later = dt.date(2032, 11, 30)
    with pytest.raises(terms.NoLaterEnd):
        terms.propose_renewal(running, sides[0], ends_on=END, by=bruno)
    proposal = terms.propose_renewal(running, sides[0], ends_on=later, by=bruno)
    assert terms.end_of(running) == END
    with pytest.raises(terms.TermMovedOn):
        terms.declare_renewal(proposal, sides[1], digest="0" * 64, by=paula)
    terms.declare_renewal(proposal, sides[1], digest=proposal.digest, by=paula)
    assert terms.end_of(running) == later
    assert standing(running, END + dt.timedelta(days=1)) == Standing.IN_FORCE
    told = OutgoingMail.objects.filter(kind="agreement_renewed")
    assert {"bruno@example.org", "paula@example.org"} < set(told.values_list("to", flat=True))


def test_a_newer_proposal_sets_the_older_aside(running, sides, bruno, paula):
    old = terms.propose_renewal(running, sides[0], ends_on=dt.date(2031, 1, 1), by=bruno)
    terms.propose_renewal(running, sides[1], ends_on=dt.date(2032, 1, 1), by=paula)
    with pytest.raises(terms.TermMovedOn):
        terms.declare_renewal(old, sides[1], digest=old.digest, by=paula)
    assert Renewal.objects.filter(set_aside_at=None).count() == 1


def test_proposing_the_end_that_waits_declares_it(running, sides, bruno, paula):
    later = dt.date(2032, 11, 30)
    proposal = terms.propose_renewal(running, sides[0], ends_on=later, by=bruno)
    assert terms.propose_renewal(running, sides[0], ends_on=later, by=bruno) == proposal
    assert terms.end_of(running) == END
    same = terms.propose_renewal(running, sides[1], ends_on=later, by=paula)
    assert (same, terms.end_of(running)) == (proposal, later)
    assert same.declared_at is not None


def test_what_was_said_to_a_proposal_set_aside_does_not_count_for_the_next(
    running, sides, bruno, paula
):
    later, other = dt.date(2031, 1, 1), dt.date(2032, 1, 1)
    first = terms.propose_renewal(running, sides[0], ends_on=later, by=bruno)
    terms.propose_renewal(running, sides[0], ends_on=other, by=bruno)
    again = terms.propose_renewal(running, sides[1], ends_on=later, by=paula)
    assert again.digest != first.digest
    with pytest.raises(terms.TermMovedOn):
        terms.declare_renewal(again, sides[0], digest=first.digest, by=bruno)
    # Tampere saying it once more is not Bielefeld's word: that was about the first proposal.
    terms.declare_renewal(again, sides[1], digest=again.digest, by=paula)
    assert terms.end_of(running) == END
    terms.declare_renewal(again, sides[0], digest=again.digest, by=bruno)
    assert terms.end_of(running) == later


def test_nobody_gives_notice_backwards(draft, otto, bruno, paula, sides):
    agreements.set_term(draft, starts_on=None, ends_on=END, notice_months=0, by=otto)
    today = timezone.localdate()
    concluded(draft, otto, bruno, paula, on=today - dt.timedelta(days=400))
    with pytest.raises(terminations.NoticeRefused) as refusal:
        terminations.give_notice(
            draft, sides[1], given_on=today - dt.timedelta(days=15), reason="x", by=paula
        )
    assert refusal.value.code == "notice-too-long-ago"
    with pytest.raises(terminations.NoticeRefused) as refusal:
        terminations.give_notice(draft, sides[1], given_on=today, reason="x", by=paula)
    assert refusal.value.code == "notice-ends-at-once"
    assert not Termination.objects.exists()


def test_the_last_day_is_shown_before_it_is_confirmed(client, running, paula):
    login(client, paula)
    url = reverse("agreement_terminate", args=[running.partnership.slug, running.number])
    today = timezone.localdate()
    shown = client.get(url).context["form"]["last_day"].value()
    assert shown == terminations.months_later(today, 6).isoformat()
    stale = (terminations.months_later(today, 6) - dt.timedelta(days=1)).isoformat()
    given = {"given_on": today.isoformat(), "reason": "Zu teuer", "sure": "on"}
    form = client.post(url, {**given, "last_day": stale}).context["form"]
    assert (list(form.errors), form["last_day"].value()) == (["sure"], shown)
    assert not form["sure"].value()
    assert not Termination.objects.exists()
    client.post(url, {**given, "last_day": shown})
    assert Termination.objects.get().effective_on.isoformat() == shown


def test_notice_ends_it_after_the_months_of_notice(running, concrete, sides, paula):
    project = projects.catch_idea(concrete, title=both("Sensoren", "Sensors"), by=None)
    type(project).objects.filter(pk=project.pk).update(citizen_benefit=both("Nutzen"))
    states.advance(project, "planned", by=None)
    states.advance(project, "running", by=None)
    with time_machine.travel(dt.datetime(2027, 8, 31, 12, tzinfo=dt.UTC), tick=False):
        with pytest.raises(terminations.NoticeRefused, match="future"):
            terminations.give_notice(
                running, sides[1], given_on=dt.date(2027, 9, 1), reason="Sparen", by=paula
            )
        with pytest.raises(terminations.NoticeRefused, match="reason"):
            terminations.give_notice(
                running, sides[1], given_on=dt.date(2027, 8, 31), reason=" ", by=paula
            )
        notice = terminations.give_notice(
            running, sides[1], given_on=dt.date(2027, 8, 31), reason="Sparen", by=paula
        )
        assert notice.effective_on == dt.date(2028, 2, 29)
        assert terms.end_of(running) == dt.date(2028, 2, 29)
        assert standing(running, dt.date(2027, 9, 1)) == Standing.TERMINATED
        assert standing(running, dt.date(2028, 3, 1)) == Standing.ENDED
        with pytest.raises(terminations.NoticeRefused, match="already"):
            terminations.give_notice(
                running, sides[0], given_on=dt.date(2027, 8, 31), reason="Auch", by=paula
            )
        with pytest.raises(terms.NotInForce, match="Notice"):
            terms.propose_renewal(running, sides[1], ends_on=dt.date(2033, 1, 1), by=paula)
    mail = OutgoingMail.objects.get(kind="agreement_terminated", to="bruno@example.org")
    assert "Sparen" in mail.body
    assert "Sens" in mail.body
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Termination.objects.update(reason="x")


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (dt.date(2027, 1, 31), 1, dt.date(2027, 2, 28)),
        (dt.date(2027, 12, 15), 1, dt.date(2028, 1, 15)),
        (dt.date(2027, 6, 30), 18, dt.date(2028, 12, 30)),
    ],
)
def test_months_of_notice_end_with_shorter_months(day, months, later):
    assert terminations.months_later(day, months) == later


def test_only_a_concluded_agreement_has_a_life(draft, sides, paula):
    with pytest.raises(terms.NotInForce):
        terms.propose_renewal(draft, sides[1], ends_on=dt.date(2040, 1, 1), by=paula)
    with pytest.raises(terms.NotInForce):
        terminations.give_notice(
            draft, sides[1], given_on=timezone.localdate(), reason="x", by=paula
        )


def test_three_reminders_are_planned_and_planned_anew_when_the_term_changes(
    running, sides, bruno, paula
):
    assert reminders(running) == [(END.isoformat(), days) for days in (180, 90, 30)]
    terms.plan_reminders(running)
    assert len(reminders(running)) == 3
    later = dt.date(2032, 11, 30)
    proposal = terms.propose_renewal(running, sides[0], ends_on=later, by=bruno)
    terms.declare_renewal(proposal, sides[1], digest=proposal.digest, by=paula)
    assert reminders(running)[3:] == [(later.isoformat(), days) for days in (180, 90, 30)]


def ended_mails():
    return OutgoingMail.objects.filter(kind="agreement_ends", to="paula@example.org")


def test_each_reminder_comes_once_however_often_it_is_run(running, do_work):
    with time_machine.travel(dt.datetime(2029, 6, 3, 6, tzinfo=dt.UTC), tick=False):
        first = Effect.objects.filter(kind="agreement.ends").order_by("due_at").first()
        Effect.objects.filter(pk=first.pk).update(due_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
        do_work()
        do_work()
        assert [mail.subject for mail in ended_mails()] == [
            f"Agreement {running.number} ends in 180 days"
        ]
        terms.plan_reminders(running)
        Effect.objects.filter(pk=first.pk).update(state="due", attempts=0, done_at=None)
        do_work()  # even the same work done twice makes no second mail
        assert ended_mails().count() == 1


def test_a_worker_killed_between_claim_and_work_leaves_one_mail_to_the_next(running, do_work):
    one = Effect.objects.filter(kind="agreement.ends").order_by("due_at").first()
    past = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    Effect.objects.filter(pk=one.pk).update(state="running", attempts=1, due_at=past)
    do_work()
    assert ended_mails().count() == 1
    assert Effect.objects.get(pk=one.pk).state == "done"


def test_a_reminder_of_an_end_that_moved_says_nothing(running, sides, bruno, paula, do_work):
    later = dt.date(2032, 11, 30)
    proposal = terms.propose_renewal(running, sides[0], ends_on=later, by=bruno)
    terms.declare_renewal(proposal, sides[1], digest=proposal.digest, by=paula)
    Effect.objects.filter(kind="agreement.ends", arguments__ends_on=END.isoformat()).update(
        due_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    )
    do_work()
    assert ended_mails().count() == 0


def test_the_review_is_reminded_of_once(running, otto, do_work):
    terms.set_review(running, dt.date(2027, 1, 10), by=otto)
    terms.set_review(running, dt.date(2027, 2, 10), by=otto)
    Effect.objects.filter(kind="agreement.review").update(
        due_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    )
    do_work()
    told = OutgoingMail.objects.filter(kind="agreement_review", to="paula@example.org")
    assert told.count() == 1
    assert "2027" in told.get().body


def test_renewal_and_notice_through_pages(client, running, bruno, paula, otto):
    args = [running.partnership.slug, running.number]
    login(client, bruno)
    assert client.post(reverse("agreement_renew", args=args), {"ends_on": "x"}).status_code == 200
    client.post(reverse("agreement_renew", args=args), {"ends_on": "2031-01-01"})
    client.logout()
    login(client, paula)
    page = client.get(reverse("agreement", args=args))
    digest = page.context["life"]["proposal"].digest
    assert digest in page.content.decode()
    client.post(reverse("agreement_renewal", args=args), {"digest": digest})
    assert terms.end_of(running) == dt.date(2031, 1, 1)
    today = timezone.localdate()
    last_day = terminations.months_later(today, 6).isoformat()
    given = {"given_on": today.isoformat(), "reason": "Zu teuer", "last_day": last_day}
    refused = client.post(reverse("agreement_terminate", args=args), given)
    assert refused.context["form"].errors.keys() == {"sure"}
    client.post(reverse("agreement_terminate", args=args), {**given, "sure": "on"})
    shown = client.get(reverse("agreement", args=args)).content.decode()
    assert "Zu teuer" in shown
    client.logout()
    login(client, otto)
    assert client.get(reverse("agreement_terminate", args=args)).status_code == 403


def test_an_end_before_the_first_signature_is_a_sentence(draft, otto):
    for end in (dt.date(1, 3, 1), timezone.localdate()):
        with pytest.raises(agreements.EndBeforeStart, match=r"(ahead|voraus)"):
            agreements.set_term(draft, starts_on=None, ends_on=end, notice_months=6, by=otto)


def test_a_mistyped_year_long_ago_does_not_stop_the_conclusion(draft, otto, bruno, paula):
    start, end = dt.date(1, 1, 2), dt.date(1, 3, 1)
    agreements.set_term(draft, starts_on=start, ends_on=end, notice_months=6, by=otto)
    concluded(draft, otto, bruno, paula)
    terms.plan_reminders(draft)
    assert reminders(draft) == []


def test_a_review_on_a_day_that_is_over_is_a_sentence(client, running, otto):
    login(client, otto)
    url = reverse("agreement_review", args=[running.partnership.slug, running.number])
    page = client.post(url, {"review_on": "0001-01-02"}, headers={"accept-language": "en"})
    assert "This day is over. Choose a later one." in page.content.decode()
