"""Setting up bodies such as the D.I.V.: rules, members with their terms, fields of action."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import DateField, F, Q, QuerySet, Value
from django.db.models.functions import Greatest, Now
from django.utils import timezone
from django.utils.translation import gettext as _

from formats.models import ActionField, Body, Membership
from formats.slugs import slug_for
from foundation.accounts import mandates
from foundation.accounts.models import Role, User
from foundation.accounts.models.mandate import MandateQuerySet
from foundation.accounts.people import person_with
from foundation.audit import trail
from foundation.documents.rendering import check_limits
from foundation.errors import DomainError
from foundation.languages import LocalizedText

DIV = "div"


class AlreadyThere(DomainError):
    """The body, member or field of action exists."""


class TermsCross(DomainError):
    """A term ends before it begins, or a deputy has no member to stand in for."""


class NotAMember(DomainError):
    """The membership has ended before."""


def the_div() -> Body | None:
    """The D.I.V. of this city, or None before it was set up."""
    return Body.objects.filter(slug=DIV).first()


def set_up_div(*, purpose: LocalizedText, by: User) -> Body:
    """Make the D.I.V. as the advisory body of the office; once."""
    return set_up_body(
        DIV, name="D.I.V.", short_name="DIV", purpose=purpose, advises=settings.OFFICE_NAME, by=by
    )


def set_up_body(
    slug: str, *, name: str, short_name: str, purpose: LocalizedText, by: User, **rules: Any
) -> Body:
    """Make a body; `rules` are further fields, such as is_public=False for one that meets inside.

    `sessions_max=None` means as many sessions as it likes. Raises AlreadyThere.
    """
    with transaction.atomic():
        values = {
            "name": name,
            "short_name": short_name,
            "purpose": purpose,
            "time_zone": settings.TIME_ZONE,
            **rules,
        }
        body, created = Body.objects.get_or_create(slug=slug, defaults=values)
        if not created:
            raise AlreadyThere("body-exists", _("%(body)s is set up already.") % {"body": name})
        trail.record("body.set-up", body, by=by)
    return body


def admit_member(
    body: Body,
    *,
    name: str,
    email: str,
    on_behalf_of: str,
    starts_on: dt.date,
    group: str = "",
    term_ends_on: dt.date | None = None,
    is_chair: bool = False,
    is_deputy_chair: bool = False,
    has_vote: bool = True,
    deputises: Membership | None = None,
    role: Role = Role.DIV_MEMBER,
    by: User,
) -> Membership:
    """Add a person to the body; finds or creates them by their address.

    `deputises` is the member whom they stand in for; `role` is what the seat gives them.
    """
    check_limits(on_behalf_of)  # minutes name it
    if term_ends_on is not None and term_ends_on < starts_on:
        raise TermsCross("term-ends-early", _("The term ends before it begins."))
    if deputises is not None:
        term_ends_on = _term_beside(deputises, term_ends_on or deputises.term_ends_on)
    with transaction.atomic():
        person = person_with(email, name=name)
        _end_past_terms(body)
        try:
            with transaction.atomic():
                membership = Membership.objects.create(
                    body=body,
                    user=person,
                    group=group,
                    on_behalf_of=on_behalf_of,
                    starts_on=starts_on,
                    term_ends_on=term_ends_on,
                    is_chair=is_chair,
                    is_deputy_chair=is_deputy_chair,
                    has_vote=has_vote,
                    deputises=deputises,
                )
        except IntegrityError as error:
            raise AlreadyThere(
                "member-exists",
                _("This person is a member already, or the body has a chair already."),
            ) from error
        _let_in(membership, role, by=by)
        trail.record("membership.started", membership, by=by, group=group)
    return membership


def seat(body: Body, person: User, *, on_behalf_of: str) -> Membership:
    """A person sits in a private body from today on; an upper app decides who does.

    No role comes with it: what the seat allows follows from the seat. Nobody is named in the trail.
    """
    check_limits(on_behalf_of)
    with transaction.atomic():
        membership = Membership.objects.create(
            body=body, user=person, on_behalf_of=on_behalf_of, starts_on=timezone.localdate()
        )
        trail.record("membership.started", membership, by=None)
    return membership


def unseat(body: Body, person: User) -> None:
    """The person sits in the private body no longer; from now on, so this day does not count."""
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    with transaction.atomic():
        for membership in body.memberships.filter(user=person, ends_on=None):
            end_membership(membership, last_day=yesterday, by=None)


def _term_beside(member: Membership, until: dt.date | None) -> dt.date | None:
    """`until` as the last day of a deputy of `member`. Raises TermsCross."""
    if member.deputises_id is not None:
        raise TermsCross("deputy-of-a-deputy", _("A deputy stands in for a member, not a deputy."))
    if member.ends_on is not None:
        raise TermsCross("member-has-left", _("This member has left; nobody stands in for them."))
    if _outlasts(until, member.term_ends_on):
        raise TermsCross(
            "deputy-too-long",
            _("The deputy's role must end no later than the role of the person deputised."),
        )
    return until


def _outlasts(one: dt.date | None, other: dt.date | None) -> bool:
    """Whether a term until `one` goes on after one until `other`; None is for ever."""
    return other is not None and (one is None or one > other)


def _end_past_terms(body: Body) -> None:
    """Whose term is over makes room for the next one."""
    Membership.objects.filter(
        body=body, ends_on=None, term_ends_on__lt=timezone.localdate()
    ).update(ends_on=F("term_ends_on"))


def set_term(membership: Membership, until: dt.date | None, *, by: User) -> None:
    """Another last day of the term, or none; what the seat allows ends with it.

    Deputies go along: those who had the same day, and those who would outlast the member.
    """
    if until is not None and until < membership.starts_on:
        raise TermsCross("term-ends-early", _("The term ends before it begins."))
    if membership.deputises is not None:
        _term_beside(membership.deputises, until)
    before = membership.term_ends_on
    with transaction.atomic():
        changed = Membership.objects.filter(pk=membership.pk, ends_on=None).update(
            term_ends_on=until
        )
        if not changed:
            raise NotAMember("membership-ended", _("This membership has ended already."))
        membership.term_ends_on = until
        person = membership.user
        if person is not None:
            # Also a term that was over begins again, with what this seat gives and no former one.
            role = _member_role_of(person, membership.body)
            for mandate in _mandates_of(person, membership.body):
                mandates.revoke(mandate, by=by)
            _let_in(membership, role, by=by)
        trail.record("membership.term-set", membership, by=by)
        for deputy in membership.deputies.filter(ends_on=None).select_related("body", "user"):
            if deputy.term_ends_on == before or _outlasts(deputy.term_ends_on, until):
                set_term(deputy, until, by=by)
    membership.refresh_from_db()


def ending_terms(body: Body, until: dt.date) -> QuerySet[Membership]:
    """Memberships in force whose term ends on `until` or before."""
    return Membership.objects.on(timezone.localdate()).filter(body=body, term_ends_on__lte=until)


def end_membership(
    membership: Membership, *, last_day: dt.date | None = None, by: User | None
) -> None:
    """The person leaves the body today, and so do their deputies; their mandates end at once."""
    with transaction.atomic():
        today = last_day or timezone.localdate()
        ended = Membership.objects.filter(pk=membership.pk, ends_on=None).update(
            ends_on=Greatest(F("starts_on"), Value(today, output_field=DateField()))
        )
        if not ended:
            raise NotAMember("membership-ended", _("This membership has ended already."))
        if membership.user is not None:
            for mandate in _mandates_of(membership.user, membership.body):
                mandates.revoke(mandate, by=by)
        trail.record("membership.ended", membership, by=by)
        for deputy in membership.deputies.filter(ends_on=None).select_related("body", "user"):
            end_membership(deputy, by=by)
    membership.refresh_from_db()


def _mandates_of(person: User, body: Body) -> MandateQuerySet:
    """What a seat in the body gives, on this body only: in force, or still to begin."""
    not_over = Q(ends_at=None) | Q(ends_at__gt=Now())
    return _every_mandate_of(person, body).filter(not_over, revoked_at=None)


def _member_role_of(person: User, body: Body) -> Role:
    """As what the person sits in the body: member of the D.I.V. or of a circle."""
    last = _every_mandate_of(person, body).exclude(role=Role.CHAIR).order_by("pk").last()
    return Role(last.role) if last else Role.DIV_MEMBER


def _every_mandate_of(person: User, body: Body) -> MandateQuerySet:
    subject_type, subject_id = trail.subject_key(body)
    return person.mandates.filter(
        role__in=[Role.DIV_MEMBER, Role.CIRCLE_MEMBER, Role.CHAIR],
        subject_type=subject_type,
        subject_id=subject_id,
    )


def _let_in(membership: Membership, role: Role, *, by: User) -> None:
    """The mandates that go with the seat, for its term: `role`, and that of the chair if it leads.

    What the person has already stays.
    """
    person, body, until = membership.user, membership.body, membership.term_ends_on
    assert person is not None  # noqa: S101 - for the type checker; the callers have a person
    starts_at = _midnight(body, membership.starts_on)
    ends_at = None if until is None else _midnight(body, until + dt.timedelta(days=1))
    if ends_at is not None and ends_at <= timezone.now():
        return
    roles = {role, Role.CHAIR} if membership.is_chair or membership.is_deputy_chair else {role}
    roles -= {Role(held) for held in _mandates_of(person, body).values_list("role", flat=True)}
    later = starts_at if starts_at > timezone.now() else None
    for each in sorted(roles):
        mandates.grant(person, each, body, starts_at=later, ends_at=ends_at, by=by)


def _midnight(body: Body, day: dt.date) -> dt.datetime:
    """When `day` begins where the body meets."""
    return dt.datetime.combine(day, dt.time(), ZoneInfo(body.time_zone))


def open_action_field(name: LocalizedText, *, by: User) -> ActionField:
    """Add a field of action, named in German first."""
    with transaction.atomic():
        field = ActionField.objects.create(slug=slug_for(ActionField, str(name)), name=name)
        trail.record("action-field.opened", field, by=by)
    return field
