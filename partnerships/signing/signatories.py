"""Naming who signs for which city, one to three a side, each with a function."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation import states
from foundation.accounts import mandates
from foundation.accounts.models import Mandate, Role, User
from foundation.accounts.people import person_with
from foundation.audit import trail
from foundation.documents import files
from foundation.documents.uploads import JPEG, PDF, PNG, SUFFIXES, kind_of
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from partnerships.course.participation import demand_own_party
from partnerships.models import Agreement, Consent, FileReference, Party, Signatory
from partnerships.models.signatory import MOST_A_SIDE
from partnerships.signing import notices


class TooManySignatories(DomainError):
    """The side has its three signatories already."""


class SignsElsewhere(DomainError):
    """The person is named already, or speaks for another party; nobody acts for two."""


class SignsNoMore(DomainError):
    """The person has no mandate for the city now, or had none on that day."""


class NamingClosed(DomainError):
    """The version is frozen with its signatories."""


def name_signatory(
    agreement: Agreement,
    party: Party,
    *,
    email: str,
    name: str,
    function: LocalizedText,
    by: User,
    language: str = "",
) -> Signatory:
    """Name somebody who signs for `party`; an unknown address becomes a person without password.

    The mandate has effect once a second factor is enrolled. Raises TooManySignatories,
    SignsElsewhere, NamingClosed, ForeignParty.
    """
    demand_own_party(agreement.partnership, party)
    with transaction.atomic():
        locked = Agreement.objects.select_for_update().get(pk=agreement.pk)
        _demand_open(locked)
        active = locked.signatories.filter(released_at=None)
        user = person_with(email, name=name, language=language or "de")
        if active.filter(user=user).exists():
            raise SignsElsewhere(
                "signs-elsewhere",
                _("This person is named already. Nobody signs twice or for two cities."),
            )
        demand_one_side(user, party)
        taken = set(active.filter(party=party).values_list("position", flat=True))
        free = [place for place in range(1, MOST_A_SIDE + 1) if place not in taken]
        if not free:
            raise TooManySignatories(
                "too-many-signatories", _("At most three people sign for one city.")
            )
        signatory = Signatory.objects.create(
            agreement=locked,
            party=party,
            position=free[0],
            user=user,
            name=name,
            function=function,
        )
        if not _mandates(user, party).exists():
            mandates.grant(user, Role.SIGNATORY, party, by=by, function=function.best("de")[0])
        trail.record("signatory.named", signatory, by=by, agreement=agreement.pk, user=user.pk)
        _back_to_draft(locked, by=by)
        notices.tell_named(signatory)
    return signatory


def appoint_deputy(signatory: Signatory, *, deputy_for: str, data: bytes, by: User) -> None:
    """The person signs "in Vertretung" for `deputy_for`, by the authority document in `data`.

    Raises NamingClosed, UploadRefused, StorageFailed.
    """
    media_type = kind_of(data, allowed=(PDF, JPEG, PNG))
    with transaction.atomic():
        locked = Agreement.objects.select_for_update().get(pk=signatory.agreement_id)
        _demand_open(locked)
        _back_to_draft(locked, by=by)
        name = f"{locked.file_stem}-vollmacht-{signatory.pk}{SUFFIXES[media_type]}"
        signatory.deputy_for = deputy_for.strip()[:200]
        signatory.authority = files.store(data, name=name, media_type=media_type)
        signatory.save(update_fields=["deputy_for", "authority"])
        trail.record(
            "signatory.deputises",
            signatory,
            by=by,
            agreement=locked.pk,
            sha256=signatory.authority.sha256,
        )


def note_file_number(agreement: Agreement, party: Party, *, number: str, by: User) -> None:
    """The number under which a city files the agreement; raises ForeignParty."""
    demand_own_party(agreement.partnership, party)
    with transaction.atomic():
        FileReference.objects.update_or_create(
            agreement=agreement, party=party, defaults={"number": number.strip()}
        )
        trail.record("agreement.file_number", agreement, by=by, party=party.pk)


def release_signatory(signatory: Signatory, *, by: User) -> None:
    """Somebody signs no more; what they signed in older versions stays. Raises NamingClosed."""
    with transaction.atomic():
        locked = Agreement.objects.select_for_update().get(pk=signatory.agreement_id)
        _demand_open(locked)
        Signatory.objects.filter(pk=signatory.pk, released_at=None).update(
            released_at=timezone.now()
        )
        trail.record("signatory.released", signatory, by=by, agreement=locked.pk)
        _back_to_draft(locked, by=by)
        elsewhere = Signatory.objects.filter(
            user=signatory.user, party=signatory.party, released_at=None
        )
        if not elsewhere.exists():
            for mandate in _mandates(signatory.user, signatory.party):
                mandates.revoke(mandate, by=by)


def demand_one_side(user: User, party: Party) -> None:
    """Raises SignsElsewhere when `user` speaks or has spoken for another party of this one's."""
    others = party.partnership.parties.exclude(pk=party.pk).select_related("municipality")
    consented = Consent.objects.filter(party__in=others, given_by=user).exists()
    if consented or any(mandates.holds(user, Role.PARTNER, other.municipality) for other in others):
        raise SignsElsewhere(
            "speaks-elsewhere",
            _("This person speaks for another city of this partnership. Nobody acts for two."),
        )


def demand_mandate(place: Signatory, *, on: dt.date | None = None) -> None:
    """Raise SignsNoMore unless the person signs for this city now, or did so on a day.

    The database keeps the same rule, for whoever goes another way.
    """
    if mandates.was_given(place.user, Role.SIGNATORY, place.party, on=on):
        return
    if on is None:
        raise SignsNoMore(
            "mandate-over",
            _("%(name)s does not sign for %(city)s any more: the role has ended.")
            % {"name": place.name, "city": place.party},
        )
    raise SignsNoMore(
        "mandate-over",
        _("On %(day)s %(name)s did not sign for %(city)s: the role did not cover that day.")
        % {"day": f"{on:%d.%m.%Y}", "name": place.name, "city": place.party},
    )


def _back_to_draft(agreement: Agreement, *, by: User) -> None:
    """Who signs is part of what the cities agreed on."""
    if agreement.state == Agreement.State.AGREED:
        states.advance(agreement, Agreement.State.DRAFT, by=by)


def _mandates(user: User, party: Party) -> QuerySet[Mandate]:
    subject_type, subject_id = trail.subject_key(party)
    return Mandate.objects.in_force().filter(
        user=user, role=Role.SIGNATORY, subject_type=subject_type, subject_id=subject_id
    )


def _demand_open(agreement: Agreement) -> None:
    if not agreement.is_open:
        raise NamingClosed(
            "naming-closed",
            _("This version is frozen with its signatories. Reopen the agreement to change them."),
        )
