"""Pages for when something went wrong: what happened, what was kept, what to do next.

They ask neither database nor session, so that they come up when those are away.
"""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

RETRY_SECONDS = "60"


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from a page that was open too long, or from somewhere else."""
    return _page(request, 403, "403_csrf.html")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A role is missing."""
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such page, or not for this reader."""
    return _page(request, 404)


def too_large(request: HttpRequest, at_most: int) -> HttpResponse:
    """The form or its file is larger than this page takes; nothing of it was read."""
    response = _page(request, 413, limit=at_most // 1024**2)
    response["Connection"] = "close"  # the rest of the body is not waited for
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Django calls this while it handles the exception: a database that is away is a 503."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return unavailable(request)
    return _page(request, 500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """The database does not answer; come back in a minute."""
    response = _page(request, 503)
    response["Retry-After"] = RETRY_SECONDS
    return response


def _page(request: HttpRequest, status: int, template: str = "", **words: object) -> HttpResponse:
    """An error page in the reader's language, which stands in a cookie or a header."""
    language = translation.get_language_from_request(request)
    with translation.override(language):
        body = render_to_string(template or f"{status}.html", words)
    return HttpResponse(
        body, status=status, headers={"Cache-Control": "no-store", "Content-Language": language}
    )
