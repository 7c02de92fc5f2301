"""Registering without an account: form, code, one's own page by the link from the mail."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from formats.events import certificates, clocks, feedback, registrations
from formats.events.event_page import line_of
from formats.events.registration_links import registration_of
from formats.forms.registration import (
    FeedbackForm,
    PersonForm,
    RegistrationCodeForm,
    RegistrationForm,
)
from formats.models import Registration
from formats.views.event import visible
from foundation.documents import files
from foundation.errors import DomainError
from foundation.posting.once import once

# By event: somebody may be registered for several. Name in the session -> handle.
OWN = "event_registration:{}"
ASKED = "event_registration_asked"


@once
def event_register(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; what was typed stays, whatever is refused."""
    found = visible(request, slug)
    form = RegistrationForm(request.POST or None, event=found)
    if request.method == "POST" and form.is_valid():
        try:
            made = registrations.ask(
                found,
                email=form.cleaned_data["email"],
                language=(get_language() or "de").split("-")[0],
                **form.person(),
            )
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            request.session[ASKED] = made.pk
            return redirect("event_code", slug)
    context = {
        **line_of(found), "form": form, "clocks": clocks.clocks_of(found),
        "is_open": registrations.is_open(found), "left": registrations.places_left(found),
    }  # fmt: skip
    return render(request, "formats/event_register.html", context)


@never_cache
@once
def event_code(request: HttpRequest, slug: str) -> HttpResponse:
    """The code from the mail; the same page for addresses that are registered already."""
    asked = _asked(request, slug)
    form = RegistrationCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            done = registrations.confirm(asked, form.cleaned_data["code"])
        except DomainError as error:
            form.add_error("code", error.message)
        else:
            request.session.pop(ASKED, None)
            request.session[OWN.format(slug)] = done.handle
            return redirect("my_registration", slug)
    context = {"form": form, "event": asked.event, "registration": asked}
    return render(request, "formats/event_code.html", context)


@require_POST
@once
def event_new_code(request: HttpRequest, slug: str) -> HttpResponse:
    asked = _asked(request, slug)
    try:
        registrations.send_code(asked)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("A new code is on its way."))
    return redirect("event_code", slug)


@never_cache
@require_safe
def registration_enter(request: HttpRequest, token: str) -> HttpResponse:
    """Take the link's token into the session and drop it from the address."""
    found = registration_of(token)
    if found is None:
        raise Http404
    if found.state == Registration.State.UNCONFIRMED:
        request.session[ASKED] = found.pk
        return redirect("event_code", found.event.slug)
    request.session[OWN.format(found.event.slug)] = found.handle
    return redirect("my_registration", found.event.slug)


@never_cache
@once
def my_registration(request: HttpRequest, slug: str) -> HttpResponse:
    """My place, to be changed; how to join, and what follows afterwards."""
    own = _own(request, slug)
    start = {name: getattr(own, name) for name in ("name", "organisation", "support", "presence")}
    start |= {"listed": own.listed_since is not None, "photos": own.photos_since is not None}
    form = PersonForm(request.POST or None, event=own.event, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            registrations.change(own, **form.person())
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("Saved."))
            return redirect("my_registration", slug)
    context = {
        **line_of(own.event), "form": form, "registration": own,
        "clocks": clocks.clocks_of(own.event), "is_live": own.state in Registration.LIVE,
        "may_answer": feedback.may_answer(own), "companions": registrations.companions_of(own),
    }  # fmt: skip
    return render(request, "formats/my_registration.html", context)


@require_POST
@once
def my_registration_accept(request: HttpRequest, slug: str) -> HttpResponse:
    own = _own(request, slug)
    try:
        registrations.accept_offer(own)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The place is yours."))
    return redirect("my_registration", slug)


@require_POST
@once
def my_registration_cancel(request: HttpRequest, slug: str) -> HttpResponse:
    own = _own(request, slug)
    try:
        registrations.cancel(own)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Your place is given back. Thank you for telling us."))
    return redirect("my_registration", slug)


@never_cache
@once
def my_feedback(request: HttpRequest, slug: str) -> HttpResponse:
    """Three questions after the event, once; the answers are kept without a name."""
    own = _own(request, slug)
    if not feedback.may_answer(own):
        raise Http404
    form = FeedbackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        feedback.give(own, **form.cleaned_data)
        messages.success(request, _("Thank you. Your answers are kept without your name."))
        return redirect("my_registration", slug)
    return render(request, "formats/my_feedback.html", {"form": form, "event": own.event})


@never_cache
@require_safe
def my_certificate(request: HttpRequest, slug: str) -> HttpResponse:
    """The certificate of attendance as PDF."""
    own = _own(request, slug)
    if own.certificate is None:
        raise Http404
    answer = HttpResponse(files.read(own.certificate), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{certificates.NAME}"'
    return answer


def _asked(request: HttpRequest, slug: str) -> Registration:
    found = visible(request, slug)
    asked = found.registrations.filter(pk=request.session.get(ASKED) or 0, erased_at=None).first()
    if asked is None:
        raise Http404
    asked.event = found
    return asked


def _own(request: HttpRequest, slug: str) -> Registration:
    handle = request.session.get(OWN.format(slug), "")
    rows = Registration.objects.filter(handle=handle, event__slug=slug, erased_at=None)
    found = rows.select_related("event", "certificate").first()
    if found is None:
        raise Http404
    return found
