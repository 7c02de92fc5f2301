"""`/faden/`: every thread with how far it has come, and one of them with all its steps."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from config.pages.thread import of_results, sheets, steps, whole
from formats.models import Vision
from partnerships.views.file_answers import pdf_to_read


@require_safe
def thread_list(request: HttpRequest) -> HttpResponse:
    """The threads that this reader may see, newest first."""
    found = Vision.objects.visible_to(request.user).select_related("action_field", "adopted_in")
    return render(request, "pages/thread_list.html", {"visions": found.order_by("-thread")})


@require_safe
def thread(request: HttpRequest, number: int) -> HttpResponse:
    """From the vision to what became of it, each step dated and linked."""
    found = _vision(request, number)
    all_steps = whole.steps_of(found, request.user)
    context = {
        "vision": found,
        "steps": all_steps,
        "stretches": steps.stretches_of(all_steps),
        "own": of_results.own_sentences_in(found, request.user),
        "late": [step for step in all_steps if step.is_late],
        "sheets": sheets.languages(found),
        "trail": [{"url": reverse("thread_list"), "label": _("Threads")}],
    }
    return render(request, "pages/thread.html", context)


@require_safe
def thread_sheet(request: HttpRequest, number: int, language: str) -> HttpResponse:
    """The thread on paper; 404 while the sheet of today's words is being made."""
    sheet = sheets.current(_vision(request, number), language)
    if sheet is None:
        raise Http404
    return pdf_to_read(request, sheet.file, f"faden-{number}-{language}.pdf")


def _vision(request: HttpRequest, number: int) -> Vision:
    found = Vision.objects.visible_to(request.user).select_related(
        "action_field", "adopted_in__body"
    )
    return get_object_or_404(found, thread=number)
