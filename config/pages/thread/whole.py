"""All steps of a thread, put together from every app."""

from __future__ import annotations

from config.pages.thread import of_circles, of_formats, of_results
from config.pages.thread.steps import Step, in_order
from formats.models import Vision
from foundation.accounts.mandates import Actor


def steps_of(vision: Vision, reader: Actor) -> list[Step]:
    """What this reader may see of it, by day."""
    found = list(of_formats.beginning(vision, reader))
    for order in of_formats.orders_of(vision):
        found += of_formats.on_order(order)
        found += of_circles.on_order(order, reader)
        found += of_results.on_order(order, reader)
    return in_order(found)
