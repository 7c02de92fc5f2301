"""The frame of every page that adds to a partnership or changes a part of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.db import models
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.access import require
from foundation.languages import LocalizedText
from partnerships import permissions
from partnerships.models import Partnership
from partnerships.views.answers import answer, fetch_partnership

F = TypeVar("F", bound=Form)


def editable(request: HttpRequest, slug: str) -> Partnership:
    """The partnership, if this person may work on it; else 404 or 403."""
    found = fetch_partnership(request, slug)
    require(permissions.can_edit_partnership(request.user, found))
    return found


def add(
    request: HttpRequest,
    partnership: Partnership,
    form: F,
    act: Callable[[F], object],
    *,
    heading: str,
    to: str = "",
) -> HttpResponse:
    """Show the form under its heading, or act and go `to`, else to the partnership."""
    context: dict[str, Any] = {"partnership": partnership, "heading": heading}
    return answer(
        request,
        form,
        act,
        to=to or reverse("partnership", args=[partnership.slug]),
        template="partnerships/part.html",
        context=context,
        done=_("Saved."),
    )


def texts_of(obj: models.Model, names: Iterable[str]) -> dict[str, LocalizedText]:
    """The localized texts of `obj` for a WordsForm."""
    return {name: getattr(obj, name) for name in names}


def initial_of(obj: models.Model, *names: str) -> dict[str, Any]:
    """The other values of `obj` for its form."""
    return {name: getattr(obj, name) for name in names}
