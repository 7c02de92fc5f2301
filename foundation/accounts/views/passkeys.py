"""A person's passkeys: make one, name it, take it away, confirm with it."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from foundation.accounts import factor, passkeys
from foundation.accounts.forms import (
    ConfirmForm,
    NewPasskeyForm,
    PasskeyConfirmForm,
    PasskeyNameForm,
)
from foundation.accounts.people import myself
from foundation.accounts.proof import prove_by_passkey
from foundation.accounts.returning import way_back
from foundation.accounts.views.second_factor import before_adding, confirm_context
from foundation.errors import DomainError
from foundation.posting.once import once


@login_required
@never_cache
@once
def passkey_new(request: HttpRequest) -> HttpResponse:
    """Make a passkey with this device or key; needs what every new factor needs."""
    if (step := before_adding(request)) is not None:
        return step
    is_first = not factor.has_second_factor(myself(request))
    form = NewPasskeyForm(request.POST or None)
    if form.is_valid() and _enrol(request, form):
        messages.success(request, _("The passkey is set up."))
        if not is_first:
            return redirect("second_factor")
        request.session["recovery_codes_new"] = True
        aim = urlencode({"next": way_back(request, reverse("desk"))})
        return redirect(f"{reverse('recovery_codes')}?{aim}")
    options = passkeys.ask_to_enrol(request, myself(request))
    context = {"form": form, "options": options, "next": way_back(request, "")}
    return render(request, "mfa/passkey_new.html", context)


def _enrol(request: HttpRequest, form: NewPasskeyForm) -> bool:
    typed = form.cleaned_data
    try:
        passkeys.enrol(request, myself(request), typed["name"], typed["credential"])
    except DomainError as refusal:
        form.add_error(None, refusal.message)
        return False
    update_session_auth_hash(request, myself(request))
    return True


@login_required
@never_cache
@once
def passkey_rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Call it something else."""
    passkey = _mine(request, pk)
    form = PasskeyNameForm(request.POST or None, initial={"name": passkeys.name_of(passkey)})
    if form.is_valid():
        passkeys.rename(passkey, form.cleaned_data["name"])
        messages.success(request, _("Saved."))
        return redirect("second_factor")
    return render(request, "mfa/passkey_rename.html", {"form": form})


@login_required
@never_cache
@once
def passkey_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it away, with a fresh second factor."""
    passkey = _mine(request, pk)
    posted = request.POST if request.method == "POST" else None
    form = ConfirmForm(posted, request=request)
    if form.is_valid():
        passkeys.remove(passkey, by=myself(request))
        update_session_auth_hash(request, myself(request))
        messages.warning(request, _("The passkey is removed."))
        return redirect("second_factor")
    context = {"form": form, "name": passkeys.name_of(passkey)}
    return render(request, "mfa/passkey_remove.html", context)


@login_required
@never_cache
@require_POST
@once
def confirm_passkey(request: HttpRequest) -> HttpResponse:
    """Confirm a step with a passkey and go back to it."""
    aim = way_back(request, reverse("desk"))
    form = PasskeyConfirmForm(request.POST)
    if form.is_valid():
        try:
            prove_by_passkey(request, form.cleaned_data["credential"])
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect(aim)
    code_form = ConfirmForm(None, request=request)
    context = confirm_context(request, code_form, aim) | {"passkey_form": form}
    return render(request, "mfa/confirm_factor.html", context)


def _mine(request: HttpRequest, pk: int) -> Authenticator:
    found: Authenticator = get_object_or_404(
        Authenticator, pk=pk, user_id=myself(request).pk, type=passkeys.KIND
    )
    return found
