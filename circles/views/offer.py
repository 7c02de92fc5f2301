"""A drawn person answers; the link from the mail leaves the address bar before a page is shown."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from circles import clock
from circles.forms.draw import OfferForm
from circles.models import Offer
from circles.seating import departures, offers
from circles.seating.links import digest_of
from circles.views.lines import figures_of
from foundation.errors import DomainError
from foundation.posting.once import once

SESSION_KEY = "offer_digest"


@require_safe
def offer_enter(request: HttpRequest, token: str) -> HttpResponse:
    """Keep the token's digest in the session and drop the token from the address."""
    if offers.find_by_token(token) is None:
        raise Http404
    request.session[SESSION_KEY] = digest_of(token)
    return redirect("offer")


@require_safe
def offer(request: HttpRequest) -> HttpResponse:
    """What is offered, until when, and what it means."""
    return _page(request, _offer(request), OfferForm())


@once
@require_POST
def offer_accept(request: HttpRequest) -> HttpResponse:
    form = OfferForm(request.POST)
    form.full_clean()
    return _answer(request, form, accept=True)


@once
@require_POST
def offer_decline(request: HttpRequest) -> HttpResponse:
    return _answer(request, OfferForm(request.POST), accept=False)


@once
@require_POST
def offer_object(request: HttpRequest) -> HttpResponse:
    """The person wants the place after all, within the 48 hours."""
    found = _offer(request)
    try:
        departures.object_to(found, by=found.application.user)
    except DomainError as error:
        form = OfferForm({})
        form.full_clean()
        form.add_error(None, error.message)
        return _page(request, found, form)
    messages.success(request, _("The offer stands again. Please accept it now."))
    return redirect("offer")


def _answer(request: HttpRequest, form: OfferForm, *, accept: bool) -> HttpResponse:
    found = _offer(request)
    try:
        offers.answer(
            found,
            accept=accept,
            name_is_public=bool(form.is_valid() and form.cleaned_data["name_is_public"]),
            by=found.application.user,
        )
    except DomainError as error:
        form.is_valid()
        form.add_error(None, error.message)
        return _page(request, found, form)
    messages.success(
        request,
        _("Welcome to the circle. You will hear from us about the first meeting.")
        if accept
        else _("You have given the place back. For 48 hours you can change your mind."),
    )
    return redirect("offer")


def _offer(request: HttpRequest) -> Offer:
    found = offers.find_by_digest(request.session.get(SESSION_KEY, ""))
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, found: Offer, form: OfferForm) -> HttpResponse:
    call = found.draw.call
    return render(
        request,
        "circles/offer.html",
        {
            "offer": found,
            "call": call,
            "circle": call.circle,
            "effort": figures_of(call.effort) + figures_of(call.allowance),
            "form": form,
            "departure": departures.can_object(found),
            "is_open": found.state == Offer.State.OPEN and clock.now_for(call) < found.answer_by,
        },
    )
