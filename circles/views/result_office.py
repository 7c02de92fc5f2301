"""Results at the office: finalised, prepared, published by a second person, or not; answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from circles import permissions
from circles.forms.result import (
    AnswerForm,
    FinaliseForm,
    PrepareForm,
    PublishForm,
    SendBackForm,
    WithholdForm,
)
from circles.models import Circle, Result
from circles.resulting import answers, finalising, results
from circles.views.draw_steps import proof_for
from formats.models import WorkOrder
from foundation.access import require
from foundation.accounts.people import myself
from foundation.posting.once import once
from partnerships.views.answers import act_and_return, answer

Crumbs = list[dict[str, str]]


@login_required
@once
def circle_finalise(request: HttpRequest, slug: str) -> HttpResponse:
    """The host ends the order with an adopted decision; a session of the D.I.V. gets it."""
    found = get_object_or_404(Circle.objects.select_related("work_order"), slug=slug)
    require(permissions.can_host(request.user, found))
    return answer(
        request,
        FinaliseForm(found, request.POST or None),
        lambda form: finalising.finalise(
            found,
            form.cleaned_data["decision"],
            form.text("result"),
            form.cleaned_data["meeting"],
            by=myself(request),
        ),
        to=reverse("work_order", args=[found.work_order.number]),
        template="circles/circle_finalise.html",
        context={"circle": found, "order": found.work_order, "can": finalising.adopted(found)},
    )


@login_required
@once
def result_prepare(request: HttpRequest, number: str) -> HttpResponse:
    """Write the result of a finalised order, or change it while it is prepared."""
    require(permissions.can_prepare_results(request.user))
    order = get_object_or_404(WorkOrder.objects.select_related("circle"), number=number)
    kept = Result.objects.filter(work_order=order).first()

    def act(form: PrepareForm) -> None:
        if kept is None:
            results.prepare(order, form.words(), is_demo=_is_demo(order), by=myself(request))
        else:
            form.save_to(kept, by=myself(request))

    return answer(
        request,
        PrepareForm(kept, request.POST or None),
        act,
        to=reverse("result", args=[number]),
        template="circles/result_prepare.html",
        context={"order": order, "kept": kept},
    )


@login_required
@once
def result_publish(request: HttpRequest, number: str) -> HttpResponse:
    """A second person looks at it and publishes, with a fresh second factor."""
    found = _result(request, number)

    def act(form: PublishForm) -> None:
        results.publish(
            found,
            answer_due_on=form.cleaned_data["answer_due_on"],
            seen=form.cleaned_data["seen"],
            by=myself(request),
            proof=proof_for(form, request),
        )

    form = PublishForm(request.POST or None, initial={"seen": results.digest(found)})
    done = _("The result is public. Everybody who took part is told.")
    return _on_result(request, found, form, act, "circles/result_publish.html", done=done)


@login_required
@once
def result_withhold(request: HttpRequest, number: str) -> HttpResponse:
    """Not published, and everybody reads why."""
    found = _result(request, number)
    return _on_result(
        request,
        found,
        WithholdForm(request.POST or None),
        lambda form: results.withhold(found, form.text("reason"), by=myself(request)),
        "circles/result_withhold.html",
    )


@login_required
@once
def result_send_back(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for changes before it is published."""
    found = _result(request, number)
    return _on_result(
        request,
        found,
        SendBackForm(request.POST or None),
        lambda form: results.send_back(found, form.cleaned_data["sent_back"], by=myself(request)),
        "circles/result_send_back.html",
    )


@login_required
@require_POST
@once
def result_take_up(request: HttpRequest, number: str) -> HttpResponse:
    """Prepare a withheld result anew."""
    found = _result(request, number)
    return act_and_return(
        request,
        lambda: results.take_up_again(found, by=myself(request)),
        to=reverse("result", args=[number]),
    )


@login_required
@once
def result_answer(request: HttpRequest, number: str) -> HttpResponse:
    """What became of it, and when the office says more."""
    found = _result(request, number)

    def act(form: AnswerForm) -> None:
        answers.give(
            found,
            form.text("text"),
            next_due_on=form.cleaned_data["next_due_on"],
            is_final=form.cleaned_data["is_final"],
            by=myself(request),
        )

    form = AnswerForm(request.POST or None)
    done = _("The answer is public. Everybody who took part is told.")
    return _on_result(request, found, form, act, "circles/result_answer.html", done=done)


def _on_result(
    request: HttpRequest,
    found: Result,
    form: Any,
    act: Callable[[Any], object],
    template: str,
    *,
    done: str = "",
) -> HttpResponse:
    to = reverse("result", args=[found.work_order.number])
    context = {"result": found, "order": found.work_order, "trail": crumbs(found)}
    return answer(request, form, act, to=to, template=template, context=context, done=done)


def crumbs(found: Result) -> Crumbs:
    """The way back from a page of the office to the result."""
    number = found.work_order.number
    return [
        {"url": reverse("result_list"), "label": _("Results")},
        {"url": reverse("result", args=[number]), "label": number},
    ]


def _is_demo(order: WorkOrder) -> bool:
    circle = getattr(order, "circle", None)
    return circle is not None and circle.is_demo


def _result(request: HttpRequest, number: str) -> Result:
    require(permissions.can_prepare_results(request.user))
    return get_object_or_404(Result.objects.select_related("work_order"), work_order__number=number)
