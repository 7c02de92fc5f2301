"""What the installation as a whole looks after by itself."""

from __future__ import annotations

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from config import seal_watch
from config.pages.thread import sheets
from formats.models import Vision
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


@shared_task(name="config.order_threads", ignore_result=True)
def order_threads() -> None:
    sheets.order_stale()


@work.handles(sheets.EFFECT)
def make_thread_sheet(vision_id: int, language: str) -> None:
    sheets.make(Vision.objects.select_related("adopted_in").get(pk=vision_id), language)
