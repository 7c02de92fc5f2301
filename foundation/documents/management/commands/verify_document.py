"""Check a PDF on the command line: the same verdict as the public page.

Exit code 0 for "valid", in demo and test installations also for "valid-test"; 1 otherwise.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foundation.documents.authority import is_production
from foundation.documents.verification import (
    CHANGED,
    INCOMPLETE,
    MAX_BYTES,
    NOT_FINAL,
    NOT_ISSUED_HERE,
    VALID,
    VALID_OLDER,
    VALID_TEST,
    NotVerifiable,
    Verdict,
    verify,
)

# Operators read English, like every other command's output.
SENTENCES = {
    VALID: "Valid: this is the current document, unchanged.",
    VALID_TEST: "Valid test document (MUSTER): unchanged, but sealed by a test authority.",
    VALID_OLDER: "Valid, but a newer release replaces it.",
    NOT_FINAL: "Genuine, but not final: signatures are still being collected.",
    INCOMPLETE: "Issued here, but its seal could not be checked completely.",
    CHANGED: "Changed: it comes from here, but it is not what was issued.",
    NOT_ISSUED_HERE: "Not issued here: this installation does not know the file.",
}


class Command(BaseCommand):
    help = "Say whether FILE is a document issued by this installation, and unchanged."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true", help="print the verdict as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            # One byte more than allowed is enough to be told that it is too large.
            with path.open("rb") as file:
                verdict = verify(file.read(MAX_BYTES + 1))
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        except NotVerifiable as refusal:
            if options["json"]:
                self.stdout.write(json.dumps({"verdict": refusal.code, "message": str(refusal)}))
                sys.exit(1)
            raise CommandError(f"{path}: {refusal}") from refusal
        self.stdout.write(
            json.dumps(verdict.as_dict(), indent=2, ensure_ascii=False)
            if options["json"]
            else _in_words(verdict)
        )
        if verdict.verdict not in _accepted():
            sys.exit(1)


def _accepted() -> set[str]:
    return {VALID} if is_production() else {VALID, VALID_TEST}


def _in_words(verdict: Verdict) -> str:
    lines = [
        SENTENCES[verdict.verdict],
        f"  verdict:      {verdict.verdict}",
        f"  number:       {verdict.number or '-'}",
        f"  sha256:       {verdict.sha256} ({'listed' if verdict.sha256_known else 'not listed'})",
        f"  signatures:   {verdict.signatures}, cryptography {verdict.cryptography},"
        f" trust {verdict.trust}, time stamp {verdict.timestamp}",
        f"  coverage:     {verdict.coverage}",
        f"  modification: {verdict.modification}",
        f"  revisions:    {verdict.revisions}",
    ]
    lines += [
        f"  evidence:     {json.dumps(each, ensure_ascii=False)}" for each in verdict.evidence
    ]
    return "\n".join(lines)
