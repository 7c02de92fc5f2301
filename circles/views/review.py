"""The office looks at applications: list, finding on one, objections, paper. Looking is logged."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from circles import draw_permissions, permissions
from circles.applying import applications, paper
from circles.forms.paper import PaperForm
from circles.forms.review import DecisionForm, FilterForm, ObjectionForm, ReviewForm
from circles.models import Application, Call, Objection
from circles.reviewing import finding, inquiries, listing, objections, recusals, reviews
from foundation.access import require
from foundation.accounts.people import myself
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.posting.once import once


@login_required
@require_safe
def application_list(request: HttpRequest, call_id: int) -> HttpResponse:
    """Applications of a call: search, filter, twenty-five a page."""
    call = call_of(request, call_id)
    form = FilterForm(request.GET)
    narrowed = finding.is_narrowed(**wished_by(form))
    counts = listing.counts(call)
    pages = listing.Pages(found_by(request, call, form), wished_by(form), counts)
    page = pages.get_page(request.GET.get("page"))
    periods = objections.periods_of(call, rejected=counts.get(Application.State.REJECTED, 0))
    trail.log_access(myself(request), page.object_list, purpose="application-list")
    context = {
        "call": call,
        "circle": call.circle,
        "form": form,
        "page_obj": page,
        "counts": [
            (label, counts[value]) for value, label in Application.State.choices if value in counts
        ],
        "open_matters": []
        if narrowed
        else reviews.open_matters(call, periods=periods, states=counts),
        "untold": periods.untold,
        "narrowed": narrowed,
        "may_enter": permissions.can_enter_paper(request.user, call),
        "query": query_of(form),
        "may_send": permissions.can_send_notices(request.user, call),
        "may_draw": draw_permissions.can_see_draw_desk(request.user, call),
    }
    return render(request, "circles/application_list.html", context)


@login_required
@once
def application_review(request: HttpRequest, call_id: int, reference: str) -> HttpResponse:
    """One application with its answers; the finding of one person."""
    application = application_of(request, call_id, reference)
    trail.log_access(myself(request), [application], purpose="application-review")
    form = ReviewForm(list(application.call.criteria.all()), request.POST or None)
    if request.method == "POST":
        require(permissions.can_review(request.user, application))
        if form.is_valid():
            try:
                reviews.review(application, unmet=form.unmet(), by=myself(request))
            except DomainError as error:
                form.add_error(None, error.message)
            else:
                messages.success(request, _("Your finding is noted."))
                return next_one(request, application)
    return render(
        request, "circles/application_review.html", _review_page(request, application, form)
    )


@login_required
@once
@require_POST
def objection_record(request: HttpRequest, call_id: int, reference: str) -> HttpResponse:
    application = application_of(request, call_id, reference)
    require(permissions.can_record_objection(request.user, application.call))
    form = ObjectionForm(request.POST)
    if form.is_valid():
        try:
            objections.record(application, form.cleaned_data["text"], by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("The objection is noted. Somebody new to it decides."))
            return redirect("application_review", call_id, reference)
    page = _review_page(request, application, None) | {"objection_form": form}
    return render(request, "circles/application_review.html", page)


@login_required
@once
@require_POST
def objection_decide(request: HttpRequest, call_id: int, reference: str) -> HttpResponse:
    application = application_of(request, call_id, reference)
    require(permissions.can_decide_objection(request.user, application))
    objection = get_object_or_404(Objection, application=application, decided_at=None)
    form = DecisionForm(request.POST)
    if form.is_valid():
        uphold = form.cleaned_data["uphold"] == "yes"
        try:
            objections.decide(
                objection, uphold=uphold, reason=form.cleaned_data["reason"], by=myself(request)
            )
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("The objection is decided; the mail waits in the outbox."))
            return redirect("application_review", call_id, reference)
    page = _review_page(request, application, None) | {"decision_form": form}
    return render(request, "circles/application_review.html", page)


@login_required
@once
def application_paper(request: HttpRequest, call_id: int) -> HttpResponse:
    """What came by letter or telephone, typed by the office before the deadline."""
    call = call_of(request, call_id)
    require(permissions.can_enter_paper(request.user, call))
    form = PaperForm(call, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = applications.enter_on_paper(call, **form.paper(), by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("Noted under %(ref)s.") % {"ref": made.reference})
            return redirect("application_list", call_id)
    context = {"form": form, "call": call, "circle": call.circle}
    return render(request, "circles/application_paper.html", context)


def call_of(request: HttpRequest, call_id: int) -> Call:
    """The call, for those who may read its applications; 404 and 403 otherwise."""
    call = get_object_or_404(
        Call.every.visible_to(request.user).select_related("circle", "meeting__body"), pk=call_id
    )
    require(permissions.can_read_applications(request.user, call))
    return call


def application_of(request: HttpRequest, call_id: int, reference: str) -> Application:
    """An application of the call, for those who may read it; 404 and 403 otherwise."""
    call = call_of(request, call_id)
    return get_object_or_404(
        Application.objects.visible_to(request.user).select_related("call__circle"),
        call=call,
        reference=reference,
    )


def wished_by(form: FilterForm) -> dict[str, str]:
    """Words and wish of a filter; one that makes no sense filters nothing."""
    given = form.cleaned_data if form.is_valid() else {}
    return {"words": given.get("q", ""), "wish": given.get("state", "")}


def found_by(request: HttpRequest, call: Call, form: FilterForm) -> QuerySet[Application]:
    """The list that this reader looks at."""
    return finding.find(call, **wished_by(form), user=myself(request))


def query_of(form: FilterForm) -> str:
    """`?q=…&state=…` of a filter that was used, so that it goes along from page to page."""
    wished = form.cleaned_data if form.is_valid() else {}
    used = {name: wished[name] for name in FilterForm.query if wished.get(name)}
    return f"?{urlencode(used)}" if used else ""


def _review_page(
    request: HttpRequest, application: Application, form: ReviewForm | None
) -> dict[str, object]:
    findings = list(
        application.reviews.select_related("reviewer").prefetch_related("reasons__criterion")
    )
    mine = any(finding.reviewer_id == request.user.pk for finding in findings)
    recused = recusals.is_recused(application, myself(request))
    may = permissions.can_review(request.user, application) and not recused
    in_review = application.state == Application.State.SUBMITTED
    criteria = list(application.call.criteria.all())
    wished = FilterForm(request.GET)
    before, after = finding.neighbours(found_by(request, application.call, wished), application)
    return {
        "before": before,
        "after": after,
        "query": query_of(wished),
        "next_waiting": finding.next_to_review(
            application.call, after=application, user=myself(request)
        ),
        "application": application,
        "call": application.call,
        "circle": application.call.circle,
        "answers": list(
            application.answers.select_related("criterion").order_by("criterion__position")
        ),
        # Whoever still has to look must not be led by the first finding.
        "findings": findings if mine or not in_review else [],
        "hidden_findings": len(findings) if in_review and not mine else 0,
        "form": (form or ReviewForm(criteria)) if may and in_review and not mine else None,
        "is_recused": recused,
        "inquiries": list(application.inquiries.select_related("asked_by")),
        "open_inquiry": inquiries.open_inquiry(application),
        "may_end": permissions.can_end_paper(request.user, application),
        "ending": paper.to_confirm(application, by=myself(request)),
        "is_own": permissions.is_own(application, request.user),
        "objections": list(application.objections.select_related("decided_by")),
        "may_object_until": objections.ends_at(application),
        "may_send": permissions.can_send_notices(request.user, application.call),
        "open_objection": application.objections.filter(decided_at=None).first(),
        "objection_form": ObjectionForm()
        if application.state == Application.State.REJECTED
        and permissions.can_record_objection(request.user, application.call)
        else None,
        "decision_form": DecisionForm() if may and not mine else None,
    }


def next_one(request: HttpRequest, application: Application) -> HttpResponse:
    """On to the next application that waits for this person, or back to the list."""
    call, query = application.call, query_of(FilterForm(request.GET))
    waiting = finding.next_to_review(call, after=application, user=myself(request))
    if waiting is None:
        return redirect(reverse("application_list", args=[call.pk]) + query)
    return redirect(reverse("application_review", args=[call.pk, waiting.reference]) + query)
