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

from circles import applications, calls, clock, confirmations
from circles.forms.application import PRIVACY_VERSION, ApplicationForm, CodeForm
from circles.models import Application, Call, Circle
from circles.views.call import page_of
from foundation.accounts.factor import has_second_factor
from foundation.accounts.models import User
from foundation.errors import DomainError
from foundation.posting.once import once

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@once
def apply(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; what was typed stays, whatever is refused."""
    circle = get_object_or_404(Circle, slug=slug)
    call = calls.current_call(circle, Call.objects.exclude(state=Call.State.DRAFT))
    if call is None:
        raise Http404
    form = ApplicationForm(call, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            application = confirmations.apply(
                call,
                email=form.cleaned_data["email"],
                language=_language(),
                privacy_version=PRIVACY_VERSION,
                **form.person(),
            )
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            return redirect("application_code", applications.signed_id(application))
    context = page_of(call, clock.now_for(call)) | {
        "circle": circle,
        "form": form,
        "trail": [
            {"url": reverse("circle_list"), "label": _("Innovation circles")},
            {"url": reverse("call", args=[slug]), "label": str(circle.name)},
        ],
    }
    return render(request, "circles/apply.html", context)


@once
def application_code(request: HttpRequest, signed: str) -> HttpResponse:
    """The code from the mail; the same page for addresses that have applied already."""
    application = _application(signed)
    if application.state != Application.State.UNCONFIRMED:
        return redirect("my_application", application.reference)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            application = confirmations.confirm(application, form.cleaned_data["code"])
        except DomainError as error:
            form.add_error("code", error.message)
        else:
            messages.success(request, _("Your application has arrived. Thank you!"))
            let_in(request, application.user)
            return redirect("my_application", application.reference)
    context = {
        "form": form,
        "signed": signed,
        "application": application,
        "circle": application.call.circle,
        "call": application.call,
    }
    return render(request, "circles/application_code.html", context)


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
