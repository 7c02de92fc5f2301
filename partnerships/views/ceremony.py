"""The signing on the big screen: each seal appears as its evidence arrives."""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from partnerships.models import Agreement
from partnerships.signing.signatures import evidence_by_party
from partnerships.views.agreement import page_of
from partnerships.views.answers import fetch_agreement
from partnerships.wording.versions import standing_version


@require_safe
def ceremony(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    """Both cities, large; follows by itself, and by reload where no script runs.

    A script asks with `If-None-Match` and gets 304 while nothing has happened.
    """
    found = fetch_agreement(request, slug, number)
    version = standing_version(found)
    parties = evidence_by_party(version) if version else []
    given = sum(len(each.given) for each in parties)
    stage: dict[str, Any] = {
        "agreement": found,
        "partnership": found.partnership,
        "version": version,
        "parties": parties,
        "is_concluded": found.state == Agreement.State.CONCLUDED,
        "is_sealing": found.state == Agreement.State.SEALING,
    }
    facts = f"{found.pk} {found.state} {version and version.pk} {given} {request.LANGUAGE_CODE}"
    etag = f'"{hashlib.sha256(facts.encode()).hexdigest()[:24]}"'
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponse(status=304)
    elif "teil" in request.GET:
        stage["now"] = timezone.now()
        response = HttpResponse(
            render_to_string("partnerships/ceremony_stage.html", stage, request)
        )
    else:
        context = {**stage, "page": page_of(found), "etag": etag, "now": timezone.now()}
        response = render(request, "partnerships/ceremony.html", context)
    response["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    return response
