"""Brings database and static files to the state of the code, once per state.

Stamps make the second start quick: what has not changed is not done again.
"""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from launch import process
from launch.console import DISK_FULL, Problem, last_lines, say, tells_full_disk
from launch.home import ROOT, Home

APPS = ("config", "foundation", "partnerships", "formats", "circles")
LOGINS = "Logins ("  # how the list of `demo_logins` begins
# Everything that migrations, demo data and their loader are made of.
DATA_FILES = (".py", ".json", ".csv", ".txt", ".sql", ".po")


def prepare(home: Home, variables: Mapping[str, str]) -> None:
    """Migrate, load the demo data and collect static files, as far as they changed."""
    static = fingerprint([ROOT / "static", *_inside("static")], None)
    collecting = None
    if home.recall("static-done") != static or not (home.path / "static").exists():
        say("Collecting static files")
        collecting = _begin(home, variables, "collectstatic", "--noinput", "--clear")
    data = fingerprint([ROOT / app for app in APPS], DATA_FILES)
    # The stamp lies beside the cluster, so that it is lost together with it.
    done = home.folder("postgres") / "prepared"
    embedded = not os.environ.get("DATABASE_URL")
    if not (embedded and done.exists() and done.read_text() == data):
        say("Preparing the database and the demo data")
        _finish(home, _begin(home, variables, "prepare_demo"), "prepare_demo")
        told = home.log("prepare_demo").read_text(encoding="utf-8")
        home.remember("logins", told[told.index(LOGINS) :])
        done.write_text(data)
    if collecting is not None:
        _finish(home, collecting, "collectstatic")
        home.remember("static-done", static)


def fingerprint(folders: Iterable[Path], kinds: tuple[str, ...] | None) -> str:
    """A digest over names and bytes of the files of these kinds (None: all) and of the lock."""
    digest = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and (kinds is None or path.suffix in kinds):
                content = path.read_bytes()
                digest.update(f"{path.relative_to(ROOT)} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def _inside(name: str) -> list[Path]:
    """Folders called `name` inside the apps."""
    return [found for app in APPS for found in sorted((ROOT / app).rglob(name)) if found.is_dir()]


def _begin(home: Home, variables: Mapping[str, str], *words: str) -> subprocess.Popen[bytes]:
    with home.fresh_log(words[0]).open("wb") as out:
        return subprocess.Popen(
            [str(home.python), "manage.py", *words],
            cwd=ROOT,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            preexec_fn=process.dies_with_parent(signal.SIGTERM),
        )


def _finish(home: Home, step: subprocess.Popen[bytes], name: str) -> None:
    if step.wait() == 0:
        return
    log = home.log(name)
    if tells_full_disk(log.read_text(encoding="utf-8", errors="replace")):
        raise Problem(DISK_FULL)
    raise Problem(f"{name} failed with status {step.returncode}. {log} ends:{last_lines(log)}")
