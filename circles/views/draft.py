"""Saving the application form as you go: by a button, by a small script, by a link from a mail."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from circles.applying import drafts
from circles.forms.application import ApplicationForm
from circles.models import Call, Circle, Draft
from circles.views.asked import asked_call, trial_query
from foundation.errors import DomainError
from foundation.posting import human
from foundation.posting.once import once


class NotOurForm(DomainError):
    """What was sent bears no stamp of ours, or the trap was filled in."""


@once
@require_POST
def apply_save(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep what was typed so far; with an address, its owner gets a link to come back by."""
    call = _call(request, slug)
    address = request.POST.get("email", "").strip()
    try:
        if not _is_ours(request):
            raise NotOurForm(
                "not-our-form", _("This form has been altered or is damaged. Please open it anew.")
            )
        token = keep(request, call)
        mailed = drafts.mail_link(call, token, address, language=get_language() or "de")
    except DomainError as error:
        messages.warning(request, error.message)
    else:
        messages.success(request, _said(mailed))
    return _to_form(call)


@require_POST
def apply_keep(request: HttpRequest, slug: str) -> HttpResponse:
    """The same, silently, while somebody types."""
    call = _call(request, slug)
    if not _is_ours(request):
        return HttpResponse(status=400)
    try:
        keep(request, call)
    except DomainError:
        return HttpResponse(status=429)
    return HttpResponse(status=204)


@once
@require_POST
def apply_discard(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin anew: what was kept is deleted."""
    call = _call(request, slug)
    forget(request, call)
    messages.success(request, _("Your saved entries are deleted."))
    return _to_form(call)


@require_safe
def apply_resume(request: HttpRequest, token: str) -> HttpResponse:
    """A link from a mail: the token leaves the address at once."""
    call = drafts.call_of(token)
    if call is None:
        raise Http404
    request.session[_key(call)] = token
    return _to_form(call)


def keep(request: HttpRequest, call: Call) -> str:
    """Keep the words of a form of ours for this browser; returns the token. Raises TooOften."""
    if kept(request, call) is None:
        human.DRAFTS_PER_FORM.use(request.POST.get("stamp", ""))
    known = ApplicationForm(call).fields
    posted = {name: value for name, value in request.POST.dict().items() if name in known}
    token = drafts.keep(call, request.session.get(_key(call), ""), posted)
    request.session[_key(call)] = token
    return token


def keep_refused(request: HttpRequest, call: Call) -> None:
    """Keep what a refused form held, so that a closed window loses nothing; not for programs."""
    if _is_ours(request) and drafts.is_taking(call):
        try:
            keep(request, call)
        except DomainError:
            return  # the form itself says what matters more


def kept(request: HttpRequest, call: Call) -> Draft | None:
    """What this browser has saved for the call."""
    return drafts.find(call, request.session.get(_key(call), ""))


def forget(request: HttpRequest, call: Call) -> None:
    """Delete what this browser has saved for the call."""
    token = request.session.pop(_key(call), "")
    if token:
        drafts.discard(call, token)


def _is_ours(request: HttpRequest) -> bool:
    posted = request.POST
    return human.is_ours(stamp=posted.get("stamp", ""), trap=posted.get("nickname", ""))


def _key(call: Call) -> str:
    return f"application-draft-{call.pk}"


def _call(request: HttpRequest, slug: str) -> Call:
    circle = get_object_or_404(Circle, slug=slug)
    return asked_call(request, circle, Call.objects.filter(state=Call.State.OPEN))


def _to_form(call: Call) -> HttpResponse:
    return redirect(reverse("apply", args=[call.circle.slug]) + trial_query(call))


def _said(mailed: bool) -> str:
    if mailed:
        return _(
            "Your entries are saved for seven days. A mail with the link back is on its way. "
            "Nothing has been sent as an application yet."
        )
    return _(
        "Your entries are saved for seven days, in this browser. With an e-mail address in the "
        "form we also send you a link. Nothing has been sent as an application yet."
    )
