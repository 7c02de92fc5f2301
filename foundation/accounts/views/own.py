"""A person's own account: name, language, password, roles."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from foundation.accounts import factor, letters, mandates
from foundation.accounts.forms import AccountForm, ChangePasswordForm
from foundation.accounts.models import Mandate, User
from foundation.accounts.people import myself
from foundation.accounts.proof import confirmed_by_anything
from foundation.audit import trail
from foundation.posting.once import once

RECENT = dt.timedelta(minutes=15)


@login_required
@never_cache
@once
def account(request: HttpRequest) -> HttpResponse:
    """Who I am here, which roles I have, how I log in."""
    form = AccountForm(request.POST or None, instance=myself(request))
    if form.is_valid():
        # Only these two columns: what happened to the account meanwhile stays as it is.
        User.objects.filter(pk=myself(request).pk).update(**form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("account")
    held = Mandate.objects.in_force().filter(user_id=myself(request).pk).order_by("role", "pk")
    context = {
        "form": form,
        "mandates": held,
        "has_factor": factor.has_second_factor(myself(request)),
        "resting": mandates.rest_without_factor(myself(request)),
    }
    return render(request, "account/account.html", context)


@login_required
@never_cache
@once
def change_password(request: HttpRequest) -> HttpResponse:
    """Set or change the password; without an old one the login must be a recent one."""
    user = myself(request)
    if not user.has_usable_password() and not confirmed_by_anything(request, within=RECENT):
        return render(request, "account/log_in_again.html", {"aim": request.path})
    form = ChangePasswordForm(request.POST or None, user=user)
    if form.is_valid():
        with transaction.atomic():
            user.set_password(form.cleaned_data["password1"])
            user.save(update_fields=["password"])
            trail.record("password.changed", user, by=user)
            letters.tell_change(user, "password-changed")
        update_session_auth_hash(request, user)
        messages.success(request, _("Your password is changed. Other sessions have ended."))
        return redirect("account")
    return render(request, "account/change_password.html", {"form": form})
