"""Where an application stands, in plain words, and what comes next."""

from __future__ import annotations

import dataclasses

from django.utils.translation import gettext as _

from circles import clock
from circles.models import (
    Application,
    Call,
    Departure,
    DrawMotion,
    Offer,
    Place,
    PoolCorrection,
)
from circles.reviewing import inquiries, objections
from foundation.look import moments


@dataclasses.dataclass(frozen=True)
class Standing:
    """A sign (a glyph's name), a short title, and the next step in a sentence."""

    sign: str
    title: str
    next_step: str


def of(application: Application) -> Standing:
    """The standing of `application` now; needs call, circle and meeting fetched."""
    state = application.state
    if state == Application.State.UNCONFIRMED:
        return Standing("half", _("waits for your code"), _("Please type the code from our mail."))
    if state == Application.State.WITHDRAWN:
        return Standing("no", _("withdrawn"), _("Nothing more happens. You may delete your data."))
    if state == Application.State.REJECTED and _was_removed(application):
        text = _("The reason is in our mail and on the public page of the draw. Questions: %(who)s")
        return Standing(
            "no", _("taken out of the draw pool"), text % {"who": application.call.contact}
        )
    if state == Application.State.REJECTED:
        return Standing("no", _("not admitted"), _right_to_object(application))
    if state == Application.State.SUBMITTED:
        return _received(application)
    return _admitted(application)


def _was_removed(application: Application) -> bool:
    """Whether two people took it out of the closed pool again."""
    if application.call.state == Call.State.OPEN:
        return False
    made = PoolCorrection.objects.filter(draw__call=application.call_id)
    return made.that_removed(application.ticket).exists()


def _right_to_object(application: Application) -> str:
    if application.call.state == Call.State.WITHDRAWN:
        return _("The call was withdrawn; nobody is drawn.")
    if application.call.state != Call.State.OPEN:
        return _("The reasons are in our mail. The draw pool is closed, the time to object over.")
    end = objections.ends_at(application)
    if end is None:
        return _("We write to you with the reasons. After that you may object.")
    return _("The reasons are in our mail. You may object until %(end)s.") % {
        "end": moments.moment_text(end)
    }


def _received(application: Application) -> Standing:
    call = application.call
    inquiry = inquiries.open_inquiry(application)
    if inquiry is not None and call.state == Call.State.OPEN:
        text = _("We have a question. Please answer until %(end)s.")
        return Standing(
            "late", _("waits for your answer"), text % {"end": moments.moment_text(inquiry.due_at)}
        )
    if call.state == Call.State.WITHDRAWN:
        return Standing("no", _("call withdrawn"), _("The call was withdrawn; nobody is drawn."))
    if clock.now_for(call) < call.closes_at:
        text = _("You can change it until %(end)s. Then two people check the criteria.")
        return Standing("done", _("received"), text % {"end": moments.moment_text(call.closes_at)})
    return Standing("half", _("in review"), _("Two people check the criteria, yes or no."))


def _admitted(application: Application) -> Standing:
    call = application.call
    if call.state == Call.State.WITHDRAWN:
        return Standing("no", _("call withdrawn"), _("The call was withdrawn; nobody is drawn."))
    if call.state == Call.State.OPEN:
        return Standing(
            "done", _("admitted"), _("Your ticket goes into the draw pool when it is closed.")
        )
    if call.state == Call.State.FROZEN:
        text = _("Your ticket is in the draw pool. The lot decides on %(when)s, in public.")
        when = moments.moment_text(call.meeting.starts_at, call.meeting.body.time_zone)
        return Standing("half", _("in the draw pool"), text % {"when": when})
    return _after_the_draw(application)


def _after_the_draw(application: Application) -> Standing:
    offer = Offer.objects.filter(application=application).order_by("-pk").first()
    if offer is not None and offer.state == Offer.State.OPEN:
        text = _("Please answer by %(end)s, by the link in our mail.")
        return Standing(
            "half",
            _("a place is offered to you"),
            text % {"end": moments.moment_text(offer.answer_by)},
        )
    if offer is not None and offer.state == Offer.State.ACCEPTED:
        return Standing("done", _("member of the circle"), _("We write to you before we meet."))
    going = offer.departures.filter(state=Departure.State.OPEN).first() if offer else None
    if going is not None:
        text = _("Until %(end)s you can change your mind, by the link in our mail.")
        end = moments.moment_text(going.object_until)
        return Standing("half", _("place given back"), text % {"end": end})
    if DrawMotion.objects.annulments().filter(draw__call=application.call_id).exists():
        text = _("This draw was annulled, why stands on its page. You may apply to a further call.")
        return Standing("no", _("draw annulled"), text)
    if offer is not None:
        return Standing("no", _("place given back"), _("The next person was asked."))
    place = Place.objects.filter(draw__call=application.call_id, ticket=application.ticket).first()
    text = _("The lot has fallen on others. Your application was valid; you hold place %(n)s.")
    return Standing("open", _("on the reserve list"), text % {"n": place.number if place else "–"})
