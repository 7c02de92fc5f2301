"""Future visions: each belongs to a field of action; the D.I.V. adopts them in a session.

One that is not pursued is set aside with a public reason, and can be taken up again as a draft.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from formats.models import ActionField, Meeting, Vision
from formats.numbering import next_whole
from formats.slugs import slug_for
from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText

THREAD_LOCK = 0xFA


class ReasonMissing(DomainError):
    """Setting a vision aside needs a reason."""


class NotAdoptable(DomainError):
    """Only a session that has begun and was not cancelled adopts anything."""


def propose(
    action_field: ActionField,
    *,
    title: LocalizedText,
    text: LocalizedText,
    everyday_need: LocalizedText,
    global_trend: LocalizedText,
    by: User,
) -> Vision:
    """Write down a vision: an everyday need before a global trend."""
    with transaction.atomic():
        vision = Vision.objects.create(
            thread=next_whole(Vision, "thread", lock=THREAD_LOCK),
            action_field=action_field,
            slug=slug_for(Vision, str(title)),
            title=title,
            text=text,
            everyday_need=everyday_need,
            global_trend=global_trend,
        )
        trail.record("vision.proposed", vision, by=by)
    return vision


def adopt(vision: Vision, meeting: Meeting, *, by: User) -> None:
    """The D.I.V. adopted the vision in `meeting`."""
    with transaction.atomic():
        # Cancelling waits for this, and the other way round.
        meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if meeting.state == Meeting.State.CANCELLED:
            raise NotAdoptable(
                "meeting-cancelled", _("This session was cancelled. Choose another.")
            )
        if meeting.starts_at > timezone.now():
            raise NotAdoptable(
                "meeting-ahead",
                _("This session has not begun yet. Note the adoption when it has happened."),
            )
        states.advance(vision, Vision.State.ADOPTED, by=by, adopted_in=meeting)


def set_aside(vision: Vision, *, reason: LocalizedText, by: User) -> None:
    """Do not pursue the vision any more, for a reason that stands on its page.

    Work orders that followed from it go on; new ones do not follow. Raises ReasonMissing.
    """
    if not reason:
        raise ReasonMissing("reason-missing", _("Please write why the vision is set aside."))
    states.advance(vision, Vision.State.SET_ASIDE, by=by, set_aside_reason=reason)


def take_up_again(vision: Vision, *, by: User) -> None:
    """Make a draft of a vision that was set aside; the D.I.V. has to adopt it anew."""
    states.advance(
        vision, Vision.State.DRAFT, by=by, adopted_in=None, set_aside_reason=LocalizedText()
    )
