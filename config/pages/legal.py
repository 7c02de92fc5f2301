"""Pages that the law asks for, and those that help: imprint, privacy, accessibility, help."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from config.pages import permissions
from config.pages.forms import BarrierForm
from foundation.accounts.letters import page_language
from foundation.errors import DomainError
from foundation.mail import outbox
from foundation.posting.limits import Limit
from foundation.posting.once import once

# Reports need no account: receipts are limited by the address that they go to, reports altogether.
RECEIPTS = Limit("barrier-receipt", at_most=3, per=timedelta(hours=1))
REPORTS = Limit("barrier-report", at_most=60, per=timedelta(hours=1))
PRIVATE = ("account", "desk", "outbox", "mandate_list", "accept_invitation", "subscription")


@require_safe
def imprint(request: HttpRequest) -> HttpResponse:
    """Who answers for these pages."""
    context = {
        "body": settings.IMPRINT_BODY,
        "address": settings.IMPRINT_ADDRESS,
        "representative": settings.IMPRINT_REPRESENTATIVE,
        "supervision": settings.IMPRINT_SUPERVISION,
    }
    return render(request, "pages/imprint.html", context)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What we keep about people, why, and for how long."""
    return render(request, "pages/privacy.html")


@require_safe
def easy_language(request: HttpRequest) -> HttpResponse:
    """What this portal is, in easy German."""
    return render(request, "pages/easy_language.html")


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Answers to what people ask first."""
    works_here = permissions.can_see_desk(request.user)
    return render(request, "pages/help.html", {"works_here": works_here})


@once
def accessibility(request: HttpRequest) -> HttpResponse:
    """The declaration of accessibility, with a form to report a barrier."""
    form = BarrierForm(request.POST or None, initial={"page": request.GET.get("seite", "")[:300]})
    if form.is_valid():
        try:
            return redirect("barrier_reported", report_barrier(**form.cleaned_data))
        except DomainError as refusal:
            form.add_error(None, refusal.message)
    context = {
        "form": form,
        "tested": settings.ACCESSIBILITY_TESTED,
        "ombuds_office": settings.OMBUDS_OFFICE,
    }
    return render(request, "pages/accessibility.html", context)


@require_safe
def barrier_reported(request: HttpRequest, number: str) -> HttpResponse:
    """Thanks, with the number of the report."""
    return render(request, "pages/barrier_reported.html", {"number": number})


def report_barrier(*, problem: str, page: str, email: str) -> str:
    """Mail the report to the office and a receipt to whoever left an address; returns its number.

    The receipt quotes nothing, so that it cannot carry words to strangers. Raises TooOften.
    """
    REPORTS.use("everybody")
    number = secrets.token_hex(4).upper()
    with transaction.atomic():
        outbox.queue(
            "barrier_report",
            key=f"barrier-{number}",
            to=settings.OFFICE_EMAIL,
            to_name=settings.OFFICE_NAME,
            language="de",
            subject=None,
            context={"number": number, "problem": problem, "page": page, "email": email},
        )
        if email:
            RECEIPTS.use(email)
            outbox.queue(
                "barrier_receipt",
                key=f"barrier-receipt-{number}",
                to=email,
                language=page_language(),
                subject=None,
                context={"number": number},
            )
    return number


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines stay out of what belongs to somebody."""
    lines = ["User-agent: *", *(f"Disallow: {reverse(name)}" for name in PRIVATE)]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
