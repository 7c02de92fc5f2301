"""Every POST form counts once: a double click, a reload and a second tab get the same answer.

The key is stored with the redirect in the effect's own transaction; a failed validation consumes
nothing. Only the same words to the same address are the same post: whoever goes back, changes
something and sends again is heard.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import json
import secrets
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.contrib.sessions.backends.base import SessionBase
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from foundation.posting.models import PostedOnce

FIELD = "idempotency_key"
CSRF_FIELD = "csrfmiddlewaretoken"
# How long after the first click a second one may still wait for its answer.
DOUBLE_CLICK = dt.timedelta(minutes=1)

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def new_key() -> str:
    """A key for one rendering of one form: 32 hex characters."""
    return secrets.token_hex(16)


def once(view: View[P]) -> View[P]:
    """Decorator for views with a POST form that carries `{% once_field %}`.

    The view answers with a redirect on success and with a page on refusal. A second POST of the
    same words with the same key waits for the first and gets its redirect, and with it the session
    that the first began: a browser reads only the answer to its last click. The page itself is
    kept by no cache, because its key is meant for one reader and one rendering.
    """

    @functools.wraps(view)
    def wrapped(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        key = request.POST.get(FIELD, "") if request.method == "POST" else ""
        if not key:
            return _unkept(view(request, *args, **kwargs))
        route = request.resolver_match.view_name if request.resolver_match else ""
        owner, post = _owner(request), fingerprint(request)
        with transaction.atomic():
            if not _take(owner, route, post):
                first = PostedOnce.objects.get(owner=owner, route=route, key=post)
                _hand_over(first, request)
                return HttpResponseRedirect(first.redirect_to)
            came_with = request.session.session_key
            response = view(request, *args, **kwargs)
            row = PostedOnce.objects.filter(owner=owner, route=route, key=post)
            if 300 <= response.status_code < 400:
                began = _begun(request.session, came_with)
                row.update(redirect_to=response["Location"], session_key=began)
            else:
                row.delete()
        return _unkept(response)

    return wrapped


def fingerprint(request: HttpRequest) -> str:
    """SHA-256, hex, of the whole address, the form's key, every field and every file of a POST.

    The CSRF token is left out: it looks different in every rendering of the same page.
    """
    fields = sorted((name, words) for name, words in request.POST.lists() if name != CSRF_FIELD)
    files = []
    for name, uploads in sorted(request.FILES.lists()):
        for upload in uploads:
            digest = hashlib.sha256()
            for chunk in upload.chunks():
                digest.update(chunk)
            upload.seek(0)
            files.append((name, upload.name, digest.hexdigest()))
    said = json.dumps([request.get_full_path(), fields, files])
    return hashlib.sha256(said.encode()).hexdigest()


def _begun(session: SessionBase, came_with: str | None) -> str:
    """The key of a session that this post began, kept already now; empty when it began none."""
    if not session.modified or session.is_empty():
        return ""
    session.save()
    return "" if session.session_key == came_with else str(session.session_key)


def _hand_over(first: PostedOnce, request: HttpRequest) -> None:
    """Give a second click the session of the first, so that both answers lead to the same."""
    fresh = timezone.now() - first.created_at < DOUBLE_CLICK
    if fresh and first.session_key and first.session_key != request.session.session_key:
        request.session = type(request.session)(first.session_key)
        request.session.modified = True


def _unkept(response: HttpResponse) -> HttpResponse:
    if not response.has_header("Cache-Control"):
        add_never_cache_headers(response)
    return response


def _owner(request: HttpRequest) -> str:
    # People without a session are told apart by the key alone: 128 random bits.
    if request.user.is_authenticated:
        return f"user:{request.user.pk}"
    return "anonymous"


def _take(owner: str, route: str, key: str) -> bool:
    """Insert the key; waits for a concurrent owner of the same key. False when it is taken."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO posting_postedonce (owner, route, key, redirect_to, session_key)"
            " VALUES (%s, %s, %s, '', '') ON CONFLICT DO NOTHING",
            [owner, route, key],
        )
        return cursor.rowcount == 1
