"""Mails of the agreement road: who is told what, each in their own language.

Partners of all cities and the signatories are involved; the office gets its function mailbox.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse

from foundation.accounts.models import Mandate, Role, User
from foundation.mail import outbox
from partnerships.models import (
    Agreement,
    AgreementVersion,
    Party,
    Reservation,
    Signatory,
    Submission,
)
from partnerships.speakers import speakers_of


def partners_of(agreement: Agreement) -> list[User]:
    """People who speak for one of the cities of this agreement now."""
    return speakers_of(agreement.partnership_id)


def signatories_of(agreement: Agreement) -> list[User]:
    """People named to sign whose role has not ended and whose account is there still."""
    return _signing(agreement.signatories.filter(released_at=None))


def _signing(places: QuerySet[Signatory]) -> list[User]:
    """Their mandates may rest for want of a second factor: they are told how to get one."""
    given = Mandate.objects.in_force().filter(
        role=Role.SIGNATORY,
        user_id=OuterRef("user_id"),
        subject_type__in=("", Party._meta.label_lower),
        subject_id__in=(Value(""), Cast(OuterRef("party_id"), CharField())),
    )
    found = places.filter(Exists(given), user__is_active=True)
    return [place.user for place in found.select_related("user")]


def tell_named(signatory: Signatory) -> None:
    """You were named as a signatory; what that means and how to come in."""
    agreement = Agreement.objects.select_related("partnership").get(pk=signatory.agreement_id)
    _mail("agreement_named", agreement, [signatory.user], f"s{signatory.pk}")


def tell_to_sign(agreement: Agreement, version: AgreementVersion) -> None:
    """The PDF is ready: signatories may sign, partners know that it has begun."""
    key = f"v{version.pk}"
    signers = signatories_of(agreement)
    context = {"version": version, "sign_by": agreement.sign_by}
    _mail("agreement_to_sign", agreement, signers, key, "agreement_sign", context)
    others = [user for user in partners_of(agreement) if user not in signers]
    _mail("agreement_issued", agreement, others, key, context=context)


def tell_signed(agreement: Agreement, version: AgreementVersion, place: Signatory) -> None:
    """One signature is there, others are still to come."""
    _mail(
        "agreement_signed",
        agreement,
        _involved(agreement),
        f"v{version.pk}-s{place.pk}",
        context={"city": place.party.municipality.name, "function": place.function},
    )


def tell_brought(agreement: Agreement, submission: Submission) -> None:
    """A scan or a foreign file waits for comparison by others than its bringer."""
    place = submission.signatory
    not_they = {submission.brought_by_id, place.user_id}
    people = [user for user in partners_of(agreement) if user.pk not in not_they]
    key, link = f"c{submission.pk}", "evidence_compare"
    context = {
        "city": place.party.municipality.name,
        "function": place.function,
        "kind": submission.get_kind_display(),
        "link": _url(link, agreement, submission.pk),
    }
    _mail("agreement_compare", agreement, people, key, context=context)
    _mail_office("agreement_compare", agreement, key, context=context)


def tell_refused(agreement: Agreement, submission: Submission, *, reason: str) -> None:
    """A reviewer says that the file is not what was to be signed; everybody involved hears why."""
    place = submission.signatory
    context = {
        "city": place.party.municipality.name,
        "function": place.function,
        "reason": reason,
    }
    key = f"c{submission.pk}"
    _mail("agreement_not_confirmed", agreement, _involved(agreement), key, context=context)
    _mail_office("agreement_not_confirmed", agreement, key, context=context)


def tell_lapsed(agreement: Agreement, reservation: Reservation) -> None:
    """The file was not brought back in time; others may take it out now."""
    place = agreement.signatories.filter(pk=reservation.signatory_id)
    told = User.objects.filter(
        Exists(Mandate.objects.in_force().filter(user=OuterRef("pk"))),
        pk=reservation.reserved_by_id,
        is_active=True,
    )
    people = {user.pk: user for user in [*told, *_signing(place)]}
    _mail(
        "agreement_lapsed", agreement, list(people.values()), f"r{reservation.pk}", "agreement_sign"
    )


def remind_to_sign(agreement: Agreement, version: AgreementVersion, days: int) -> None:
    """The time to sign ends in `days` days: only those hear it who have not signed yet."""
    signed = version.evidence.values("signatory_id")
    silent = agreement.signatories.filter(released_at=None).exclude(pk__in=signed)
    people = _signing(silent)
    context = {"version": version, "sign_by": agreement.sign_by, "days": days}
    _mail(
        "agreement_reminder", agreement, people, f"v{version.pk}-{days}", "agreement_sign", context
    )


def tell_reopened(agreement: Agreement, version: AgreementVersion, *, reason: str) -> None:
    """The text is open again; signatures over the old version do not count."""
    people = _involved(agreement)
    _mail("agreement_reopened", agreement, people, f"v{version.pk}", context={"reason": reason})


def tell_remarks(
    agreement: Agreement, user: User | None, *, key: str, context: Mapping[str, Any]
) -> None:
    """What the other sides said about the text; without a person it goes to the office."""
    if user is None:
        _mail_office("agreement_remarks", agreement, key, context=context)
    else:
        _mail("agreement_remarks", agreement, [user], key, context=context)


def tell_life(kind: str, agreement: Agreement, key: str, **context: Any) -> None:
    """What happens to a concluded agreement: partners, signatories and the office hear it."""
    _mail(kind, agreement, _involved(agreement), key, context=context)
    _mail_office(kind, agreement, key, context=context)


def tell_stopped(agreement: Agreement, *, reason: str) -> None:
    """Declined, withdrawn or expired: everybody hears it, the office too."""
    # Declined, reopened and declined again: each time over another version.
    key = f"a{agreement.pk}-v{agreement.versions.count()}"
    context = {"reason": reason, "party": agreement.stopped_by_party}
    _mail(f"agreement_{agreement.state}", agreement, _involved(agreement), key, context=context)
    _mail_office(f"agreement_{agreement.state}", agreement, key, context=context)


def tell_failed(agreement: Agreement, version: AgreementVersion, *, reason: str) -> None:
    """The PDF of a version could not be made: the office has to shorten or correct the text."""
    _mail_office("agreement_failed", agreement, f"v{version.pk}", context={"reason": reason})


def tell_concluded(agreement: Agreement, version: AgreementVersion) -> None:
    """All have signed, the file is sealed: where to download and how anybody can check it."""
    context = {"version": version, "verify_url": verify_url(agreement.number)}
    key = f"v{version.pk}"
    people = _involved(agreement)
    _mail("agreement_concluded", agreement, people, key, "agreement_pdf", context)
    _mail_office("agreement_concluded", agreement, key, "agreement_pdf", context)


def verify_url(number: str) -> str:
    """The public address at which anybody can check a document of this number."""
    return f"{settings.PUBLIC_URL}/pruefen/{number}/"


def _involved(agreement: Agreement) -> list[User]:
    people = {user.pk: user for user in partners_of(agreement) + signatories_of(agreement)}
    return list(people.values())


def _mail(
    kind: str,
    agreement: Agreement,
    people: list[User],
    key: str,
    link: str = "agreement",
    context: Mapping[str, Any] | None = None,
) -> None:
    for user in people:
        outbox.queue(
            kind,
            key=f"{kind}-{key}-{user.pk}",
            to=user.email,
            to_name=user.name,
            language=user.language,
            subject=agreement,
            context={"agreement": agreement, "link": _url(link, agreement), **(context or {})},
        )


def _mail_office(
    kind: str,
    agreement: Agreement,
    key: str,
    link: str = "agreement",
    context: Mapping[str, Any] | None = None,
) -> None:
    outbox.queue(
        kind,
        key=f"{kind}-{key}-office",
        to=settings.OFFICE_EMAIL,
        to_name=settings.OFFICE_NAME,
        language=settings.LANGUAGE_CODE,
        subject=agreement,
        context={"agreement": agreement, "link": _url(link, agreement), **(context or {})},
    )


def _url(name: str, agreement: Agreement, *more: int) -> str:
    path = reverse(name, args=[agreement.partnership.slug, agreement.number, *more])
    return f"{settings.PUBLIC_URL}{path}"
