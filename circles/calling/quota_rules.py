"""The quotas of a call: set while it is prepared, fixed when it opens, asked only with consent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from circles import clock
from circles.models import Application, Call, QuotaAnswer, QuotaAttribute, QuotaValue
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText

# Raise when the words of the consent in the application form change.
CONSENT_VERSION = "2026-11-22"


class QuotasAreFixed(DomainError):
    """An open call keeps its quotas."""


@dataclass(frozen=True)
class Value:
    """A possible answer and how many of the seats by lot shall have it."""

    label: LocalizedText
    least: int
    most: int


@dataclass(frozen=True)
class Attribute:
    """A question with its closed list of answers."""

    question: LocalizedText
    values: tuple[Value, ...]


def set_attributes(call: Call, attributes: Sequence[Attribute], *, by: User) -> None:
    """Replace the quotas of a call in preparation; an empty list switches them off."""
    with transaction.atomic():
        locked = Call.objects.select_for_update().get(pk=call.pk)
        if locked.state != Call.State.DRAFT:
            raise QuotasAreFixed(
                "quotas-are-fixed", _("This call is open. Its quotas are fixed for everybody.")
            )
        call.attributes.all().delete()
        for position, attribute in enumerate(attributes):
            made = QuotaAttribute.objects.create(
                call=call, position=position, question=attribute.question
            )
            QuotaValue.objects.bulk_create(
                QuotaValue(
                    attribute=made, position=n, label=one.label, least=one.least, most=one.most
                )
                for n, one in enumerate(attribute.values, start=1)
            )
        trail.record("call.quotas-set", call, by=by, number=len(attributes))


def copy_attributes(call: Call, to: Call) -> None:
    """Give `to`, a call in preparation, the quotas of `call`."""
    for attribute in call.attributes.prefetch_related("values"):
        made = QuotaAttribute.objects.create(
            call=to, position=attribute.position, question=attribute.question
        )
        QuotaValue.objects.bulk_create(
            QuotaValue(
                attribute=made,
                position=one.position,
                label=one.label,
                least=one.least,
                most=one.most,
            )
            for one in attribute.values.all()
        )


def obstacles(call: Call) -> list[str]:
    """Why no choice of people could keep the quotas of this call, in sentences."""
    found = []
    for attribute in call.attributes.prefetch_related("values"):
        least = sum(value.least for value in attribute.values.all())
        most = sum(value.most for value in attribute.values.all())
        told = {"question": attribute.question, "seats": call.seats, "least": least, "most": most}
        if least > call.seats:
            text = _("“%(question)s”: the minima come to %(least)d, but there are %(seats)d seats.")
            found.append(text % told)
        if most < call.seats:
            text = _("“%(question)s”: the maxima come to %(most)d, but there are %(seats)d seats.")
            found.append(text % told)
    return found


def answer(application: Application, answers: Mapping[int, int]) -> None:
    """Keep what was said with consent (attribute pk -> value pk); what was said before goes."""
    application.quota_answers.all().delete()
    allowed = QuotaValue.objects.filter(attribute__call=application.call_id)
    by_pk = {value.pk: value for value in allowed}
    QuotaAnswer.objects.bulk_create(
        QuotaAnswer(
            application=application,
            attribute_id=attribute,
            value=by_pk[value],
            consent_version=CONSENT_VERSION,
            consented_at=clock.now_for(application.call),
        )
        for attribute, value in answers.items()
        if by_pk[value].attribute_id == attribute
    )
