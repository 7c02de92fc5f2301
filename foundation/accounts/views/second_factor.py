"""The second factor: set it up, confirm with it, replace it, keep recovery codes."""

from __future__ import annotations

from allauth.account.internal.flows.login import clear_authentication_records
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import clear_totp_secret, get_totp_secret
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from foundation.accounts import drawing, factor, passkeys
from foundation.accounts.forms import ConfirmForm, EnrolForm
from foundation.accounts.people import myself
from foundation.accounts.proof import WITH_RECOVERY, confirmed_by_anything, find_proof
from foundation.accounts.returning import way_back
from foundation.accounts.views.own import RECENT
from foundation.errors import DomainError
from foundation.posting.once import once


@login_required
@never_cache
def second_factor(request: HttpRequest) -> HttpResponse:
    """What protects my account."""
    context = {
        "has_factor": factor.has_second_factor(myself(request)),
        "has_app": factor.has_app(myself(request)),
        "passkeys": [
            (passkey, passkeys.name_of(passkey))
            for passkey in passkeys.passkeys_of(myself(request))
        ],
        "spare": len(factor.unused_recovery_codes(myself(request))),
    }
    return render(request, "mfa/second_factor.html", context)


@login_required
@never_cache
@once
def enrol_factor(request: HttpRequest) -> HttpResponse:
    """Link an authenticator app: scan, type its first code, keep the recovery codes."""
    if factor.has_app(myself(request)):
        return redirect("second_factor")
    if (step := before_adding(request)) is not None:
        return step
    form = EnrolForm(request.POST or None)
    secret = get_totp_secret(regenerate=request.method == "GET")
    if form.is_valid() and _link_app(request, form, secret):
        aim = urlencode({"next": way_back(request, reverse("desk"))})
        return redirect(f"{reverse('recovery_codes')}?{aim}")
    address = get_adapter().build_totp_url(myself(request), secret)
    context = {
        "form": form,
        "secret": secret,
        "address": address,
        "qr": drawing.qr(address),
        "next": way_back(request, ""),
    }
    return render(request, "mfa/enrol_factor.html", context)


def before_adding(request: HttpRequest) -> HttpResponse | None:
    """What must come before a new factor: a fresh one of those there are, else a recent login."""
    if factor.has_second_factor(myself(request)):
        if find_proof(request) is None:
            aim = urlencode({"next": request.get_full_path()})
            return redirect(f"{reverse('confirm_factor')}?{aim}")
    elif not confirmed_by_anything(request, within=RECENT):
        return render(request, "account/log_in_again.html", {"aim": request.get_full_path()})
    return None


def _link_app(request: HttpRequest, form: EnrolForm, secret: str) -> bool:
    try:
        factor.enrol(myself(request), secret, form.cleaned_data["code"])
    except DomainError as refusal:
        form.add_error("code", refusal.message)
        return False
    clear_totp_secret(request)
    update_session_auth_hash(request, myself(request))
    request.session["recovery_codes_new"] = True
    return True


@login_required
@never_cache
@once
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Show the recovery codes once after they were made; a POST makes new ones."""
    if not factor.has_second_factor(myself(request)):
        return redirect("enrol_factor")
    form = ConfirmForm(request.POST if request.method == "POST" else None, request=request)
    if form.is_valid():
        factor.new_recovery_codes(myself(request))
        request.session["recovery_codes_new"] = True
        return redirect(request.get_full_path())
    fresh = request.session.pop("recovery_codes_new", False)
    context = {
        "form": form,
        "codes": factor.unused_recovery_codes(myself(request)) if fresh else [],
        "aim": way_back(request, reverse("second_factor")),
    }
    return render(request, "mfa/recovery_codes.html", context)


@login_required
@never_cache
@once
def remove_factor(request: HttpRequest) -> HttpResponse:
    """Take the app off, with a code of it or after a login with a recovery code."""
    if not factor.has_app(myself(request)):
        return redirect("second_factor")
    posted = request.POST if request.method == "POST" else None
    lost = find_proof(request, accepted=WITH_RECOVERY) is not None
    form = None if lost else ConfirmForm(posted, request=request)
    if posted is not None and (form is None or form.is_valid()):
        factor.take_app_off(myself(request))
        clear_authentication_records(request)
        update_session_auth_hash(request, myself(request))
        messages.warning(request, _("Your app is removed. Set up a new second factor now."))
        return redirect("second_factor")
    return render(request, "mfa/remove_factor.html", {"form": form})


@login_required
@never_cache
@once
def confirm_factor(request: HttpRequest) -> HttpResponse:
    """Confirm with a code and go back; opens signing, drawing and role changes for five minutes."""
    aim = way_back(request, reverse("desk"))
    if not factor.has_second_factor(myself(request)):
        return redirect(f"{reverse('enrol_factor')}?{urlencode({'next': aim})}")
    if find_proof(request) is not None:
        return redirect(aim)
    form = ConfirmForm(request.POST or None, request=request)
    if form.is_valid():
        return redirect(aim)
    return render(request, "mfa/confirm_factor.html", confirm_context(request, form, aim))


def confirm_context(request: HttpRequest, form: ConfirmForm, aim: str) -> dict[str, object]:
    """The ways in which this person can confirm a step."""
    user = myself(request)
    by_passkey = bool(passkeys.passkeys_of(user))
    return {
        "form": form,
        "next": aim,
        "has_app": factor.has_app(user),
        "passkey_options": passkeys.ask_to_confirm(request, user) if by_passkey else None,
    }
