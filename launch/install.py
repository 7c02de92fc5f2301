"""The venv with exactly the packages of a hashed lock.

One stamp per lock: `demo` and `test` share the venv and never reinstall each other.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from launch import process, system
from launch.console import DISK_FULL, Problem, last_lines, say, tells_full_disk
from launch.home import ROOT, Home

RUNTIME = "requirements.lock"
# A superset of the runtime lock with the same pins.
DEVELOPMENT = "requirements-dev.lock"
SPACE_NEEDED = {RUNTIME: 700, DEVELOPMENT: 1100}  # megabytes, measured 448 and 640


def install(home: Home, lock: str, *, browser: bool = False) -> None:
    """Make sure that system libraries and the packages of `lock` are there; quick when they are.

    Raises Problem when the network, the rights or the disk do not allow it.
    """
    if "PORTAL_VENV" in os.environ:  # a borrowed venv is its owner's business
        return
    stamp = f"installed-{lock}"
    with home.locked("install"):
        system.provide(home, browser=browser)
        wanted = fingerprint(ROOT / lock)
        if home.python.exists() and home.recall(stamp) == wanted:
            return
        _check_space(home, SPACE_NEEDED[lock])
        _make_venv(home)
        _run_pip(home, lock)
        home.remember(stamp, wanted)
        if lock == DEVELOPMENT:
            home.remember(f"installed-{RUNTIME}", fingerprint(ROOT / RUNTIME))


def fingerprint(lock: Path) -> str:
    """Changes with the lock, the interpreter and the machine, and with nothing else."""
    digest = hashlib.sha256(lock.read_bytes())
    digest.update(f"{sys.version_info[:2]} {sys.base_prefix} {os.uname().machine}".encode())
    return digest.hexdigest()


def _check_space(home: Home, megabytes: int) -> None:
    free = shutil.disk_usage(home.path).free // 1_000_000
    if free < megabytes:
        raise Problem(
            f"{home.path} has {free} MB left and the installation needs {megabytes} MB. "
            "Free some space, or move the state with PORTAL_HOME."
        )


def _make_venv(home: Home) -> None:
    interpreter = f"{sys.version_info[:2]} {sys.base_prefix}"
    if home.python.exists() and home.recall("venv-interpreter") == interpreter:
        return
    for stamp in (home.path / "run").glob("installed-*"):
        stamp.unlink()
    if home.venv.exists():
        shutil.rmtree(home.venv)
    log = home.fresh_log("venv")
    with log.open("wb") as out:
        status = subprocess.call(
            [sys.executable, "-m", "venv", str(home.venv)], stdout=out, stderr=subprocess.STDOUT
        )
    if status:
        raise Problem(f"The virtual environment could not be made. {log} says:{last_lines(log)}")
    home.remember("venv-interpreter", interpreter)


def _run_pip(home: Home, lock: str) -> None:
    """Install the lock by two pips at once, one for each half: pip itself uses one core only."""
    pins = re.split(r"(?m)^(?=[A-Za-z0-9])", (ROOT / lock).read_text(encoding="utf-8"))[1:]
    say(f"Installing {len(pins)} Python packages from {lock} (half a minute)")
    command = [str(home.python), "-m", "pip", "install", "--require-hashes", "--no-deps"]
    # Compiling everything takes 9 s; the modules that are really used compile on first import.
    command += ["--no-compile", "--no-cache-dir", "--disable-pip-version-check", "--no-input"]
    log = home.fresh_log("pip")
    running = []
    for number in range(2):
        half = home.folder("run") / f"pins-{number}.txt"
        half.write_text("".join(pins[number::2]), encoding="utf-8")
        with log.open("ab") as out:
            running.append(
                subprocess.Popen(
                    [*command, "-r", str(half)],
                    stdout=out,
                    stderr=subprocess.STDOUT,
                    preexec_fn=process.dies_with_parent(signal.SIGTERM),
                )
            )
    statuses = [pip.wait() for pip in running]
    if any(statuses):
        raise Problem(f"{_pip_fault(log)} The end of {log}:{last_lines(log, 6)}")


def _pip_fault(log: Path) -> str:
    """Name the two faults that people meet; the log's end tells the others."""
    text = log.read_text(encoding="utf-8", errors="replace")
    if tells_full_disk(text):
        return DISK_FULL
    if re.search(r"HASHES|hashes", text) and "DO NOT MATCH" in text:
        return (
            "A downloaded package differs from the lock and was refused. Check your package index."
        )
    if re.search(r"onnection|resolution|ProxyError|SSLError|timed out|No matching dist", text):
        return (
            "The package registry cannot be reached. Check network, proxy and pip's index "
            "settings, then start again."
        )
    return "pip could not install the packages."
