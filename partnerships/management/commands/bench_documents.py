"""What agreements cost in processor time and memory, as JSON; nothing is stored.

The text grows until it fills the pages asked for; one document before warms everything up.
"""

from __future__ import annotations

import json
import os
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from foundation.documents import confinement, sealing
from foundation.documents.authority import ensure_test_authority
from foundation.documents.confinement import Facts
from foundation.documents.rendering import render_measured
from partnerships.signing.rendering import job_of
from partnerships.wording.specimen import specimen


class Command(BaseCommand):
    help = "Measure rendering and sealing of invented agreements."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--pages", type=int, default=8, help="how long the text shall be")
        parser.add_argument("--sections", type=int, help="instead: how many clauses")
        parser.add_argument("--repeat", type=int, default=5, help="how many documents in a row")

    def handle(self, *args: Any, **options: Any) -> None:
        ensure_test_authority()
        sections = options["sections"] or _sections_for(options["pages"])
        job = job_of(specimen(sections))
        render_measured(**job)
        runs, helper, sealed = [], [], []
        for _turn in range(options["repeat"]):
            pdf, facts = render_measured(**job)
            runs.append(facts)
            helper.append(_resident(confinement.helper_pid()))
            started = time.process_time()
            sealing.certify(pdf)
            sealed.append(time.process_time() - started)
        self.stdout.write(json.dumps(_table(sections, runs, helper, sealed), indent=2))


def _sections_for(pages: int) -> int:
    """The smallest number of clauses that fills so many pages."""
    sections = 1
    while True:
        found = int(render_measured(**job_of(specimen(sections)))[1]["pages"])
        if found >= pages:
            return sections
        sections += max(1, (pages - found) * 2)


def _resident(pid: int) -> int:
    """Resident memory of a process in KiB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024


def _table(
    sections: int, runs: list[Facts], helper: list[int], sealed: list[float]
) -> dict[str, Any]:
    seconds = sorted(float(each["seconds"]) for each in runs)
    return {
        "pages": runs[0]["pages"],
        "sections": sections,
        "documents": len(runs),
        "render_cpu_seconds_median": seconds[len(seconds) // 2],
        "render_cpu_seconds_worst": seconds[-1],
        "certify_cpu_seconds_median": round(sorted(sealed)[len(sealed) // 2], 3),
        "peak_memory_mib_first": runs[0]["memory"],
        "peak_memory_mib_last": runs[-1]["memory"],
        "helper_memory_kib_first": helper[0],
        "helper_memory_kib_last": helper[-1],
    }
