"""Certificates of attendance: made by the worker for those who were there, and mailed as a link."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from formats.events import clocks, when
from formats.events import registration_letters as letters
from formats.models import Event, Registration
from foundation.audit import trail
from foundation.documents import files, rendering
from foundation.documents.characters import unprintable
from foundation.effects import work
from foundation.effects.models import Effect

EFFECT = "event.certificate"
NAME = "teilnahme.pdf"


def order(event: Event) -> int:
    """Ask for the certificates of everybody who was there, once each. How many."""
    there = event.registrations.filter(attended=True, certificate=None, erased_at=None)
    for registration in there:
        work.request(
            EFFECT,
            str(registration.pk),
            queue=Effect.Queue.PDF,
            registration_id=registration.pk,
        )
    keys = [str(registration.pk) for registration in there]
    for dead in Effect.objects.filter(kind=EFFECT, key__in=keys, state=Effect.State.DEAD):
        work.revive(dead)
    return len(there)


def issue(registration_id: int) -> None:
    """Render, keep and tell; nothing to do for whoever was forgotten meanwhile."""
    registration = (
        Registration.objects.select_for_update(of=("self",))
        .select_related("event")
        .get(pk=registration_id)
    )
    if not registration.attended or registration.erased_at or registration.certificate_id:
        return
    event = registration.event
    # What the typeface cannot print is left out; the sheet then speaks of its bearer.
    name, house = (
        "" if unprintable([words]) else words
        for words in (registration.name, registration.organisation)
    )
    with translation.override(registration.language):
        title = _("Certificate of attendance")
        html = render_to_string(
            "print/event_certificate.html",
            {
                "event": event,
                "name": name,
                "organisation": house,
                "when": when.when_text(event.starts_on, event.ends_on, event.precision),
                "clocks": clocks.clocks_of(event),
                "sessions": list(event.sessions.all()),
                "places": list(event.places.all()),
                "document_language": registration.language,
                "document_number": "",
                "muster": event.is_demo,
            },
        )
    pdf = rendering.render_pdf(
        html,
        title=title,
        language=registration.language,
        created=event.ends_at or event.published_at,
        identifier=f"event-{event.pk}-{registration.handle}",
    )
    stored = files.store(pdf, name=NAME, media_type="application/pdf")
    Registration.objects.filter(pk=registration.pk).update(certificate=stored)
    trail.record("registration.certificate", registration, by=None, sha256=stored.sha256)
    letters.tell(registration, "event_certificate")
