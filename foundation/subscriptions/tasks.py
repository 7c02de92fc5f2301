"""Clearing away what nobody confirmed."""

from __future__ import annotations

from celery import shared_task

from foundation.subscriptions import asking


@shared_task(name="subscriptions.forget", ignore_result=True)
def forget() -> None:
    asking.forget_unconfirmed()
