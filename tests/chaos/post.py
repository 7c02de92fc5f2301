"""A mail server that keeps what it is given, for experiments in which mails leave."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from launch import process
from launch.home import ROOT
from tests.chaos.ground import Ground, until
from tests.loopback import answers


@contextmanager
def mail_server(ground: Ground) -> Iterator[Path]:
    """The folder in which a server of our own puts each mail, until the end of the block."""
    letters = Path(ground.home.folder("mail"))
    command = ["-m", "launch.mailbox", str(settings.EMAIL_PORT), "0", str(letters)]
    server = subprocess.Popen(
        [sys.executable, *command], cwd=ROOT, stdin=subprocess.DEVNULL,
        preexec_fn=process.dies_with_parent(signal.SIGTERM),
    )  # fmt: skip
    try:
        until(lambda: answers(settings.EMAIL_PORT), "the mail server")
        yield letters
    finally:
        process.stop(server, signal.SIGTERM, 5)
