"""Doing things at the same moment, as people do."""

from __future__ import annotations

import threading

from django.db import connection


def at_once(*jobs) -> None:
    """Run every job in a thread of its own, all beginning together."""
    start = threading.Barrier(len(jobs))

    def run(job):
        start.wait()
        try:
            job()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
