"""Files as answers, each with its fingerprint: calendars and feeds, and PDFs that are kept."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language

from foundation.documents import files
from foundation.documents.models import StoredFile


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


def pdf_to_read(request: HttpRequest, stored: StoredFile, name: str) -> HttpResponse:
    """A kept PDF for reading in the browser, or 304 for whoever has it."""
    etag = f'"{stored.sha256}"'
    answered = get_conditional_response(request, etag=etag)
    if answered is None:
        answered = HttpResponse(files.read(stored), content_type="application/pdf")
        answered["Content-Disposition"] = f'inline; filename="{name}"'
        answered["ETag"] = etag
    return answered
