"""The result of a prioritisation as a picture, and what people write about a topic afterwards."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from formats import permissions
from formats.forms.localized import initial_of
from formats.forms.priority import AdviceForm, DissentForm, ReasonForm
from formats.models import Body, Meeting, Poll, PriorityRound, PriorityTopic
from formats.weighing import priorities
from foundation.access import require
from foundation.accounts.mandates import Actor
from foundation.accounts.people import myself
from foundation.errors import DomainError
from foundation.look.figures import ranking
from foundation.look.numbers import figure_text
from foundation.posting.once import once


def figure_of(
    priority_round: PriorityRound, weighed: Sequence[priorities.Weighed]
) -> list[ranking.Row]:
    """Rows of the chart and its table; no rows before the vote is closed."""
    is_score = priority_round.poll.method == Poll.Method.SCORE
    return [
        ranking.Row(
            rank=each.line.rank,
            name=str(each.topic.option),
            value=float(each.line.mean) if is_score else each.line.points,
            text=figure_text(round(float(each.line.mean), 2) if is_score else each.line.points),
            voices=each.line.voices,
        )
        for each in weighed
    ]


def on_body(user: Actor, body: Body) -> dict[str, object]:
    """What the page of a body shows of its prioritisations."""
    return {"rounds": _rounds(user).filter(meeting__body=body)}


def on_meeting(user: Actor, meeting: Meeting) -> dict[str, object]:
    """What the page of a session shows of votes and walls."""
    return {
        "rounds": _rounds(user).filter(meeting=meeting),
        "draftings": meeting.draftings.all(),
    }


def _rounds(user: Actor) -> QuerySet[PriorityRound]:
    return PriorityRound.objects.visible_to(user).select_related("meeting", "poll")


@login_required
@once
def topic_explain(request: HttpRequest, pk: int) -> HttpResponse:
    """Note the reasons that were given for a topic."""
    topic = _topic(request, pk)
    require(permissions.can_prepare(request.user, topic.round.meeting.body))
    kept = {"reason": topic.reason}
    form = ReasonForm(request.POST or None, kept=kept, initial=initial_of("reason", topic.reason))
    if request.method == "POST" and form.is_valid():
        try:
            priorities.explain(topic, form.text("reason"), by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            return redirect("priority", topic.round_id)
    return render(request, "formats/topic_explain.html", {"form": form, "topic": topic})


@login_required
@once
def topic_dissent(request: HttpRequest, pk: int) -> HttpResponse:
    """Add the reason of a minority."""
    topic = _topic(request, pk)
    require(permissions.can_dissent(request.user, topic.round))
    voter = priorities.voter_of(topic.round, myself(request))
    form = DissentForm(request.POST or None, initial={"for_whom": voter.label if voter else ""})
    if request.method == "POST" and form.is_valid():
        try:
            priorities.dissent(topic, **form.cleaned_data, by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            return redirect("priority", topic.round_id)
    return render(request, "formats/topic_dissent.html", {"form": form, "topic": topic})


@login_required
@once
def topic_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The office answers the advice: adopted, later, not, with its reason."""
    topic = _topic(request, pk)
    require(permissions.can_answer_advice(request.user))
    form = AdviceForm(
        request.POST or None,
        kept={"answer_reason": topic.answer_reason},
        initial={
            "outcome": topic.answer,
            "vision": topic.vision_id,
            **initial_of("answer_reason", topic.answer_reason),
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            priorities.answer(
                topic,
                form.cleaned_data["outcome"],
                form.text("answer_reason"),
                vision=form.cleaned_data["vision"],
                by=myself(request),
            )
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            return redirect("priority", topic.round_id)
    return render(request, "formats/topic_answer.html", {"form": form, "topic": topic})


def _topic(request: HttpRequest, pk: int) -> PriorityTopic:
    return get_object_or_404(
        PriorityTopic.objects.select_related("option", "round__meeting__body", "round__poll"),
        pk=pk,
        round__in=PriorityRound.objects.visible_to(request.user),
    )
