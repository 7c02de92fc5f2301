"""Telling everybody who took part, and who asked for it, of a result and of what became of it."""

from __future__ import annotations

from collections.abc import Mapping

from circles.models import Result, ResultAnswer, SeatTerm
from circles.seating import reach
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
    rows = SeatTerm.objects.filter(
        seat__circle__work_order=result.work_order_id, person__is_active=True
    ).select_related("seat__circle", "person")
    # A person who sat there twice is told once.
    terms = {term.person: term for term in rows.order_by("-pk") if term.person}
    if not terms:
        return
    reached = reach.of_people(next(iter(terms.values())).seat.circle, terms)
    for person, term in sorted(terms.items(), key=lambda each: each[1].pk):
        outbox.queue(
            kind,
            key=f"{name}-member-{person.pk}",
            to=reached[person.pk].to,
            to_name=person.name,
            postal_address=reached[person.pk].letter_to,
            language=person.language,
            subject=term,
            context=context,
            by=by,
        )


def _name(result: Result) -> str:
    return f"result-{result.pk}"


def _name_of(answer: ResultAnswer) -> str:
    return f"result-answer-{answer.pk}"
