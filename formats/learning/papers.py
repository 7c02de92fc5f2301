"""A recommendation as sealed policy paper: three points first, then where they come from."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from formats.models import Recommendation
from foundation.documents import releases, rendering, sealing
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
    known = releases.latest(recommendation, KIND)
    if known is not None:
        return known
    number = number_of(recommendation)
    with translation.override("de"):
        html = render_to_string("print/policy_paper.html", _context(recommendation, number))
        title = f"{number}: {recommendation.title}"
    pdf = rendering.render_pdf(
        html,
        title=title,
        language="de",
        number=number,
        created=recommendation.published_at,
        identifier=number,
    )
    return releases.release(
        sealing.certify(pdf),
        recommendation,
        number=number,
        kind=KIND,
        stage=Release.Stage.FINAL,
        name=f"{number}.pdf",
        by=None,
    )


def number_of(recommendation: Recommendation) -> str:
    """Such as PP-innopeers-01."""
    return f"PP-{recommendation.network.slug}-{recommendation.number:02}"


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
