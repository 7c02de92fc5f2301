"""Programs that the walk runs beside the portal: codes of the demo's phones, and the verdicts."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from launch.console import Problem
from launch.home import ROOT

PATIENCE = 120.0
SEAT = re.compile(r"^seat \d+ ([0-9a-f]+)$", re.MULTILINE)
RESULT = re.compile(r"^result sha256 ([0-9a-f]{64})\s*\Z", re.MULTILINE)


def second_factor(user: str, *, ahead: int) -> str:
    """What the phone of a demo person shows, `ahead` steps of 30 s from now."""
    return _manage("totp_code", user, "--ahead", str(ahead)).stdout.split()[-1]


def verdict_on(document: Path) -> dict[str, Any]:
    """What `verify_document` says about a PDF, as its JSON."""
    told = _manage("verify_document", str(document), "--json", lenient=True)
    try:
        verdict: dict[str, Any] = json.loads(told.stdout)
    except ValueError as fault:
        raise Problem(f"verify_document gave no verdict: {_end(told)}") from fault
    return verdict


def draw_again(folder: Path, fingerprint: str) -> tuple[list[str], str]:
    """The seats' tickets in order, and the digest of the result, by the citizens' program.

    Raises Problem when it objects, or knows another fingerprint.
    """
    script = ROOT / "static" / "los1" / "los1_verify.py"
    told = _run([sys.executable, str(script), str(folder), "--fingerprint", fingerprint])
    result = RESULT.search(told.stdout)
    if result is None:
        raise Problem(f"los1_verify.py names no result: {_end(told)}")
    return SEAT.findall(told.stdout), result[1]


def _manage(*words: str, lenient: bool = False) -> subprocess.CompletedProcess[str]:
    return _run([sys.executable, "portal", "manage", *words], lenient=lenient)


def _run(command: Sequence[str], *, lenient: bool = False) -> subprocess.CompletedProcess[str]:
    name = " ".join(Path(word).name for word in command[1:])
    try:
        told = subprocess.run(
            command,
            cwd=ROOT,
            env=os.environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
    except subprocess.TimeoutExpired as fault:
        raise Problem(f"{name} did not end within {PATIENCE:.0f} s.") from fault
    if told.returncode and not lenient:
        raise Problem(f"{name} failed with status {told.returncode}: {_end(told)}")
    return told


def _end(told: subprocess.CompletedProcess[str]) -> str:
    lines = (told.stdout + told.stderr).strip().splitlines()
    return lines[-1] if lines else "it said nothing"
