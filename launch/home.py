"""The one folder that holds all state of an embedded installation: PORTAL_HOME.

It knows where things lie, guards them with file locks and remembers what is already done.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from launch.console import Problem

ROOT = Path(__file__).resolve().parent.parent
NOBODY = 65534
# sun_path holds 108 bytes; the longest name put behind the folder is "/.s.PGSQL.5432.lock".
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432.lock")


class Home:
    """A state folder; created on first use, private parts with mode 0700."""

    def __init__(self, path: Path, venv: Path | None = None) -> None:
        self.path = path.absolute()
        self.venv = venv or self.path / "venv"

    @classmethod
    def of_environment(cls) -> Home:
        """PORTAL_HOME, by default `.portal` beside this code; PORTAL_VENV borrows a venv."""
        venv = os.environ.get("PORTAL_VENV")
        home = cls(
            Path(os.environ.get("PORTAL_HOME") or ROOT / ".portal"), Path(venv) if venv else None
        )
        # The database may run as nobody, which has to pass through, not to look around.
        home.path.mkdir(mode=0o711, parents=True, exist_ok=True)
        return home

    @property
    def python(self) -> Path:
        return self.venv / "bin" / "python"

    def folder(self, name: str) -> Path:
        """A private folder inside the home."""
        folder = self.path / name
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder

    def log(self, name: str) -> Path:
        """Where NAME logs; call `fresh_log` to begin a new one."""
        return self.folder("log") / f"{name}.log"

    def fresh_log(self, name: str) -> Path:
        """An empty log file for NAME; the one before stays as NAME.log.1."""
        log = self.log(name)
        if log.exists():
            log.replace(log.with_suffix(".log.1"))
        log.touch(mode=0o600)
        return log

    @contextmanager
    def locked(self, name: str, refusal: str = "") -> Iterator[None]:
        """Hold the home's lock NAME; the kernel takes it back from a killed process.

        A second process waits, or gets Problem(refusal) if there is one.
        """
        with (self.folder("run") / f"{name}.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | (fcntl.LOCK_NB if refusal else 0))
            except BlockingIOError:
                raise Problem(refusal) from None
            yield

    def remember(self, name: str, value: str) -> None:
        """Write down a fact for later commands, all or nothing."""
        fact = self.folder("run") / name
        draft = fact.with_name(f"{name}.{os.getpid()}")
        draft.write_text(value, encoding="utf-8")
        draft.chmod(0o600)
        draft.replace(fact)

    def recall(self, name: str, default: str = "") -> str:
        """What `remember` wrote, or the default."""
        fact = self.folder("run") / name
        return fact.read_text(encoding="utf-8") if fact.exists() else default

    def secret_key(self) -> str:
        """The installation's own key, made once and readable by its owner only."""
        with self.locked("secret"):
            if not self.recall("secret_key"):
                self.remember("secret_key", secrets.token_urlsafe(50))
            return self.recall("secret_key")

    def socket_folder(self) -> Path:
        """A private folder whose path is short and plain enough for sockets and their URLs."""
        inside = self.path / "run" / "sockets"
        if len(os.fsencode(inside)) <= LONGEST_SOCKET_FOLDER and re.fullmatch(
            r"[A-Za-z0-9._/-]+", str(inside)
        ):
            return self.folder("run/sockets")
        name = hashlib.sha256(os.fsencode(self.path.resolve())).hexdigest()[:12]
        folder = Path("/tmp") / f"stadtbruecke-{os.getuid()}-{name}"  # noqa: S108 checked below
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
        ours = found.st_uid in ({os.getuid(), NOBODY} if os.getuid() == 0 else {os.getuid()})
        if not stat.S_ISDIR(found.st_mode) or found.st_mode & 0o077 or not ours:
            raise Problem(f"{folder} does not belong to you alone. Remove it and start again.")
        return folder
