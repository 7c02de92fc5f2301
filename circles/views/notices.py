"""What rejected people are told: read on one page, changed where needed, let go when ticked."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from circles import permissions
from circles.forms.review import NoticesForm
from circles.reviewing import notices
from circles.views.review import call_of
from foundation.access import require
from foundation.accounts.people import myself
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.mail import outbox
from foundation.posting.once import once

PAGE = 25


@login_required
@once
def application_notices(request: HttpRequest, call_id: int) -> HttpResponse:
    """Mails on hold about findings of a call, whole; those that are ticked leave."""
    call = call_of(request, call_id)
    require(permissions.can_send_notices(request.user, call))
    waiting = notices.waiting(call)
    form = NoticesForm(waiting, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            n = outbox.release_all(form.cleaned_data["mails"], by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            told = ngettext("%(n)d mail leaves now.", "%(n)d mails leave now.", n) % {"n": n}
            messages.success(request, told)
            return redirect("application_notices", call_id)
    page = Paginator(waiting, PAGE).get_page(request.GET.get("page"))
    trail.log_access(myself(request), page.object_list, purpose="notices")
    context = {"call": call, "circle": call.circle, "form": form, "page_obj": page}
    return render(request, "circles/application_notices.html", context)
