"""The page on which somebody deletes their own account, and the one that says it is done."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from config import leaving
from config.pages.forms import LeaveByCodeForm, LeaveByFactorForm
from foundation.accounts import leaving as accounts
from foundation.accounts.factor import has_second_factor
from foundation.accounts.people import myself
from foundation.errors import DomainError
from foundation.posting.once import once

CODE_SENT = "leaving_code_sent"


@login_required
@never_cache
@once
def account_delete(request: HttpRequest) -> HttpResponse:
    """What goes, what stays, what holds me back; then the confirmation."""
    user = myself(request)
    found = leaving.obstacles(user)
    by_factor = has_second_factor(user)
    asks = not found and (by_factor or CODE_SENT in request.session)
    form = _form(request, by_factor=by_factor) if asks else None
    if form is not None and form.is_valid():
        try:
            leaving.delete_account(user, **form.confirmation())
        except DomainError as error:
            form.add_error("code" if "code" in form.fields else None, error.message)
        else:
            logout(request)
            return redirect("account_deleted")
    context = {"obstacles": found, "form": form, "by_factor": by_factor}
    return render(request, "pages/account_delete.html", context)


@login_required
@once
@require_POST
def account_delete_code(request: HttpRequest) -> HttpResponse:
    """Mail the code that confirms the deletion."""
    user = myself(request)
    if not has_second_factor(user) and not leaving.obstacles(user):
        try:
            accounts.send_code(user)
        except DomainError as error:
            messages.error(request, error.message)
        else:
            request.session[CODE_SENT] = True
            messages.success(request, _("A code is on its way to you."))
    return redirect("account_delete")


@require_safe
def account_deleted(request: HttpRequest) -> HttpResponse:
    """The account is gone; nobody is logged in here any more."""
    return render(request, "pages/account_deleted.html")


def _form(request: HttpRequest, *, by_factor: bool) -> LeaveByFactorForm | LeaveByCodeForm:
    posted = request.POST if request.method == "POST" else None
    return LeaveByFactorForm(posted, request=request) if by_factor else LeaveByCodeForm(posted)
