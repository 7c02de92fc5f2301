"""`/gesund/`: is due work being consumed? For whoever watches the portal."""

from __future__ import annotations

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from foundation.effects import health as effects


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """200 while work is consumed, 503 when it piles up, a queue is silent or the database is away.

    Dead letters are counted but do not make the portal ill: the office sees them on its desk.
    """
    try:
        state = effects.health()
    except (OperationalError, InterfaceError):
        return JsonResponse({"ok": False, "database": False}, status=503)
    facts = {
        "ok": state.ok,
        "database": True,
        "overdue": state.overdue,
        "silent": list(state.silent),
        "dead": state.dead,
    }
    return JsonResponse(facts, status=200 if state.ok else 503)
