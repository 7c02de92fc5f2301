"""A recommendation as sealed policy paper: three points first, then where they come from."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from formats.models import Recommendation
from foundation.documents.issuing import issue_once
from foundation.documents.models import Release
from foundation.effects import work
from foundation.effects.models import Effect

EFFECT = "recommendation.paper"
KIND = "policy-paper"


def order(recommendation: Recommendation) -> None:
    """Have the worker make the paper, once."""
    work.request(
        EFFECT,
        str(recommendation.pk),
        queue=Effect.Queue.PDF,
        recommendation_id=recommendation.pk,
    )


def issue(recommendation_id: int) -> Release:
    """Render, seal and list the paper of a published recommendation, once."""
    found = Recommendation.objects.select_related("cohort__network__host", "network")
    recommendation = found.get(pk=recommendation_id)
    number = number_of(recommendation)
    return issue_once(
        recommendation,
        KIND,
        lambda: _page_of(recommendation, number),
        number=number,
        title=f"{number}: {recommendation.title.best('de')[0]}",
        created=recommendation.published_at,
        name=f"{number}.pdf",
    )


def number_of(recommendation: Recommendation) -> str:
    """Such as PP-innopeers-01."""
    return f"PP-{recommendation.network.slug}-{recommendation.number:02}"


def _page_of(recommendation: Recommendation, number: str) -> str:
    with translation.override("de"):
        return render_to_string("print/policy_paper.html", _context(recommendation, number))


def _context(recommendation: Recommendation, number: str) -> dict[str, object]:
    return {
        "each": recommendation,
        "cohort": recommendation.cohort,
        "network": recommendation.network,
        "sessions": list(recommendation.sessions.in_order()),
        "muster": recommendation.cohort.is_demo or settings.DEMO,
        "document_language": "de",
        "document_number": number,
        "public_url": settings.PUBLIC_URL,
    }
