"""Finding the person: who is logged in, or who is behind a confirmed address."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone

from foundation.accounts.models import User


def myself(request: HttpRequest) -> User:
    """The person who is logged in; behind `login_required` there always is one."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def one_line(text: str) -> str:
    """`text` without line breaks and doubled blanks: names stand in the head of mails."""
    return " ".join(text.split())


def start_of_day(moment: dt.datetime) -> dt.datetime:
    """The same day without its time."""
    return timezone.localtime(moment).replace(hour=0, minute=0, second=0, microsecond=0)


def forget_moments(person: User) -> None:
    """Keep only the days on which somebody came and logged in last."""
    last = person.last_login
    User.objects.filter(pk=person.pk).update(
        date_joined=start_of_day(person.date_joined), last_login=last and start_of_day(last)
    )


def person_with(email: str, *, name: str = "", language: str = "de") -> User:
    """The person with this address, made without a password if there is none yet.

    Call it only for an address that was confirmed, or that an administrator vouches for. Two calls
    at once make one person. Raises ValidationError for something that is no address.
    """
    person = User(
        email=email.strip().lower(),
        name=one_line(name),
        language=language,
        # The moment would tell which code it was, and so which ticket.
        date_joined=start_of_day(timezone.now()),
    )
    person.set_unusable_password()
    person.full_clean(exclude=["password"], validate_unique=False, validate_constraints=False)
    User.objects.bulk_create([person], ignore_conflicts=True)
    return User.objects.get(email=person.email)
