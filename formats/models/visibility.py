"""Who is inside a body: one rule for its sessions, agendas, resolutions and papers."""

from __future__ import annotations

from django.db.models import Q

from formats.models.body import Body, Membership
from foundation.accounts import mandates
from foundation.accounts.models import Role, User

# Of the body; a chair of something else is a stranger here.
INSIDERS = (Role.OFFICE, Role.CHAIR, Role.DIV_MEMBER)
SEATED = (*INSIDERS, Role.CIRCLE_MEMBER)
EVERYTHING, NOTHING = Q(pk__isnull=False), Q(pk__isnull=True)


def inside(user: mandates.Actor, body: str = "body") -> Q:
    """Rows whose `body` (a lookup path) `user` sits in or works for; those of no body for nobody.

    Members of all public bodies stay out of private ones. In a private body sitting in it is
    enough: what a seat there allows hangs on no role.
    """
    if mandates.holds(user, Role.OFFICE):
        return EVERYTHING
    seats = {pk for role in SEATED for pk in mandates.subjects_of(user, role, Body)}
    found = Q(**{f"{body}__in": seats}) if seats else NOTHING
    if mandates.holds(user, Role.CHAIR) or mandates.holds(user, Role.DIV_MEMBER):
        found |= Q(**{f"{body}__is_public": True})
    if isinstance(user, User):
        sits_in = Membership.objects.filter(user=user, ends_on=None, body__is_public=False)
        found |= Q(**{f"{body}__in": sits_in.values("body")})
    return found


def is_inside(user: mandates.Actor, body: Body) -> bool:
    """The same for one body; the database is asked for private ones only."""
    if mandates.holds(user, Role.OFFICE):
        return True
    if any(str(body.pk) in mandates.subjects_of(user, role, Body) for role in SEATED):
        return True
    if body.is_public:
        return any(mandates.holds(user, role) for role in (Role.CHAIR, Role.DIV_MEMBER))
    return isinstance(user, User) and body.memberships.filter(user=user, ends_on=None).exists()
