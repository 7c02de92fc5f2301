"""Walks both roads, tells each step with its seconds, and ends with what was made and where.

Status 0 when both verdicts hold, 1 with one sentence otherwise.
"""

from __future__ import annotations

import argparse
import os
import secrets
import sys
import time
from pathlib import Path

from launch.console import Problem, say
from launch.walk import summary
from launch.walk.agreement import AgreementRoad
from launch.walk.draw import CircleRoad
from launch.walk.letters import LetterBox
from launch.walk.steps import Steps


def main() -> int:
    """Parse, walk, tell."""
    parser = argparse.ArgumentParser(prog="python -m launch.walk", allow_abbrev=False)
    parser.add_argument("--base-url", required=True)
    parser.add_argument("--mail-dir", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    wish = parser.parse_args()
    steps = Steps()
    try:
        _walk(wish.base_url.rstrip("/"), LetterBox(wish.mail_dir), wish.out, steps)
    except Problem as problem:
        print(f"Stopped at “{steps.present}”: {problem}", file=sys.stderr, flush=True)
        return 1
    return 0


def _walk(base_url: str, letters: LetterBox, out: Path, steps: Steps) -> None:
    (out / "draw").mkdir(parents=True, exist_ok=True)
    summary.clear(out)
    mark = secrets.token_hex(2)
    say(f"Walking both roads at {base_url}, mark {mark}")
    began = time.monotonic()
    signed = AgreementRoad(base_url, letters, steps, mark).walk(out)
    agreed = time.monotonic()
    drawn = CircleRoad(base_url, letters, steps, mark).walk(out / "draw")
    seconds = {
        "bootstrap": float(os.environ.get("PORTAL_SECONDS_BOOTSTRAP", "0")),
        "first_page": float(os.environ.get("PORTAL_SECONDS_FIRST_PAGE", "0")),
        "agreement": round(agreed - began, 1),
        "draw": round(time.monotonic() - agreed, 1),
    }
    written = summary.write(out, base_url, signed, drawn, seconds)
    say(
        f"\nAgreement {signed.number}: {signed.verdict}, signed by {' and '.join(signed.signed_by)}"
        f"\n  {signed.pdf}"
        f"\nDraw {drawn.id}: {drawn.verdict}, {len(drawn.seats)} seats by lot are taken"
        f"\n  result {drawn.result_sha256}\n  {out / 'draw'}"
        f"\nSummary: {written}"
    )


if __name__ == "__main__":
    sys.exit(main())
