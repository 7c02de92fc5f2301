"""The doorbell: tells a worker by Redis that there is work, and keeps quiet when Redis is away.

Nothing is lost without it: the sweep finds due rows every five seconds.
"""

from __future__ import annotations

import time

from celery import current_app
from kombu.exceptions import OperationalError

SILENCE_SECONDS = 10.0

_quiet_until = 0.0


def ring(queue: str) -> bool:
    """Ask a worker to drain `queue`; False when the broker does not answer.

    After a failure the bell keeps silent for ten seconds, so that pages stay quick.
    """
    global _quiet_until
    if time.monotonic() < _quiet_until:
        return False
    try:
        current_app.send_task(
            "effects.drain", args=[queue], queue=queue, retry=False, ignore_result=True
        )
    except (OperationalError, OSError):
        _quiet_until = time.monotonic() + SILENCE_SECONDS
        return False
    return True
