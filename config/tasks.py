"""What the installation as a whole looks after by itself."""

from __future__ import annotations

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from config import seal_watch
from foundation.audit import trail
from foundation.effects import work


class TrailBroken(work.GiveUp):
    """The trail was changed: its chain does not fit any more. Lies on the desk as a dead letter."""

    def __init__(self, link: int) -> None:
        super().__init__(link)
        self.code = f"link {link}"


@shared_task(name="config.watch_seal")
def watch_seal() -> None:
    """Warn before the certificate of the seal ends."""
    seal_watch.watch_seal()


@shared_task(name="config.verify_trail", ignore_result=True)
def verify_trail() -> None:
    """Once a day, however often the clock rings."""
    work.request("trail.verify", str(timezone.localdate()))


@work.handles("trail.verify")
def recompute_the_chain() -> None:
    broken = trail.first_broken_link()
    if broken is not None:
        raise TrailBroken(broken)


@shared_task(name="config.clear_sessions", ignore_result=True)
def clear_sessions() -> None:
    call_command("clearsessions")
