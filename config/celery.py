"""The Celery application: four queues, no results, the database as the only memory."""

from __future__ import annotations

import os
from typing import Any

from celery import Celery
from celery.signals import worker_init
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("stadtbruecke")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(["partnerships"], related_name="directory_tasks")


@worker_init.connect
def refuse_an_unfit_seal(**_of_the_worker: Any) -> None:
    """A production worker that could not seal does not start: only here the key can be tried."""
    # Loads pyHanko, which takes seconds that only the worker should spend.
    from foundation.documents.checks import reason_not_to_seal

    if settings.PORTAL_MODE == "production" and (reason := reason_not_to_seal()):
        raise SystemExit(f"The worker cannot seal. {reason}")
