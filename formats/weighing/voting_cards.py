"""The sheet of voting cards, two in a row: each has a code that opens one ballot, printed once.

It is rendered while the request waits: the codes exist nowhere but on this paper.
"""

from __future__ import annotations

import datetime as dt
import secrets

import segno
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from formats.models import PriorityRound
from formats.weighing import passes, priorities
from foundation.accounts.models import User
from foundation.documents.rendering import render_pdf
from foundation.posting.limits import Limit

# A sheet costs about two seconds of a processor.
SHEETS = Limit("voting-card-sheet", at_most=20, per=dt.timedelta(hours=1))


def sheet(priority_round: PriorityRound, *, guests: int = 0, by: User) -> bytes:
    """A PDF with new cards, in the reader's language. Raises TooOften, NotPrintable.

    Cards count only if the sheet could be rendered.
    """
    SHEETS.use(f"{by.pk}")
    language = (get_language() or "de").split("-")[0]
    with transaction.atomic():
        cards = priorities.print_cards(priority_round, guests=guests, by=by)
        now = timezone.now()
        html = render_to_string(
            "print/voting_cards.html",
            {
                "document_language": language,
                "document_number": "",
                "muster": False,
                "round": priority_round,
                "printed_at": now,
                "cards": [
                    {
                        "label": card.label,
                        "code": passes.shown(card.code),
                        "sheet": card.sheet,
                        "qr": _qr(card.code),
                    }
                    for card in cards
                ],
                "code_address": f"{settings.PUBLIC_URL}{reverse('vote_code')}",
            },
        )
        return render_pdf(
            html,
            title=str(priority_round.title),
            language=language,
            created=now,
            identifier=secrets.token_hex(16),
        )


def _qr(code: str) -> str:
    address = f"{settings.PUBLIC_URL}{reverse('vote_enter', args=[code])}"
    return segno.make(address, error="m").svg_data_uri(scale=3, border=2)
