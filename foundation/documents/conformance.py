"""The checks before a document is listed: archival, accessible, with exactly its own data.

Our own survey always runs; qpdf's check runs too where that program is installed.
"""

from __future__ import annotations

import logging
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from foundation.documents.confinement import ConfinedFailure, Limits, run_confined
from foundation.errors import DomainError

logger = logging.getLogger(__name__)

SURVEY = Limits(memory=768, processor=30, seconds=45.0)
QPDF_SECONDS = 30


class NotConforming(DomainError):
    """The file does not keep what it promises; `problems` are codes for the log and for tests."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(
            "not-conforming",
            _("The PDF failed its own checks before release (%(problems)s); it was not issued.")
            % {"problems": ", ".join(problems)},
        )
        self.problems = list(problems)


def demand_conformance(
    pdf: bytes,
    *,
    languages: Sequence[str],
    attachments: Mapping[str, str],
    foreign: bool = False,
) -> None:
    """Raise NotConforming unless the file is PDF/A-3a and PDF/UA-1 as far as we can tell.

    Demanded: both names in the metadata, every one of `languages` on structure elements, every
    font embedded, signature fields under Form, exactly these `attachments` (name: SHA-256), a
    sound structure. `foreign`: signatures of other software are in it, whose fonts we do not own.
    """
    facts = {
        "languages": list(languages),
        "attachments": dict(attachments),
        "fonts": not foreign,
    }
    try:
        answer, _nothing = run_confined("survey", facts, pdf, limits=SURVEY)
    except ConfinedFailure as failure:
        raise NotConforming([f"unreadable: {failure.reason}"]) from failure
    problems = [*answer["problems"], *_complaints_of_qpdf(pdf)]
    if problems:
        logger.error("release refused: %s", "; ".join(problems))
        raise NotConforming(problems)


def _complaints_of_qpdf(pdf: bytes) -> list[str]:
    program = shutil.which("qpdf")
    if program is None:
        return []
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        done = subprocess.run(  # noqa: S603 - found on PATH, our own file
            [program, "--check", file.name],
            capture_output=True,
            timeout=QPDF_SECONDS,
            check=False,
        )
    return [] if done.returncode == 0 else ["qpdf finds errors"]
