"""Ports on this machine's own addresses: is one free, and which is."""

from __future__ import annotations

import errno
import socket

LOOPBACK = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))


def url_of(port: int) -> str:
    """Where a browser on this machine finds a port; by number where nothing knows localhost.

    An empty Debian in a chroot has no /etc/hosts.
    """
    try:
        socket.getaddrinfo("localhost", port)
    except OSError:
        return f"http://127.0.0.1:{port}"
    return f"http://localhost:{port}"


def addresses(port: int) -> list[str]:
    """What a server listens on so that http://localhost:PORT works: 127.0.0.1 and, if any, ::1."""
    found = [f"127.0.0.1:{port}"]
    if _status(socket.AF_INET6, "::1", port) != errno.EADDRNOTAVAIL:
        found.append(f"[::1]:{port}")
    return found


def free(port: int) -> bool:
    """Whether nobody listens on the port, neither by IPv4 nor by IPv6."""
    return not any(
        _status(family, host, port) in (errno.EADDRINUSE, errno.EACCES) for family, host in LOOPBACK
    )


def first_free(wanted: int) -> int:
    """The wanted port, otherwise one that the kernel picks."""
    if free(wanted):
        return wanted
    return any_free()


def next_free(port: int) -> int:
    """The first free port after this one."""
    return next(other for other in range(port + 1, 65536) if free(other))


def any_free() -> int:
    """A port that was free for both address families a moment ago."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        if free(port):
            return port


def _status(family: int, host: str, port: int) -> int:
    """errno of an attempt to listen; 0 when it worked, EADDRNOTAVAIL without that family."""
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            probe.listen(1)
    except OSError as fault:
        if fault.errno == errno.EAFNOSUPPORT:
            return errno.EADDRNOTAVAIL
        return fault.errno or -1
    return 0
