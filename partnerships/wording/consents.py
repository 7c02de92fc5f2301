"""Cities saying yes to words that they saw: a consent holds only for these very words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.errors import DomainError
from partnerships.models import Agreement, Consent, Party


class SpeaksForOther(DomainError):
    """The person has consented for another city already."""


def consenting_parties(agreement: Agreement, purpose: Consent.Purpose, digest: str) -> set[int]:
    """Ids of the parties whose consent to exactly these words is there; reopening voids it."""
    found = Consent.objects.filter(
        agreement=agreement, purpose=purpose, digest=digest, text_round=_round(agreement, purpose)
    )
    return set(found.values_list("party_id", flat=True))


def give_consent(
    agreement: Agreement, party: Party, purpose: Consent.Purpose, digest: str, *, by: User
) -> bool:
    """Write the consent of one city down; False when it was there already.

    Raises SpeaksForOther: nobody speaks for two cities.
    """
    same = Consent.objects.filter(agreement=agreement, purpose=purpose, digest=digest)
    if same.filter(given_by=by).exclude(party=party).exists():
        raise SpeaksForOther(
            "speaks-for-other",
            _("You have already agreed for the other city. Nobody speaks for two cities."),
        )
    _consent, created = Consent.objects.get_or_create(
        agreement=agreement,
        party=party,
        purpose=purpose,
        digest=digest,
        text_round=_round(agreement, purpose),
        defaults={"given_by": by},
    )
    return created


def _round(agreement: Agreement, purpose: Consent.Purpose) -> int:
    """Reopening voids what was said to the text, and to nothing else."""
    return agreement.text_round if purpose == Consent.Purpose.TEXT else 1
