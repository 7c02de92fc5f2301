"""Entering a table of applications on paper: upload, look at every row, then enter."""

from __future__ import annotations

import csv
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from circles import permissions
from circles.applying import paper
from circles.forms import paper_rows
from circles.forms.paper_table import TableForm, TextForm
from circles.models import Call
from circles.views.review import call_of
from foundation.access import require
from foundation.accounts.people import myself
from foundation.errors import DomainError
from foundation.posting.once import once


@login_required
@once
def application_table(request: HttpRequest, call_id: int) -> HttpResponse:
    """Upload a table and see what would become of each row; nothing is stored."""
    call = _call(request, call_id)
    posted = request.method == "POST"
    form = TableForm(request.POST, request.FILES) if posted else TableForm()
    rows: list[paper_rows.Row] = []
    text = ""
    if posted and form.is_valid():
        try:
            text = paper_rows.text_of(form.cleaned_data["table"].read())
            rows = paper_rows.judge(call, text)
        except DomainError as error:
            form.add_error("table", error.message)
    return _page(request, call, form, rows, text)


@login_required
@once
@require_POST
def application_table_enter(request: HttpRequest, call_id: int) -> HttpResponse:
    """Enter the rows that were shown; those with a mistake stay out."""
    call = _call(request, call_id)
    form = TextForm(request.POST)
    rows: list[paper_rows.Row] = []
    text = request.POST.get("text", "")
    if form.is_valid():
        try:
            rows = paper_rows.judge(call, text)
            made = paper.enter_all(call, _good(rows), by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _said(len(made)))
            return redirect("application_list", call_id)
    return _page(request, call, form, rows, text)


@login_required
@require_safe
def application_table_blank(request: HttpRequest, call_id: int) -> HttpResponse:
    """An empty table with the right titles; German Excel opens it."""
    call = _call(request, call_id)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="bewerbungen-{call.draw_id}.csv"'
    csv.writer(response, delimiter=";").writerow(paper_rows.titles(call))
    return response


def _call(request: HttpRequest, call_id: int) -> Call:
    call = call_of(request, call_id)
    require(permissions.can_enter_paper(request.user, call))
    return call


def _page(
    request: HttpRequest,
    call: Call,
    form: TableForm | TextForm,
    rows: list[paper_rows.Row],
    text: str,
) -> HttpResponse:
    context = {
        "call": call,
        "circle": call.circle,
        "form": form if isinstance(form, TableForm) else TableForm(),
        "refused": form if isinstance(form, TextForm) else None,
        "rows": rows,
        "text": text,
        "good": sum(not row.mistakes for row in rows),
        "titles": paper_rows.titles(call),
    }
    return render(request, "circles/application_table.html", context)


def _good(rows: list[paper_rows.Row]) -> list[dict[str, Any]]:
    return [row.form.paper() for row in rows if not row.mistakes]


def _said(number: int) -> str:
    return ngettext(
        "%(n)d application is entered; its letter waits in the outbox.",
        "%(n)d applications are entered; their letters wait in the outbox.",
        number,
    ) % {"n": number}
