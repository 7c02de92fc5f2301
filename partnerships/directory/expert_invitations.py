"""Asking experts from outside to an event, a circle or a network; they answer by the link."""

from __future__ import annotations

import datetime as dt
import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.mail import outbox
from partnerships.directory.checkups import digest_of
from partnerships.models import Actor, ExpertInvitation

State = ExpertInvitation.State


class ReplyInThePast(DomainError):
    """Nobody can answer by a day that is over."""


class TooLateToAnswer(DomainError):
    """The day by which to answer is over."""


def invite(
    actor: Actor,
    *,
    email: str,
    purpose: str,
    occasion: str,
    reply_by: dt.date,
    language: str = "de",
    on: dt.date | None = None,
    message: str = "",
    by: User,
) -> ExpertInvitation:
    """Mail a link by which `actor` can say yes or no until `reply_by`; raises ReplyInThePast."""
    if reply_by < timezone.localdate() or (on is not None and on < timezone.localdate()):
        raise ReplyInThePast("reply-in-the-past", _("This day is over. Choose a later one."))
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        invitation = ExpertInvitation.objects.create(
            actor=actor,
            email=email.strip().lower(),
            language=language,
            purpose=purpose,
            occasion=" ".join(occasion.split()),
            on=on,
            message=message.strip(),
            reply_by=reply_by,
            token_digest=digest_of(token),
            invited_by=by,
        )
        trail.record("expert.invited", actor, by=by, invitation=invitation.pk)
        outbox.queue(
            "expert_invitation",
            key=f"expert-invitation-{invitation.pk}",
            to=invitation.email,
            to_name=actor.name,
            language=language,
            subject=invitation,
            context={"invitation": invitation, "token": token},
            secret=True,
            by=by,
        )
    return invitation


def find_by_token(token: str) -> ExpertInvitation | None:
    """The invitation behind a link, unless the office took it back."""
    found = ExpertInvitation.objects.exclude(state=State.WITHDRAWN).select_related("actor")
    return found.filter(token_digest=digest_of(token)).first()


def answer(
    invitation: ExpertInvitation, *, accepts: bool, words: str = "", may_publish: bool = False
) -> None:
    """Yes or no, once, in time; `may_publish` lets the expert's entry be seen by everybody.

    Raises TooLateToAnswer; a second answer is refused by the state.
    """
    if invitation.reply_by < timezone.localdate():
        raise TooLateToAnswer(
            "too-late-to-answer",
            _("The day by which to answer is over. Please write to the office instead."),
        )
    with transaction.atomic():
        states.advance(
            invitation,
            State.ACCEPTED if accepts else State.DECLINED,
            by=None,
            answered_at=timezone.now(),
            answer=words.strip(),
        )
        hidden = Actor.objects.standing().filter(pk=invitation.actor_id, is_published=False)
        if may_publish and hidden.update(is_published=True, removed_on=None):
            trail.record("actor.published", invitation.actor, by=None, invitation=invitation.pk)


def withdraw(invitation: ExpertInvitation, *, by: User) -> None:
    """Take an unanswered invitation back; its link leads nowhere from now on."""
    states.advance(invitation, State.WITHDRAWN, by=by, answered_at=timezone.now())
