"""What became of it: answers in turn, reminders once, and everybody who took part told once."""

from __future__ import annotations

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from circles.applying import erasure
from circles.models import Result, ResultAnswer
from circles.resulting import announcements, answers, reminders
from circles.resulting.announcements import RESULTS
from circles.seating import memberships
from foundation.languages import LocalizedText
from foundation.mail.models import OutgoingMail
from foundation.subscriptions.wishes import Wish
from tests.circles.factories import text
from tests.circles.results import DAY, adopted, finalised, prepared, presented, published
from tests.config.test_subscriptions import subscribed
from tests.conftest import login

pytestmark = pytest.mark.usefixtures("adopted_ground")
ENGLISH = {"accept-language": "en"}


def give(result: Result, otto, *, days: int | None = 60, words=None) -> ResultAnswer:
    next_due_on = None if days is None else timezone.localdate() + days * DAY
    return answers.give(
        result,
        text("Sechs Leuchten stehen.", "Six lamps stand.") if words is None else words,
        next_due_on=next_due_on,
        is_final=days is None,
        by=otto,
    )


@pytest.mark.req("R132")
def test_the_office_answers_in_turn_until_the_last_answer(client, otto):
    result = published(otto, due=10)
    first = give(result, otto, days=30)
    assert (first.n, first.owed_on, first.was_late) == (1, result.answer_due_on, False)
    assert answers.owed(result) == first.next_due_on
    with time_machine.travel(timezone.now() + 40 * DAY):
        late = give(result, otto, days=None)

    assert (late.n, late.owed_on, late.was_late, answers.owed(result)) == (
        2, first.next_due_on, True, None,
    )  # fmt: skip
    page = client.get(
        reverse("result", args=[result.work_order.number]), headers=ENGLISH
    ).content.decode()
    assert page.count("Six lamps stand.") == 2
    assert "The last answer has been given." in page
    with pytest.raises(answers.NotAnswerable, match="its last answer was given"):
        give(result, otto)
    with pytest.raises(IntegrityError, match="answer-in-turn"), transaction.atomic():
        ResultAnswer.objects.create(
            result=result, n=3, text=text("Noch"), given_on=timezone.localdate(),
            owed_on=timezone.localdate(), given_by=otto,
        )  # fmt: skip


def test_an_answer_needs_words_and_its_next_day(otto):
    result = published(otto)
    with pytest.raises(answers.NotAnswerable, match="write what became of it"):
        give(result, otto, words=LocalizedText())
    with pytest.raises(answers.NotAnswerable, match="must lie ahead"):
        give(result, otto, days=0)
    for days, is_final in ((None, False), (30, True)):
        with pytest.raises(answers.NotAnswerable, match="when you answer next"):
            answers.give(
                result,
                text("Etwas"),
                next_due_on=None if days is None else timezone.localdate() + days * DAY,
                is_final=is_final,
                by=otto,
            )
    with pytest.raises(answers.NotAnswerable, match="This result is not published"):
        give(prepared(otto), otto)


def test_answers_stay(otto):
    give(published(otto), otto)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        ResultAnswer.objects.update(text=text("Anders"))


@pytest.mark.req("R132")
def test_the_office_is_reminded_before_on_the_day_and_every_thirty_days_once_each(otto):
    result = published(otto, due=60)
    due = result.answer_due_on
    mails = OutgoingMail.objects.filter(kind="result_reminder")

    counted = []
    for days in (-15, -14, -1, 0, 0, 29, 30, 59, 60):
        reminders.remind(due + days * DAY)
        counted.append(mails.count())

    assert counted == [0, 1, 1, 2, 2, 2, 3, 3, 4]
    assert [mail.subject for mail in mails.order_by("pk")[1:3]] == [
        "Bitte antworten Sie: Was wurde aus „Zwölf Leuchten“?",
        "Überfällig: Was wurde aus „Zwölf Leuchten“?",
    ]
    give(result, otto, days=None)
    assert reminders.remind(due + 90 * DAY) == 0


@pytest.mark.req("R130")
def test_who_took_part_is_told_of_publication_and_answer_once_also_former_members(otto):
    circle = adopted(otto)
    left = circle.seats.get(number=2)
    memberships.give_back(left, by=left.holder)
    finalised(otto, circle=circle)
    result = published(otto, order=presented(circle.work_order, otto))
    give(result, otto)
    announcements.tell_published(result, by=otto)

    for kind in ("result_published", "result_answered"):
        to = OutgoingMail.objects.filter(kind=kind).order_by("to").values_list("to", flat=True)
        assert list(to) == [f"seat{n}@example.org" for n in range(1, 10)]


def test_a_forgotten_member_is_not_told_and_the_mails_are_emptied(otto):
    circle = adopted(otto)
    seat = circle.seats.get(number=1)
    person = seat.holder
    memberships.give_back(seat, by=person)
    finalised(otto, circle=circle)
    result = published(otto, order=presented(circle.work_order, otto))
    announcements_of = OutgoingMail.objects.filter(kind="result_published", to=person.email)
    pks = list(announcements_of.values_list("pk", flat=True))
    assert len(pks) == 1

    erasure.erase_person(person)
    emptied = OutgoingMail.objects.filter(pk__in=pks)
    assert [(mail.to, mail.body) for mail in emptied] == [("", "")]
    give(result, otto)
    told = OutgoingMail.objects.filter(kind="result_answered").values_list("to", flat=True)
    assert sorted(told) == [f"seat{n}@example.org" for n in range(2, 10)]


def test_subscribers_of_results_hear_once_of_publication_and_answer(otto, do_work, inbox):
    subscribed(Wish(RESULTS))
    subscribed(Wish("news"), email="bo@example.org")
    do_work()
    inbox.clear()
    result = published(otto, with_paper=False)
    answer = give(result, otto)
    do_work()
    announcements.spread_published(result.pk, 0)
    announcements.spread_answered(answer.pk, 0)
    do_work()

    assert sorted(mail.subject for mail in inbox) == [
        "New result: Twelve lamps", "What became of it: Twelve lamps",
    ]  # fmt: skip
    assert {tuple(mail.to) for mail in inbox} == {("ada@example.org",)}


def test_by_the_page_the_office_answers_and_nothing_typed_is_lost(otto, olaf):
    result = published(otto)
    address = reverse("result_answer", args=[result.work_order.number])
    assert login(Client(), olaf).get(address).status_code == 403
    office = login(Client(headers=ENGLISH), otto)
    page = office.post(address, {"text_de": "Sechs stehen."}).content.decode()
    assert "Please say when you answer next" in page
    assert "Sechs stehen." in page
    assert office.post(address, {"text_de": "Sechs stehen.", "is_final": "on"}).status_code == 302
    assert result.answers.get().is_final
