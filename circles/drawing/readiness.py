"""Is everything ready for the session? What is missing, in sentences, while there is time."""

from __future__ import annotations

import dataclasses
import datetime as dt

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from circles.drawing import declarations, drand, roles
from circles.models import Call, Declaration, Draw
from foundation.effects import health
from foundation.mail.models import OutgoingMail

FINGERPRINT_MAIL = "draw_declared"
AFTER_SESSION = dt.timedelta(hours=6)


@dataclasses.dataclass(frozen=True)
class Point:
    """One thing to have ready: the sentence says what holds, or what to do."""

    is_ready: bool
    sentence: str


def points(call: Call) -> list[Point]:
    """Everything that the evening needs, in the order in which it is done."""
    draw = Draw.objects.filter(call=call).first()
    if draw is None:
        return [Point(False, _("Close the draw pool at least 24 hours before the session."))]
    declaration = declarations.in_force(draw)
    return [
        _declared(declaration),
        *(_round(call, declaration) if declaration else []),
        _session(call),
        _people(call),
        _mails(call),
        _stamp(declaration),
        _relays(declaration),
        _worker(),
        _rehearsed(call),
    ]


def missing(call: Call) -> list[str]:
    """Only what is not ready yet."""
    return [point.sentence for point in points(call) if not point.is_ready]


def _declared(declaration: Declaration | None) -> Point:
    if declaration is None:
        return Point(False, _("Propose the declaration; nothing can be drawn without it."))
    if declaration.confirmed_at is None:
        return Point(False, _("A second person has to confirm the declaration."))
    return Point(True, _("The declaration is confirmed and public."))


def _round(call: Call, declaration: Declaration) -> list[Point]:
    """The cut-off falls into the session, or dice alone may be thrown by then."""
    meeting = call.meeting
    if declaration.drand_round is None or declaration.cut_off_at is None:
        opens = declaration.draw.frozen_at + declarations.DAY
        if opens <= meeting.starts_at:
            return [Point(True, _("Dice may be thrown when the session begins."))]
        return [Point(False, _("Dice count only 24 hours after the pool was closed: too late."))]
    out_at = drand.time_of(declaration.drand_round)
    if declaration.cut_off_at <= meeting.starts_at:
        return [Point(False, _("The cut-off lies before the session. Declare a later beacon."))]
    if out_at > meeting.ends_at + AFTER_SESSION:
        return [Point(False, _("The beacon comes long after the session. Tell those present."))]
    return [Point(True, _("The cut-off falls into the session."))]


def _session(call: Call) -> Point:
    meeting = call.meeting
    if meeting.state != meeting.State.INVITED:
        return Point(False, _("Invite to the session; the fingerprint stands in the invitation."))
    if not meeting.is_public:
        return Point(False, _("The session is not public. The draw has to be."))
    return Point(True, _("The session is public and its members are invited."))


def _people(call: Call) -> Point:
    """Two people who may type the dice: officer, office, auditor or chair with a role now."""
    holders = roles.of_call(call).in_force()
    if holders.values("user").distinct().count() < 2:
        return Point(False, _("Two people with a role must type the dice. Appoint a second one."))
    return Point(True, _("At least two people may type the dice."))


def _mails(call: Call) -> Point:
    waiting = OutgoingMail.objects.filter(
        kind=FINGERPRINT_MAIL, key__startswith=f"draw-declared-{call.draw_id}-", sent_at=None,
        printed_at=None,
    ).count()  # fmt: skip
    if waiting:
        sentence = ngettext(
            "One mail or letter with the fingerprint has not left. Look into the outbox.",
            "%(n)d mails or letters with the fingerprint have not left. Look into the outbox.",
            waiting,
        )
        return Point(False, sentence % {"n": waiting})
    return Point(True, _("Every applicant's fingerprint has left the house."))


def _stamp(declaration: Declaration | None) -> Point:
    if not settings.TSA_URL:
        return Point(True, _("No time stamp is configured; mails and minutes are the witnesses."))
    if declaration is None or not hasattr(declaration, "stamp"):
        return Point(False, _("The time stamp over the fingerprint has not come yet."))
    return Point(True, _("The fingerprint bears a time stamp."))


def _relays(declaration: Declaration | None) -> Point:
    if declaration is not None and declaration.drand_round is None:
        return Point(True, _("No beacon is needed."))
    if not settings.DRAND_RELAYS:
        return Point(True, _("The beacon is pasted by hand: have a public relay open."))
    return Point(True, _("The beacon is fetched by itself, and can be pasted by hand."))


def _worker() -> Point:
    if health.health().ok:
        return Point(True, _("The worker is alive."))
    return Point(False, _("The worker shows no sign of life. Call the people who run the portal."))


def _rehearsed(call: Call) -> Point:
    if call.trials.exists():
        return Point(True, _("A rehearsal was held."))
    return Point(False, _("Nobody has rehearsed yet. It takes ten minutes."))
