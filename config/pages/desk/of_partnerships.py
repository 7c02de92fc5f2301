"""Partnerships and agreements on the desk of the office, of partners and of signatories."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from config.pages.desk.items import AT_MOST, Item
from foundation.accounts.mandates import subjects_of
from foundation.accounts.models import Role, User
from partnerships.course import phases
from partnerships.models import (
    Agreement,
    AgreementVersion,
    Evidence,
    Municipality,
    Partnership,
    Party,
    Signatory,
)
from partnerships.permissions import is_office

State = Agreement.State


def items(user: User) -> list[Item]:
    """What partnerships ask of this reader."""
    return [
        *_to_sign(user),
        *_pictures(user),
        *(_of_office() if is_office(user) else []),
    ]


def _to_sign(user: User) -> list[Item]:
    parties = subjects_of(user, Role.SIGNATORY, Party)
    newest = AgreementVersion.objects.filter(agreement=OuterRef("agreement")).order_by("-n")
    signed = Evidence.objects.filter(signatory=OuterRef("pk"), version=OuterRef("newest"))
    places = (
        Signatory.objects.filter(
            user=user, released_at=None, party_id__in=parties, agreement__state=State.COLLECTING
        )
        .annotate(newest=Subquery(newest.values("pk")[:1]))
        .exclude(Exists(signed))
        .select_related("agreement__partnership")
    )
    return [
        Item(
            _("Sign %(number)s") % {"number": place.agreement.number},
            str(place.agreement.partnership),
            reverse("agreement_sign", args=_address(place.agreement)),
            _("Read and sign"),
            until=place.agreement.sign_by,
        )
        for place in places[:AT_MOST]
    ]


def _pictures(user: User) -> list[Item]:
    """Target pictures that this city has not approved as they are worded now."""
    cities = subjects_of(user, Role.PARTNER, Municipality)
    waiting = (
        Party.objects.filter(
            municipality_id__in=cities, partnership__phase=Partnership.Phase.TARGET_PICTURE
        )
        .exclude(partnership__target_picture={})
        .select_related("partnership", "municipality")
        .prefetch_related("consents")
    )
    return [
        Item(
            _("Approve the target picture for %(city)s") % {"city": party},
            str(party.partnership),
            reverse("partnership_edit", args=[party.partnership.slug]),
            _("Read and approve"),
        )
        for party in waiting[:AT_MOST]
        if phases.picture_digest(party.partnership) not in {c.digest for c in party.consents.all()}
    ]


def _of_office() -> list[Item]:
    texts = {
        State.AGREED: (_("%(number)s is agreed by all cities"), _("Check it and freeze it.")),
        State.FAILED: (_("The PDF of %(number)s could not be made"), _("Mend the text.")),
        State.DECLINED: (_("%(number)s was declined"), _("Talk to the city, then reopen it.")),
        State.EXPIRED: (_("The time to sign %(number)s is over"), _("Reopen it or withdraw it.")),
    }
    stopped = Agreement.objects.filter(state__in=texts).select_related("partnership")
    return [
        Item(
            texts[State(each.state)][0] % {"number": each.number},
            texts[State(each.state)][1],
            reverse("agreement", args=_address(each)),
            _("Look"),
            failed=each.state == State.FAILED,
        )
        for each in stopped.order_by("pk")[:AT_MOST]
    ]


def _address(agreement: Agreement) -> list[str]:
    return [agreement.partnership.slug, agreement.number]
