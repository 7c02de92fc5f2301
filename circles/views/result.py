"""Results as everybody reads them: the list, one of them, its document, the feed, a year."""

from __future__ import annotations

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from circles import permissions
from circles.models import Result
from circles.proposing import own_sentences
from circles.resulting import decisions, papers, reading, results, yearly
from foundation.accounts.models import User
from foundation.documents import files, releases
from foundation.documents.models import StoredFile
from partnerships.portrait import feed
from partnerships.views.file_answers import file_answer

PER_PAGE = 20


@require_safe
def result_list(request: HttpRequest) -> HttpResponse:
    """All results with what is owed; `?offen=1` only those with an overdue answer."""
    overdue_only = request.GET.get("offen") == "1"
    found = reading.listed(request.user, overdue_only=overdue_only)
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "overdue_only": overdue_only,
        "years": yearly.made(),
        "today": timezone.localdate(),
    }
    return render(request, "circles/result_list.html", context)


@require_safe
def result(request: HttpRequest, number: str) -> HttpResponse:
    """What was asked and decided, the measures, and what became of them."""
    found = get_object_or_404(reading.shown(request.user), work_order__number=number)
    release = releases.latest(found, papers.KIND) if found.with_paper else None
    context = {
        "result": found,
        "order": found.work_order,
        "circle": getattr(found.work_order, "circle", None),
        "decision": decisions.main_record(found, with_rounds=False),
        "passages": decisions.passages(found),
        "own_parts": _own_parts(request, found),
        "other_decisions": list(decisions.others(found)),
        "measures": list(found.measures.all()),
        "answers": list(found.answers.all()),
        "document": release,
        "document_number": papers.number_of(found),
        "today": timezone.localdate(),
        "office": settings.OFFICE_NAME,
        "trail": [{"url": reverse("result_list"), "label": _("Results")}],
        "may": permissions.can_prepare_results(request.user),
        **_for_the_second(request, found),
    }
    return render(request, "circles/result.html", context)


@require_safe
def result_document(request: HttpRequest, number: str) -> HttpResponse:
    """The sealed document; 404 while the worker has not made it."""
    found = get_object_or_404(Result.objects.visible_to(request.user), work_order__number=number)
    release = releases.latest(found, papers.KIND)
    if release is None:
        raise Http404
    return _pdf(release.file, f"{release.number}.pdf")


@require_safe
def result_feed(request: HttpRequest) -> HttpResponse:
    """Results and answers as Atom."""
    data = feed.atom(_("Results"), request.path, reverse("result_list"), reading.entries())
    return file_answer(request, data, feed.MEDIA_TYPE)


@require_safe
def result_year(request: HttpRequest, year: int) -> HttpResponse:
    """The report of a year; 404 for years without one."""
    report = yearly.newest(year)
    if report is None:
        raise Http404
    return _pdf(report.file, f"ergebnisse-{year}.pdf")


def _own_parts(request: HttpRequest, found: Result) -> list[own_sentences.OwnPart]:
    """What came from this reader, of the version that was adopted."""
    version = found.decision.version if found.decision else None
    return own_sentences.of(version, request.user) if version else []


def _for_the_second(request: HttpRequest, found: Result) -> dict[str, object]:
    """Whether this reader, of the office, may be the second person for a prepared result."""
    user = request.user
    if found.state != Result.State.PREPARED or not isinstance(user, User):
        return {}
    return {
        "is_own": found.prepared_by_id == user.pk,
        "is_member": results.sat_in_circle(found, user),
    }


def _pdf(file: StoredFile, name: str) -> HttpResponse:
    answer = HttpResponse(files.read(file), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
