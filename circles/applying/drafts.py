"""Forms that were begun: kept on the server, so that a closed window loses no word.

The key is a random token that only its owner has, in the session or in the link of a mail; stored
is its digest. A draft is no application: it counts nowhere and goes after a week.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from circles import clock
from circles.models import Call, Draft
from foundation.mail import outbox
from foundation.posting.limits import use_allowance

KEPT = dt.timedelta(days=7)
LONGEST = 2500  # of one field: more than any field of the form takes
MAILS_PER_ADDRESS = 3
ALLOWANCE_WINDOW = dt.timedelta(hours=12)
# What a form is sent with besides words; quotas wait for their consent, so they are asked again.
NOT_KEPT = ("csrfmiddlewaretoken", "idempotency_key", "stamp", "nickname", "participation", "quota")


def keep(call: Call, token: str, posted: Mapping[str, str]) -> str:
    """Keep what was typed under `token`, or under a new one; returns the token that holds now.

    `posted` has fields of the form only. A NUL, which nobody types, cannot be stored.
    """
    typed = {
        name: value[:LONGEST]
        for name, value in posted.items()
        if value.strip() and "\0" not in value and not name.startswith(NOT_KEPT)
    }
    if find(call, token) is None:
        token = secrets.token_urlsafe(24)
    Draft.objects.update_or_create(
        token_digest=_digest(token),
        defaults={"call": call, "typed": typed, "saved_at": clock.now_for(call)},
    )
    return token


def find(call: Call, token: str) -> Draft | None:
    """The draft behind `token`, if it is one of this call."""
    return call.drafts.filter(token_digest=_digest(token)).first() if token else None


def is_taking(call: Call) -> bool:
    """Whether a draft of the call can still become an application."""
    return call.state == Call.State.OPEN and clock.now_for(call) < call.closes_at


def call_of(token: str) -> Call | None:
    """Which call a link from a mail leads to."""
    found = Draft.objects.filter(token_digest=_digest(token)).select_related("call__circle").first()
    return None if found is None else found.call


def mail_link(call: Call, token: str, email: str, *, language: str) -> bool:
    """Send the link to the form to `email`; False when that is no address. Raises TooOften."""
    try:
        validate_email(email)
    except ValidationError:
        return False
    use_allowance(
        "application.draft", email.lower(), at_most=MAILS_PER_ADDRESS, per=ALLOWANCE_WINDOW
    )
    draft = find(call, token)
    if draft is None:
        return False
    with transaction.atomic():
        Draft.objects.filter(pk=draft.pk).update(mailed_to=email)
        outbox.queue(
            "application_draft",
            key=f"application-draft-{draft.pk}-{secrets.token_hex(4)}",
            to=email,
            language=language,
            subject=None,
            context={
                "call": call,
                "circle": call.circle,
                "token": token,
                "until": draft.saved_at + KEPT,
            },
            secret=True,
            hides_address=True,
        )
    return True


def discard(call: Call, token: str) -> None:
    """Throw the draft away: it was sent, or its owner begins anew."""
    call.drafts.filter(token_digest=_digest(token)).delete()


def forget_old(call: Call) -> int:
    """Delete drafts of a week, and all once the call takes no applications; returns how many."""
    now = clock.now_for(call)
    over = call.state != Call.State.OPEN or now >= call.closes_at + KEPT
    drafts = call.drafts.all() if over else call.drafts.filter(saved_at__lte=now - KEPT)
    return drafts.delete()[0]


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
