"""Who may act as what: granting, revoking and asking for mandates.

A staff mandate is inert until its holder has enrolled a second factor.
"""

from __future__ import annotations

import datetime as dt
import functools
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection, models, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from foundation.accounts.factor import has_second_factor, second_factors
from foundation.accounts.models import Mandate, Role, User
from foundation.accounts.models.mandate import ROLES_WITH_SECOND_FACTOR
from foundation.audit import trail
from foundation.errors import DomainError

Actor = User | AnonymousUser
_SOMEBODY = -1


class MandateExists(DomainError):
    """The person already has this mandate."""


class DeputyTooLong(DomainError):
    """A deputy's term would outlast the role of the person deputised."""


def holds(user: Actor, role: Role, subject: models.Model | None = None) -> bool:
    """Whether `user` is `role` now, everywhere or on `subject`, with the second factor it needs.

    One query per request and person: the answers are kept on the user object.
    """
    if not user.is_authenticated:
        return False
    wanted = {("", "")}
    if subject is not None:
        wanted.add(trail.subject_key(subject))
    return any((role, *key) in effective_mandates(user) for key in wanted)


def holds_any(user: Actor, *roles: Role) -> bool:
    """Whether `user` is one of `roles` anywhere or on any object."""
    if not user.is_authenticated:
        return False
    return any(held[0] in roles for held in effective_mandates(user))


def subjects_of(user: Actor, role: Role, model: type[models.Model]) -> list[str]:
    """Ids (text) of the objects of `model` on which `user` is `role` now."""
    if not user.is_authenticated:
        return []
    label = model._meta.label_lower
    return sorted(held[2] for held in effective_mandates(user) if held[:2] == (role, label))


def effective_mandates(user: Actor) -> frozenset[tuple[str, str, str]]:
    """(role, subject type, subject id) of every mandate that has effect now."""
    if user.pk is None:
        return frozenset()
    kept: frozenset[tuple[str, str, str]] | None = getattr(user, "_effective_mandates", None)
    if kept is None:
        question, values = _effective_of_somebody()
        with connection.cursor() as cursor:
            cursor.execute(question, [user.pk if v == _SOMEBODY else v for v in values])
            kept = frozenset(cursor.fetchall())
        user._effective_mandates = kept  # type: ignore[attr-defined]
    return kept


@functools.cache
def _effective_of_somebody() -> tuple[str, tuple[Any, ...]]:
    """The question for one person's mandates and its values, with _SOMEBODY for whoever it is.

    Almost every request asks it, and building it anew takes longer than the answer.
    """
    armed = models.Exists(second_factors(models.OuterRef("user_id")))
    found = Mandate.objects.in_force().filter(
        armed | ~models.Q(role__in=ROLES_WITH_SECOND_FACTOR),
        user_id=_SOMEBODY,
        user__is_active=True,
    )
    query = found.values_list("role", "subject_type", "subject_id").query
    question, values = query.sql_with_params()
    return question, values


def was_given(user: User, role: Role, subject: models.Model, *, on: dt.date | None = None) -> bool:
    """Whether `user` has a mandate for `subject` now, or had it on a day; resting ones count."""
    found = Mandate.objects.in_force() if on is None else Mandate.objects.covering(on)
    place = models.Q()
    for subject_type, subject_id in (trail.subject_key(subject), ("", "")):
        place |= models.Q(subject_type=subject_type, subject_id=subject_id)
    return found.filter(place, user=user, role=role).exists()


def rest_without_factor(user: User) -> bool:
    """Whether `user` has roles that rest because no second factor is enrolled."""
    waiting = Mandate.objects.in_force().filter(user=user, role__in=ROLES_WITH_SECOND_FACTOR)
    return waiting.exists() and not has_second_factor(user)


def grant(
    user: User,
    role: Role,
    subject: models.Model | None = None,
    *,
    by: User | None,
    starts_at: dt.datetime | None = None,
    ends_at: dt.datetime | None = None,
    function: str = "",
    deputy_of: Mandate | None = None,
) -> Mandate:
    """Give `user` a mandate, from now on or from `starts_at`; raises MandateExists."""
    key = trail.subject_key(subject) if subject is not None else ("", "")
    term = {"starts_at": starts_at, "ends_at": ends_at}
    return grant_on(user, role, key, by=by, **term, function=function, deputy_of=deputy_of)


def grant_on(
    user: User,
    role: Role,
    key: tuple[str, str],
    *,
    by: User | None,
    starts_at: dt.datetime | None = None,
    ends_at: dt.datetime | None = None,
    function: str = "",
    deputy_of: Mandate | None = None,
) -> Mandate:
    """As `grant`, for an object known by its generic key; ("", "") means everywhere."""
    place = {
        "user": user,
        "role": role,
        "subject_type": key[0],
        "subject_id": key[1],
        "revoked_at": None,
    }
    with transaction.atomic():
        if deputy_of is not None:
            _fit_the_term(deputy_of, ends_at)
        # A mandate whose term is over makes room for the next one.
        Mandate.objects.filter(**place, ends_at__lte=Now()).update(revoked_at=models.F("ends_at"))
        mandate, created = Mandate.objects.get_or_create(
            **place,
            defaults={
                **({} if starts_at is None else {"starts_at": starts_at}),
                "ends_at": ends_at,
                "function": function,
                "granted_by": by,
                "deputy_of": deputy_of,
            },
        )
        if not created:
            raise MandateExists("mandate-exists", _("This person already has this role."))
        trail.record("mandate.granted", mandate, by=by, role=role, user=user.pk)
    _forget(user)
    return mandate


def revoke(mandate: Mandate, *, by: User | None) -> None:
    """End a mandate at once, and with it those of its deputies; from the next request on."""
    with transaction.atomic():
        # Locked, so that nobody gets a deputy just now; see _fit_the_term.
        Mandate.objects.select_for_update().get(pk=mandate.pk)
        for each in [*reversed(deputies_of(mandate)), mandate]:
            ended = Mandate.objects.filter(pk=each.pk, revoked_at=None).update(revoked_at=Now())
            if ended:
                trail.record("mandate.revoked", each, by=by)
    _forget(mandate.user)


def deputies_of(mandate: Mandate) -> list[Mandate]:
    """Mandates in force that hang on this one: deputies, and deputies of deputies."""
    found: dict[int, Mandate] = {}
    above = [mandate.pk]
    while above:
        rows = Mandate.objects.filter(deputy_of__in=above, revoked_at=None)
        level = {row.pk: row for row in rows.order_by("pk") if row.pk not in found}
        found |= level
        above = list(level)
    return list(found.values())


def _fit_the_term(principal: Mandate, ends_at: dt.datetime | None) -> None:
    """The database keeps the same rule, for whoever goes another way."""
    held = Mandate.objects.in_force().select_for_update().filter(pk=principal.pk).first()
    limit = held.ends_at if held else None
    if held is None or (limit is not None and (ends_at is None or ends_at > limit)):
        raise DeputyTooLong(
            "deputy-too-long",
            _("The deputy's role must end no later than the role of the person deputised."),
        )


def _forget(user: User) -> None:
    if hasattr(user, "_effective_mandates"):
        del user._effective_mandates
