"""Keeps one engine running while anybody is connected to it, then stops it and leaves.

Users hold a connection to the keeper's socket. The kernel closes it even for a killed user, so
no engine is ever forgotten, and a second command can use it without owning it.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from types import FrameType

from launch import process
from launch.console import Problem, told
from launch.engines import postgres, redis
from launch.home import Home

ENGINES = {"postgres": postgres, "redis": redis}
STOP_PATIENCE = 20.0


class Ended(Exception):
    """The engine ended without being asked to."""


def keep(name: str, home: Home, *, careless: bool, listener: socket.socket) -> int:
    """Start engine NAME, tell its URL to everybody who connects, stop with the last of them."""
    engine = ENGINES[name]
    try:
        server, url = engine.start(home, home.socket_folder(), careless=careless)
    except (Problem, OSError) as fault:
        sentence = (told(fault) if isinstance(fault, OSError) else None) or str(fault)
        user, _ = listener.accept()
        _tell(user, f"failed {json.dumps(sentence)}\n")
        return 1
    users: set[socket.socket] = set()
    try:
        _serve(listener, users, url, server)
    except Ended:
        return 1
    finally:
        process.stop(server, engine.STOP_SIGNAL, STOP_PATIENCE)
    return 0


def _serve(
    listener: socket.socket, users: set[socket.socket], url: str, server: subprocess.Popen[bytes]
) -> None:
    """Return when the last user has gone; raises Ended when the engine went first."""
    with selectors.DefaultSelector() as ready:
        ready.register(listener, selectors.EVENT_READ)
        while True:
            for key, _ in ready.select(timeout=0.2):
                if key.fileobj is listener:
                    user, _ = listener.accept()
                    if _tell(user, f"ready {url}\n"):
                        users.add(user)
                        ready.register(user, selectors.EVENT_READ)
                    elif not users:
                        return
                else:
                    user = next(user for user in users if user is key.fileobj)
                    if len(users) == 1:
                        return  # its line closes when all is stopped: that tells the user
                    _let_go(user)
                    ready.unregister(user)
                    users.discard(user)
            if server.poll() is not None:
                raise Ended


def _tell(user: socket.socket, words: str) -> bool:
    """Say it; False, and the line is closed, when the user has been cancelled meanwhile."""
    try:
        user.sendall(words.encode())
    except OSError:
        user.close()
        return False
    return True


def _let_go(user: socket.socket) -> None:
    with user, suppress(OSError):  # a killed user does not listen any more
        user.sendall(b"kept\n")


def _asked_to_leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def main() -> int:
    """Run as `python -m launch.engines.keeper NAME HOME VENV LISTENER careless|careful`."""
    name, path, venv, descriptor, care = sys.argv[1:]
    if os.fork():  # whoever started us has better things to do than to wait for us
        os._exit(0)
    signal.signal(signal.SIGTERM, _asked_to_leave)
    home = Home(Path(path), Path(venv))
    with socket.socket(fileno=int(descriptor)) as listener:
        address = listener.getsockname()
        try:
            return keep(name, home, careless=care == "careless", listener=listener)
        finally:
            # Gone before the listener closes: whoever waits in its queue then starts anew.
            os.unlink(address)  # noqa: PTH108


if __name__ == "__main__":
    sys.exit(main())
