"""`/abkommen/`: the agreements that staff and partners work on, and who must act."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from foundation.access import require
from partnerships import permissions
from partnerships.forms.agreement_list import AgreementFilter
from partnerships.wording import overview

A_PAGE = 20


@login_required
@require_safe
def agreement_list(request: HttpRequest) -> HttpResponse:
    """Newest first, 20 a page; the filters stay in the address."""
    require(permissions.can_list_agreements(request.user))
    form = AgreementFilter(request.GET)
    typed = form.cleaned_data if form.is_valid() else {}
    days = typed.get("ending")
    lines = overview.lines_for(
        request.user,
        ending_by=timezone.localdate() + dt.timedelta(days=days) if days else None,
        ours=typed.get("ours", False),
        state=typed.get("state", ""),
    )
    page = Paginator(lines, A_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page_obj": page, "total": len(lines)}
    return render(request, "partnerships/agreement_list.html", context)
