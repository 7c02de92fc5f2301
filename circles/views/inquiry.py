"""Asking an applicant, their answer, and staying out of an application that one is biased about."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from circles import permissions
from circles.forms.review import AnswerForm, QuestionForm
from circles.models import Application
from circles.reviewing import inquiries, recusals
from circles.views.my import own_application
from circles.views.review import application_of, next_one
from foundation.access import require
from foundation.accounts.people import myself
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.posting.once import once


@login_required
@once
def application_ask(request: HttpRequest, call_id: int, reference: str) -> HttpResponse:
    """One question to the applicant; their findings wait for the answer."""
    application = application_of(request, call_id, reference)
    require(permissions.can_review(request.user, application))
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            inquiries.ask(application, form.cleaned_data["question"], by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("The question is on its way."))
            return redirect("application_review", call_id, reference)
    return _page(request, "circles/application_ask.html", application, form)


@login_required
@once
def application_answer(request: HttpRequest, call_id: int, reference: str) -> HttpResponse:
    """What somebody said who applied on paper, typed by the office."""
    application = application_of(request, call_id, reference)
    require(permissions.can_end_paper(request.user, application))
    trail.log_access(myself(request), [application], purpose="application-answer")
    return _answer(request, "circles/application_answer.html", application)


@login_required
@once
def my_answer(request: HttpRequest, reference: str) -> HttpResponse:
    """The applicant answers."""
    return _answer(request, "circles/my_answer.html", own_application(request, reference))


@login_required
@once
def application_recuse(request: HttpRequest, call_id: int, reference: str) -> HttpResponse:
    """Ask once, then leave this application to others."""
    application = application_of(request, call_id, reference)
    require(permissions.can_review(request.user, application))
    if request.method == "POST":
        try:
            recusals.recuse(application, by=myself(request))
        except DomainError as error:
            messages.error(request, error.message)
            return redirect("application_review", call_id, reference)
        messages.success(request, _("Somebody else reviews this application."))
        return next_one(request, application)
    return _page(request, "circles/application_recuse.html", application, None)


def _answer(request: HttpRequest, template: str, application: Application) -> HttpResponse:
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            inquiries.answer(application, form.cleaned_data["answer"], by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("The answer is noted."))
            if template.startswith("circles/my"):
                return redirect("my_application", application.reference)
            return redirect("application_review", application.call_id, application.reference)
    return _page(request, template, application, form)


def _page(
    request: HttpRequest, template: str, application: Application, form: object
) -> HttpResponse:
    context = {
        "application": application,
        "call": application.call,
        "circle": application.call.circle,
        "inquiry": inquiries.open_inquiry(application),
        "form": form,
    }
    return render(request, template, context)
