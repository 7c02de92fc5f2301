"""Extending a call: what its form is sent for the open call of the world."""

import datetime as dt

from django.utils import timezone

from circles.models import Call
from foundation.look import moments
from tests.formats.factories import make_meeting


def places(world):
    starts_at = timezone.now() + dt.timedelta(days=90)
    session = make_meeting(world.people["office"], starts_at=starts_at)
    return {"far session": {"pk": session.pk}}


def _extension(world, place):
    call = Call.objects.filter(pk=place["call_id"]).first()
    later = (call.closes_at if call else timezone.now()) + dt.timedelta(days=2)
    return {
        "closes_day": moments.local(later).date().isoformat(), "closes_time": "12:00",
        "meeting": world.places["far session"]["pk"], "reason_de": "Zu wenige",
    }  # fmt: skip


PLAIN: dict[str, dict[str, object]] = {}
DEPENDENT = {"call_extend": _extension}
