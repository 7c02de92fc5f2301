"""Every POST form counts once: a double click, a reload and a second tab get the same answer.

The key is stored with the redirect in the effect's own transaction; a failed validation consumes
nothing.
"""

from __future__ import annotations

import functools
import secrets
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from foundation.posting.models import PostedOnce

FIELD = "idempotency_key"

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def new_key() -> str:
    """A key for one rendering of one form: 32 hex characters."""
    return secrets.token_hex(16)


def once(view: View[P]) -> View[P]:
    """Decorator for views with a POST form that carries `{% once_field %}`.

    The view answers with a redirect on success and with a page on refusal. A second POST with the
    same key waits for the first and gets its redirect.
    """

    @functools.wraps(view)
    def wrapped(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        key = request.POST.get(FIELD, "") if request.method == "POST" else ""
        if not key:
            return view(request, *args, **kwargs)
        route = request.resolver_match.view_name if request.resolver_match else request.path
        owner = _owner(request)
        with transaction.atomic():
            if not _take(owner, route, key[:64]):
                first = PostedOnce.objects.get(owner=owner, route=route, key=key[:64])
                return HttpResponseRedirect(first.redirect_to)
            response = view(request, *args, **kwargs)
            row = PostedOnce.objects.filter(owner=owner, route=route, key=key[:64])
            if 300 <= response.status_code < 400:
                row.update(redirect_to=response["Location"])
            else:
                row.delete()
        return response

    return wrapped


def _owner(request: HttpRequest) -> str:
    # People without a session are told apart by the key alone: 128 random bits.
    if request.user.is_authenticated:
        return f"user:{request.user.pk}"
    return "anonymous"


def _take(owner: str, route: str, key: str) -> bool:
    """Insert the key; waits for a concurrent owner of the same key. False when it is taken."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO posting_postedonce (owner, route, key, redirect_to)"
            " VALUES (%s, %s, %s, '') ON CONFLICT DO NOTHING",
            [owner, route, key],
        )
        return cursor.rowcount == 1
