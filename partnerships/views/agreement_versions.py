"""All frozen versions of an agreement and its draft, and the redline between any two."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from foundation.access import require
from partnerships import permissions
from partnerships.forms.agreement_versions import CompareForm
from partnerships.views.agreement import page_of
from partnerships.views.answers import fetch_agreement
from partnerships.wording import comparison


@login_required
@require_safe
def agreement_versions(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    """Choose two texts; the newest two are compared unless somebody chooses."""
    found = fetch_agreement(request, slug, number)
    require(permissions.can_read_versions(request.user, found))
    own = permissions.party_of(request.user, found.partnership)
    texts = {text.key: text for text in comparison.texts_to_compare(found, own)}
    keys = list(texts)
    shown = {"von": keys[-2] if len(keys) > 1 else "", "bis": keys[-1] if keys else ""}
    form = CompareForm(request.GET or shown, texts=list(texts.values()))
    changes = None
    if len(keys) > 1 and form.is_valid():
        old, new = (texts[form.cleaned_data[name]] for name in ("von", "bis"))
        changes = comparison.compare(old.data, new.data)
    context = {
        "agreement": found,
        "partnership": found.partnership,
        "page": page_of(found),
        "versions": found.versions.select_related("frozen_by"),
        "form": form,
        "changes": changes,
        "comparable": len(keys) > 1,
    }
    return render(request, "partnerships/agreement_versions.html", context)
