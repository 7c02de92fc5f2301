"""Answers that other programs read again and again: calendars and feeds, with their fingerprint."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language


def file_answer(request: HttpRequest, data: bytes, kind: str, *, name: str = "") -> HttpResponse:
    """The file, or 304 for whoever has these very bytes; with `name` it is saved as a file."""
    etag = f'"{hashlib.sha256(data).hexdigest()}"'
    answered = get_conditional_response(request, etag=etag)
    if answered is None:
        answered = HttpResponse(data, content_type=kind)
        answered["ETag"] = etag
        answered["Content-Language"] = get_language() or "de"
        if name:
            answered["Content-Disposition"] = f'attachment; filename="{name}"'
    return answered
