"""The quotas of a call in preparation: off by default, set on a page of their own."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from circles import permissions
from circles.calling import quota_rules
from circles.forms.quota import QuotaForm
from circles.models import Call
from foundation.access import require
from foundation.accounts.people import myself
from foundation.errors import DomainError
from foundation.posting.once import once


@login_required
@once
def call_quotas(request: HttpRequest, call_id: int) -> HttpResponse:
    """Write down attributes, answers and limits; empty fields switch quotas off."""
    visible = Call.objects.visible_to(request.user).select_related("circle__work_order")
    call = get_object_or_404(visible, pk=call_id)
    require(permissions.can_write_call(request.user, call.circle))
    form = QuotaForm(call, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            quota_rules.set_attributes(call, form.cleaned_data["attributes"], by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("The quotas are saved."))
            return redirect("call", call.circle.slug)
    return render(request, "circles/call_quotas.html", {"form": form, "call": call})
