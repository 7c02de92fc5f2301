"""The seal's certificate ends one day: who runs the portal is told 90 and 30 days before.

Each warning leaves once per certificate, whoever runs the clock.
"""

from __future__ import annotations

import datetime as dt

from cryptography import x509
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from foundation.accounts.models import Mandate, Role, User
from foundation.documents.authority import fingerprint
from foundation.documents.signer import certificate_of, seal_signer
from foundation.mail import outbox

WARNINGS = (90, 30)  # days before the end


def watch_seal(now: dt.datetime | None = None) -> int:
    """Queue the warning that is due, if any; returns how many mails. Raises SealUnavailable."""
    certificate = x509.load_der_x509_certificate(certificate_of(seal_signer()))
    ends = certificate.not_valid_after_utc
    left = (ends - (now or timezone.now())).days
    due = [days for days in WARNINGS if left < days]
    if not due:
        return 0
    key = f"seal-ends-{fingerprint(certificate)[:32]}-{min(due)}"
    context = {"ends": timezone.localtime(ends).date(), "days": max(left, 0)}
    readers = _readers()
    with transaction.atomic():
        for name, address, language in readers:
            outbox.queue(
                "seal_ends",
                key=f"{key}-{address}"[:200],
                to=address,
                to_name=name,
                language=language,
                subject=None,
                context=context,
            )
    return len(readers)


def _readers() -> list[tuple[str, str, str]]:
    """(name, address, language) of the function mailbox and everybody who administers."""
    administrators = Mandate.objects.in_force().filter(role=Role.ADMINISTRATOR)
    people = User.objects.filter(pk__in=administrators.values("user")).order_by("pk")
    return [
        (settings.OFFICE_NAME, settings.OFFICE_EMAIL, settings.LANGUAGE_CODE),
        *((each.name, each.email, each.language or settings.LANGUAGE_CODE) for each in people),
    ]
