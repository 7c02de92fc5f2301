"""The sealed receipt: draw, nonce, identity and ticket, so that anybody can check the ticket."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from circles.drawing.tickets import short_ticket
from circles.models import Application
from foundation.audit import trail
from foundation.documents import files, rendering, sealing
from foundation.documents.authority import is_production
from foundation.documents.characters import unprintable
from foundation.effects import work
from foundation.effects.models import Effect

EFFECT = "circles.receipt"


def issue_later(application: Application) -> None:
    """Ask for the receipt of the application's present ticket, in the caller's transaction."""
    work.request(
        EFFECT,
        f"{application.pk}-{application.ticket}",
        queue=Effect.Queue.PDF,
        application_pk=application.pk,
        ticket=application.ticket,
    )


def issue(application_pk: int, ticket: str) -> None:
    """Render, seal and store the receipt; nothing to do when the ticket changed or was erased."""
    application = (
        Application.objects.select_for_update(of=("self",))
        .select_related("call__circle", "call__meeting")
        .get(pk=application_pk)
    )
    if application.ticket != ticket or application.erased_at or application.receipt_id:
        return
    name = application.name
    if unprintable([name]):
        name = ""  # a script that our typeface lacks: the ticket matters, not the name
    number = f"{application.call.draw_id}-{application.reference}"
    with translation.override(application.language):
        title = _("Receipt of your application")
        html = render_to_string(
            "print/receipt/receipt.html",
            {
                "application": application,
                "call": application.call,
                "circle": application.call.circle,
                "name": name,
                "short": short_ticket(application.ticket),
                "document_language": application.language,
                "document_number": number,
                "muster": application.call.is_specimen or not is_production(),
            },
        )
    pdf = rendering.render_pdf(
        html,
        title=title,
        language=application.language,
        number=number,
        created=application.confirmed_at,
        identifier=f"{number}-{ticket}",
    )
    stored = files.store(sealing.certify(pdf), name=f"{number}.pdf", media_type="application/pdf")
    Application.objects.filter(pk=application.pk).update(receipt=stored)
    trail.record("receipt.issued", application, by=None, sha256=stored.sha256)
