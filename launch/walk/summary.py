"""`summary.json`: what the walk made, for people and scripts that come after it."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

from launch.walk.agreement import Signed
from launch.walk.draw import FILES, Drawn

NAME = "summary.json"
MADE = (NAME, "agreement.pdf", *(f"draw/{name}" for name in (*FILES, "minutes.pdf")))


def clear(out: Path) -> None:
    """Take away what an earlier walk left, so that a walk that fails leaves no old answers."""
    for name in MADE:
        (out / name).unlink(missing_ok=True)


def write(
    out: Path, base_url: str, signed: Signed, drawn: Drawn, seconds: dict[str, float]
) -> Path:
    """Write the summary into `out`, all or nothing."""
    told = {
        "base_url": base_url,
        "agreement": {**dataclasses.asdict(signed), "pdf": str(signed.pdf)},
        "draw": dataclasses.asdict(drawn),
        "seconds": seconds,
    }
    target = out / NAME
    draft = target.with_suffix(".part")
    draft.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    draft.replace(target)
    return target
