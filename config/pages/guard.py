"""What is turned away before anybody reads it: bodies that are too large, addresses with NUL.

Both would otherwise reach the disk or the database first and the refusal only afterwards.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from config.pages import errors

NUL = "\x00"


class RequestGuard:
    """Looks at address and announced size only; stands before everything that reads the body."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if NUL in request.path_info or NUL in query or "%00" in query:
            return errors.not_found(request, ValueError("NUL in the address"))
        size = request.META.get("CONTENT_LENGTH") or "0"
        # A page that measures by itself says more; it has no entry to be measured by.
        at_most = allowance_of(request.path_info) if size != "0" else None
        if at_most is not None and (not size.isdigit() or int(size) > at_most):
            return errors.too_large(request, at_most)
        return self.get_response(request)


def allowance_of(path: str) -> int | None:
    """How many bytes a POST to `path` may have; None where the page measures by itself."""
    try:
        route = resolve(path).view_name
    except Resolver404:
        return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    sizes: dict[str, int | None] = settings.ROOM_FOR_UPLOADS
    return sizes.get(route, int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE))
