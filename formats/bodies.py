"""Setting up the D.I.V.: the body, its members, the fields of action."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import DateField, F, QuerySet, Value
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from formats.models import ActionField, Body, Membership
from formats.slugs import slug_for
from foundation.accounts import mandates
from foundation.accounts.models import Mandate, Role, User
from foundation.accounts.people import person_with
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText

DIV = "div"


class AlreadyThere(DomainError):
    """The body, member or field of action exists."""


class NotAMember(DomainError):
    """The membership has ended before."""


def the_div() -> Body | None:
    """The D.I.V. of this city, or None before it was set up."""
    return Body.objects.filter(slug=DIV).first()


def set_up_div(*, purpose: LocalizedText, by: User) -> Body:
    """Make the D.I.V. as the advisory body of the office; once."""
    with transaction.atomic():
        body, created = Body.objects.get_or_create(
            slug=DIV,
            defaults={"name": "D.I.V.", "purpose": purpose, "advises": settings.OFFICE_NAME},
        )
        if not created:
            raise AlreadyThere("body-exists", _("The D.I.V. is set up already."))
        trail.record("body.set-up", body, by=by)
    return body


def admit_member(
    body: Body,
    *,
    name: str,
    email: str,
    group: str,
    on_behalf_of: str,
    starts_on: dt.date,
    is_chair: bool = False,
    by: User,
) -> Membership:
    """Add a person to the body; finds or creates them by their address."""
    with transaction.atomic():
        person = person_with(email, name=name)
        try:
            with transaction.atomic():
                membership = Membership.objects.create(
                    body=body,
                    user=person,
                    group=group,
                    on_behalf_of=on_behalf_of,
                    starts_on=starts_on,
                    is_chair=is_chair,
                )
        except IntegrityError as error:
            raise AlreadyThere(
                "member-exists",
                _("This person is a member already, or the body has a chair already."),
            ) from error
        _let_in(person, body, Role.DIV_MEMBER, by=by)
        if is_chair:
            _let_in(person, body, Role.CHAIR, by=by)
        trail.record("membership.started", membership, by=by, group=group)
    return membership


def end_membership(membership: Membership, *, by: User) -> None:
    """The person leaves the body today; their mandates on it end at once."""
    with transaction.atomic():
        today = timezone.localdate()
        ended = Membership.objects.filter(pk=membership.pk, ends_on=None).update(
            ends_on=Greatest(F("starts_on"), Value(today, output_field=DateField()))
        )
        if not ended:
            raise NotAMember("membership-ended", _("This membership has ended already."))
        if membership.user is not None:
            for mandate in _mandates_of(membership.user, membership.body):
                mandates.revoke(mandate, by=by)
        trail.record("membership.ended", membership, by=by)
    membership.refresh_from_db()


def _mandates_of(person: User, body: Body) -> QuerySet[Mandate]:
    """What a seat in the body gives: mandates of members and of the chair, on this body only."""
    subject_type, subject_id = trail.subject_key(body)
    return person.mandates.in_force().filter(
        role__in=[Role.DIV_MEMBER, Role.CHAIR], subject_type=subject_type, subject_id=subject_id
    )


def _let_in(person: User, body: Body, role: Role, *, by: User) -> None:
    """The mandate that goes with the seat, unless the person has it."""
    if not _mandates_of(person, body).filter(role=role).exists():
        mandates.grant(person, role, body, by=by)


def open_action_field(name: LocalizedText, *, by: User) -> ActionField:
    """Add a field of action, named in German first."""
    with transaction.atomic():
        field = ActionField.objects.create(slug=slug_for(ActionField, str(name)), name=name)
        trail.record("action-field.opened", field, by=by)
    return field
