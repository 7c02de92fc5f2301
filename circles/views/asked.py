"""Which call a public page is about: the newest one, or the trial that its link names."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest

from circles.calling import calls, trials
from circles.models import Call, Circle

TRIAL = "probe"


def asked_call(request: HttpRequest, circle: Circle, found: object) -> Call:
    """The trial of ?probe=…, else the current one among `found` (a queryset); 404 without one."""
    signed = request.GET.get(TRIAL)
    call = calls.current_call(circle, found) if signed is None else trials.find(signed)
    if call is None or call.circle_id != circle.pk:
        raise Http404
    return call


def trial_query(call: Call) -> str:
    """What links between the pages of a trial carry on; nothing for a real call."""
    return f"?{urlencode({TRIAL: trials.signed_id(call)})}" if call.is_trial else ""
