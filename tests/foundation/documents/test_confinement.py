"""The cell: many at once, after a fork, without secrets, without network, without traces."""

import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from foundation.documents import confinement
from foundation.documents.confinement import ConfinedFailure, Limits, run_confined

PLAIN = {
    "title": "T",
    "language": "de",
    "stylesheets": [],
    "attachments": [],
    "created": None,
    "number": "",
    "identifier": "",
    "signature_fields": False,
}


def typeset(html: str = "<p>x</p>", **limits) -> bytes:
    return run_confined("typeset", PLAIN, html.encode(), limits=Limits(**limits))[1]


def helper_pid() -> int:
    return confinement._desk.helper.process.pid


def test_jobs_of_several_threads_share_one_helper():
    first = typeset()
    pid = helper_pid()
    with ThreadPoolExecutor(4) as threads:
        results = list(threads.map(lambda _turn: typeset(), range(8)))
    assert results == [first] * 8
    assert helper_pid() == pid


def test_a_forked_worker_gets_a_helper_of_its_own():
    """Celery forks its workers after the first import; a shared line would mix up answers."""
    expected = typeset()
    pid = helper_pid()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        same = typeset() == expected and helper_pid() != pid
        confinement.close_helper()
        os.write(writer, b"1" if same else b"0")
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as answer:
        assert answer.read() == b"1"
    os.waitpid(child, 0)
    assert (typeset(), helper_pid()) == (expected, pid)


def test_a_killed_helper_is_replaced():
    expected = typeset()
    killed = confinement._desk.helper.process
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()
    assert typeset() == expected
    assert helper_pid() != killed.pid


def test_the_helper_knows_no_secrets(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "geheim")
    monkeypatch.setenv("DATABASE_URL", "postgres://geheim")
    confinement.close_helper()
    typeset()
    names = {
        entry.split("=")[0]
        for entry in Path(f"/proc/{helper_pid()}/environ").read_text().split("\0")
        if entry
    }
    assert names <= {
        "FONTCONFIG_FILE",
        "LANG",
        "LD_LIBRARY_PATH",
        "PATH",
        "PYTHONHASHSEED",
        "PYTHONPATH",
        "PYTHONWARNINGS",
        "TMPDIR",
    }


def test_a_killed_job_leaves_no_scratch_files(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(ConfinedFailure) as failure:
        typeset("<p>Lorem ipsum</p>" * 3000, seconds=0.3)
    assert failure.value.reason == "time"
    assert list(tmp_path.iterdir()) == []


CELL = """
import socket, sys, tempfile
from foundation.documents import cell
room = tempfile.mkdtemp(dir=sys.argv[2])
cell._lock_the_door({"memory": 512, "processor": 5, "seconds": 5}, room)
try:
    socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=2)
except cell.Forbidden as error:
    sys.stdout.write(f"refused {str(error).split()[0]}")
"""


def test_code_in_a_cell_reaches_no_network(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        port = str(server.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-c", CELL, port, str(tmp_path)],
            cwd=confinement.PROJECT,
            capture_output=True,
            text=True,
            check=True,
        )
        with pytest.raises(BlockingIOError):
            server.accept()
    assert done.stdout == "refused socket.getaddrinfo"


OWNER = """
import sys
from foundation.documents import confinement
confinement.run_confined("inspect", {"anchors": ""}, sys.stdin.buffer.read())
sys.stdout.write(f"{confinement._desk.helper.process.pid}\\n"); sys.stdout.flush()
sys.stdin.close()
import signal; signal.pause()
"""


def test_the_helper_ends_with_its_owner_however_that_one_dies(rendered):
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER],
        cwd=confinement.PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    owner.stdin.write(rendered)
    owner.stdin.close()
    helper = int(owner.stdout.readline())
    watch = os.pidfd_open(helper)
    owner.kill()
    owner.wait()
    owner.stdout.close()
    readable, _writable, _failed = select.select([watch], [], [], 10)  # readable once it ended
    os.close(watch)
    assert readable == [watch]
