"""Telling everybody who took part, and who asked for it, of a result and of what became of it."""

from __future__ import annotations

from collections.abc import Mapping

from circles.applying.applications import PAPER
from circles.models import Application, Result, ResultAnswer, SeatTerm
from foundation.accounts.models import User
from foundation.mail import outbox
from foundation.subscriptions import announcing
from foundation.subscriptions.announcing import Notice
from foundation.subscriptions.wishes import Wish

RESULTS = "results"
PUBLISHED = "result.announce"
ANSWERED = "result.announce-answer"


def tell_published(result: Result, *, by: User | None) -> None:
    """Write to every member, also former ones, and ask for the mails to subscribers."""
    _tell_members(result, _name(result), "result_published", {"result": result}, by=by)
    announcing.request(PUBLISHED, _name(result), result_id=result.pk)


def tell_answered(answer: ResultAnswer, *, by: User | None) -> None:
    """Write to the same people what became of it."""
    context = {"result": answer.result, "answer": answer}
    _tell_members(answer.result, _name_of(answer), "result_answered", context, by=by)
    announcing.request(ANSWERED, _name_of(answer), answer_id=answer.pk)


def spread_published(result_id: int, after: int) -> None:
    """One batch of mails to subscribers."""
    result = Result.objects.select_related("work_order").get(pk=result_id)
    notice = Notice(_name(result), "announcement_result", (Wish(RESULTS),), {"result": result})
    announcing.spread(PUBLISHED, notice, after=after, result_id=result_id)


def spread_answered(answer_id: int, after: int) -> None:
    """One batch of mails to subscribers."""
    answer = ResultAnswer.objects.select_related("result__work_order").get(pk=answer_id)
    context = {"result": answer.result, "answer": answer}
    notice = Notice(_name_of(answer), "announcement_result_answer", (Wish(RESULTS),), context)
    announcing.spread(ANSWERED, notice, after=after, answer_id=answer_id)


def _tell_members(
    result: Result, name: str, kind: str, context: Mapping[str, object], *, by: User | None
) -> None:
    """One mail to each person who has or had a seat; a letter to whoever has no address."""
    terms = SeatTerm.objects.filter(
        seat__circle__work_order=result.work_order_id, person__is_active=True
    )
    posts = _postal_addresses(result)
    told: set[int] = set()
    for term in terms.select_related("seat", "person").order_by("pk"):
        person = term.person
        if person is None or person.pk in told:
            continue
        told.add(person.pk)
        is_on_paper = person.email.endswith(f"@{PAPER}")
        outbox.queue(
            kind,
            key=f"{name}-member-{person.pk}",
            to="" if is_on_paper else person.email,
            to_name=person.name,
            postal_address=posts.get(person.pk, "") if is_on_paper else "",
            language=person.language,
            subject=term,
            context=context,
            by=by,
        )


def _postal_addresses(result: Result) -> dict[int, str]:
    """Where letters go, by person, of those who applied on paper."""
    applied = Application.objects.filter(
        call__circle__work_order=result.work_order_id, user__isnull=False
    )
    return {
        user: address
        for user, address in applied.values_list("user", "postal_address")
        if user is not None and address
    }


def _name(result: Result) -> str:
    return f"result-{result.pk}"


def _name_of(answer: ResultAnswer) -> str:
    return f"result-answer-{answer.pk}"
