"""The one proposal of a circle: begun by a member or a host, with a title that may change."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from circles.models import Circle, Proposal
from circles.seating import acting
from foundation.accounts.models import User
from foundation.errors import DomainError
from foundation.languages import LocalizedText


class BegunAlready(DomainError):
    """A circle has one proposal."""


def begin(circle: Circle, title: LocalizedText, *, by: User) -> Proposal:
    """Begin the proposal of a circle at work. Raises NotAtWork, NotAMember, BegunAlready."""
    who = acting.anybody(circle, by)
    try:
        with transaction.atomic():
            made = Proposal.objects.create(circle=circle, title=title)
            who.note("proposal.begun", made)
    except IntegrityError as error:
        raise BegunAlready(
            "begun-already", _("Somebody has begun the proposal already. It is shown below.")
        ) from error
    return made


def retitle(proposal: Proposal, title: LocalizedText, *, by: User) -> None:
    """Give it another title; versions that were kept stay as they are."""
    who = acting.anybody(proposal.circle, by)
    with transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(title=title)
        who.note("proposal.retitled", proposal)
    proposal.title = title


def locked(proposal: Proposal) -> Proposal:
    """Keep others from changing its outline until commit; writing a section goes on."""
    return Proposal.objects.select_for_update(of=("self",), no_key=True).get(pk=proposal.pk)
