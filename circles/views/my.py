"""A citizen's own pages: where things stand, correct, withdraw, receipt, own data, delete."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from circles import clock
from circles.applying import applications, confirmations, erasure, own_data, standing
from circles.deciding import overview
from circles.forms.application import AddressForm, CodeForm, CorrectionForm
from circles.gathering import date_polls, tasks
from circles.models import Application, Call, Seat
from circles.reviewing import inquiries
from circles.views.application import let_in
from formats.models import CohortMember
from foundation.accounts.models import User
from foundation.accounts.people import myself
from foundation.documents import files
from foundation.errors import DomainError
from foundation.posting.once import once


@login_required
@require_safe
def my(request: HttpRequest) -> HttpResponse:
    """All my applications, each with its state and next step."""
    rows = [
        {"application": application, "standing": standing.of(application)}
        for application in _own(request).order_by("-submitted_at")
    ]
    user = myself(request)
    taken = Seat.objects.held_by(user).filter(state=Seat.State.TAKEN)
    seats = list(taken.select_related("circle"))
    context = {
        "rows": rows,
        "seats": seats,
        "waiting": overview.waiting_for(user) if seats else [],
        "tasks": tasks.open_of(user) if seats else (),
        "polls": date_polls.unanswered_by(user) if seats else (),
        "cohorts": CohortMember.objects.of(request.user).select_related("cohort__network"),
    }
    return render(request, "circles/my.html", context)


@login_required
@require_safe
def my_application(request: HttpRequest, reference: str) -> HttpResponse:
    application = own_application(request, reference)
    context = {
        "application": application,
        "call": application.call,
        "circle": application.call.circle,
        "standing": standing.of(application),
        "answers": list(
            application.answers.select_related("criterion").order_by("criterion__position")
        ),
        "can_correct": _can_correct(application),
        "inquiries": list(application.inquiries.all()),
        "open_inquiry": inquiries.open_inquiry(application),
    }
    return render(request, "circles/my_application.html", context)


@once
@login_required
def my_correction(request: HttpRequest, reference: str) -> HttpResponse:
    """Correct everything but the address, until the deadline."""
    application = own_application(request, reference)
    form = CorrectionForm.of(application, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            applications.correct(application, **form.person(), by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("Your changes are saved."))
            return redirect("my_application", reference)
    return _form_page(request, "circles/my_correction.html", application, form)


@once
@login_required
def my_address(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for another address; a code goes there."""
    application = own_application(request, reference)
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            confirmations.request_address(
                application, form.cleaned_data["email"], by=myself(request)
            )
        except DomainError as error:
            form.add_error("email", error.message)
        else:
            return redirect("my_address_code", reference)
    return _form_page(request, "circles/my_address.html", application, form)


@once
@login_required
def my_address_code(request: HttpRequest, reference: str) -> HttpResponse:
    """The code from the new address: new ticket, new receipt."""
    application = own_application(request, reference)
    if not application.pending_email:
        return redirect("my_application", reference)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            application = confirmations.confirm_address(
                application, form.cleaned_data["code"], by=myself(request)
            )
        except DomainError as error:
            form.add_error("code", error.message)
        else:
            messages.success(request, _("Your address is changed. You have a new ticket."))
            let_in(request, application.user)
            if request.user != application.user:
                return redirect("my")  # a member of staff, who logs in in the stronger way
            return redirect("my_application", reference)
    return _form_page(request, "circles/my_address_code.html", application, form)


@once
@login_required
def my_withdrawal(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask once, then withdraw."""
    application = own_application(request, reference)
    if request.method == "POST":
        try:
            applications.withdraw(application, by=myself(request))
        except DomainError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, _("Your application is withdrawn."))
        return redirect("my_application", reference)
    return _form_page(request, "circles/my_withdrawal.html", application, None)


@once
@login_required
def my_deletion(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask once, then delete everything about the person; the ticket stays."""
    person = myself(request)
    application = own_application(request, reference)
    if request.method == "POST":
        try:
            erasure.erase(application, by=person)
        except DomainError as error:
            messages.error(request, error.message)
            return redirect("my_application", reference)
        if not User.objects.get(pk=person.pk).is_active:
            logout(request)  # nothing else needed the account
            return redirect("account_deleted")
        messages.success(request, _("Your data for this application are deleted."))
        return redirect("my")
    return _form_page(request, "circles/my_deletion.html", application, None)


@login_required
@require_safe
def my_receipt(request: HttpRequest, reference: str) -> HttpResponse:
    """The sealed receipt, for its owner only."""
    application = own_application(request, reference)
    if application.receipt is None:
        raise Http404
    response = HttpResponse(files.read(application.receipt), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{application.receipt.name}"'
    return response


@login_required
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """Everything that the portal holds about me, as JSON."""
    response = JsonResponse(
        own_data.of(myself(request)), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    response["Content-Disposition"] = 'attachment; filename="meine-daten.json"'
    return response


def _own(request: HttpRequest) -> QuerySet[Application]:
    return Application.objects.owned_by(request.user).select_related(
        "call__circle", "call__meeting__body", "receipt"
    )


def own_application(request: HttpRequest, reference: str) -> Application:
    """The application of this person, else 404."""
    return get_object_or_404(_own(request), reference=reference)


def _can_correct(application: Application) -> bool:
    call = application.call
    return (
        application.state == Application.State.SUBMITTED
        and call.state == Call.State.OPEN
        and clock.now_for(call) < call.closes_at
    )


def _form_page(
    request: HttpRequest, template: str, application: Application, form: object
) -> HttpResponse:
    context = {
        "application": application,
        "call": application.call,
        "circle": application.call.circle,
        "form": form,
    }
    return render(request, template, context)
