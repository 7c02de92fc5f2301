"""Applying: one page without an account, then the code from the mail."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from circles import clock
from circles.applying import applications, confirmations
from circles.forms.application import PRIVACY_VERSION, ApplicationForm, CodeForm, SecondPersonForm
from circles.models import Application, Call, Circle
from circles.views import draft
from circles.views.asked import asked_call, trial_query
from circles.views.call import page_of
from foundation.accounts.factor import has_second_factor
from foundation.accounts.models import User
from foundation.errors import DomainError
from foundation.posting import human
from foundation.posting.once import once

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@once
def apply(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; what was typed stays, whatever is refused."""
    circle = get_object_or_404(Circle, slug=slug)
    call = asked_call(request, circle, Call.objects.exclude(state=Call.State.DRAFT))
    saved = draft.kept(request, call)
    form = ApplicationForm(call, request.POST or None, initial=saved.typed if saved else None)
    if request.method == "POST":
        if form.is_valid() and (application := _send(call, form)):
            draft.forget(request, call)
            return redirect("application_code", applications.signed_id(application))
        draft.keep_refused(request, call)
    context = page_of(call, clock.now_for(call)) | {
        "circle": circle,
        "form": form,
        "saved": saved,
        "trial_query": trial_query(call),
        "trail": [
            {"url": reverse("circle_list"), "label": _("Innovation circles")},
            {"url": reverse("call", args=[slug]), "label": str(circle.name)},
        ],
    }
    return render(request, "circles/apply.html", context)


def _send(call: Call, form: ApplicationForm) -> Application | None:
    """Store the application; None when it is refused, with the reason on the form."""
    try:
        human.PER_FORM.use(form.cleaned_data["stamp"])
        return confirmations.apply(
            call,
            email=form.cleaned_data["email"],
            language=_language(),
            privacy_version=PRIVACY_VERSION,
            **form.person(),
        )
    except DomainError as error:
        form.add_error(None, error.message)
        return None


@once
def application_code(request: HttpRequest, signed: str) -> HttpResponse:
    """The code from the mail; the same page for addresses that have applied already."""
    application = _application(signed)
    if application.state != Application.State.UNCONFIRMED:
        return redirect("my_application", application.reference)
    form, is_second = CodeForm(request.POST or None), False
    if request.method == "POST" and form.is_valid():
        try:
            application = confirmations.confirm(application, form.cleaned_data["code"])
        except DomainError as error:
            form.add_error("code", error.message)
            is_second = isinstance(error, confirmations.AppliedAlready)
        else:
            messages.success(request, _("Your application has arrived. Thank you!"))
            let_in(request, application.user)
            return redirect("my_application", application.reference)
    context = {
        "form": form,
        "signed": signed,
        "is_second": is_second,
        "application": application,
        "circle": application.call.circle,
        "call": application.call,
    }
    return render(request, "circles/application_code.html", context)


@once
def application_second(request: HttpRequest, signed: str) -> HttpResponse:
    """The code of a second person who reads the same mailbox."""
    application = _application(signed)
    if application.state != Application.State.UNCONFIRMED:
        return redirect("my_application", application.reference)
    form = SecondPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            application = confirmations.confirm_second(application, form.cleaned_data["code"])
        except DomainError as error:
            form.add_error("code", error.message)
        else:
            messages.success(request, _("The second application has arrived. Thank you!"))
            let_in(request, application.reached_by)
            return redirect("my_application", application.reference)
    call = application.call
    context = {"form": form, "signed": signed, "circle": call.circle, "call": call}
    return render(request, "circles/application_second.html", context)


@once
@require_POST
def application_new_code(request: HttpRequest, signed: str) -> HttpResponse:
    try:
        confirmations.send_code(_application(signed))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("A new code is on its way. Older ones no longer count."))
    return redirect("application_code", signed)


def _application(signed: str) -> Application:
    found = applications.find_by_signed_id(signed)
    if found is None:
        raise Http404
    return found


def let_in(request: HttpRequest, person: User | None) -> None:
    """Log in people who have nothing but their code; staff use their own, stronger way."""
    if person is None or not person.is_active or person == request.user:
        return
    if person.has_usable_password() or has_second_factor(person):
        return
    login(request, person, backend=BACKEND)


def _language() -> str:
    return (get_language() or "de").split("-")[0]
