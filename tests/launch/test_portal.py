"""The front door: words it knows, sentences for what people can put right."""

import ast
import os
import re
import socket
import subprocess
import sys

import pytest

from launch import ports
from launch.home import ROOT


def portal(trial, *words):
    return subprocess.run(
        [sys.executable, "portal", *words],
        cwd=ROOT,
        env=trial.environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_it_is_short_and_old_pythons_can_read_it():
    source = (ROOT / "portal").read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 120
    assert ast.parse(source, feature_version=(3, 7))
    # Nothing of launch/ is imported before the version has been looked at.
    assert source.index("sys.version_info < (3, 11)") < source.index("from launch")


@pytest.mark.parametrize(("words", "status"), [([], 2), (["dmeo"], 2), (["help"], 0)])
def test_unknown_words_are_answered_with_the_known_ones(trial, words, status):
    said = portal(trial, *words)
    assert said.returncode == status
    assert (said.stdout + said.stderr).startswith("Usage: python3 portal COMMAND\n")


@pytest.mark.parametrize("command", [["demo"], ["bench", "--serve"]])
def test_a_taken_port_is_told(trial, command):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        said = portal(trial, *command, "--port", str(other.getsockname()[1]))
    assert said.returncode == 1
    assert "is taken by another program" in said.stderr


def test_a_taken_port_is_told_with_a_free_one(trial):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = portal(trial, "demo", "--port", str(port))
    assert said.returncode == 1
    found = re.fullmatch(
        rf"Port {port} is taken by another program\. "
        r"Choose another one: python3 portal demo --port (\d+)\n",
        said.stderr,
    )
    assert int(found[1]) > port
    assert trial.processes() == {}


def test_a_second_demo_in_the_same_home_is_told(trial):
    with trial.home.locked("demo"):
        said = portal(trial, "demo", "--port", str(ports.any_free()))
    assert said.returncode == 1
    assert said.stderr == "Another demo runs in this home. Stop it, or set PORTAL_HOME.\n"


def test_a_home_that_is_a_file_or_read_only_is_told(trial):
    place = trial.path / "file"
    place.write_text("")
    trial.path = place / "home"
    said = portal(trial, "manage", "check")
    assert said.returncode == 1
    assert said.stderr == (
        f"This place cannot be written ({place / 'home'}). "
        "Point PORTAL_HOME to a folder of yours.\n"
    )


def test_manage_passes_words_and_status_on(trial):
    said = portal(
        trial,
        "manage",
        "shell",
        "-v0",
        "-c",
        "import os; print(os.environ['PORTAL_MODE']); exit(7)",
    )
    assert said.stdout == "demo\n"
    assert said.returncode == 7
    assert trial.engines() == {}


def test_the_secret_key_is_made_once_and_private(trial):
    first = trial.home.secret_key()
    assert len(first) >= 50
    assert trial.home.secret_key() == first
    assert (trial.path / "run" / "secret_key").stat().st_mode & 0o777 == 0o600


def test_ports_in_use_are_not_free_for_either_family():
    for family, host in ports.LOOPBACK:
        with socket.socket(family) as other:
            other.bind((host, 0))
            other.listen()
            assert not ports.free(other.getsockname()[1])
    assert ports.free(ports.any_free())
    assert os.environ["PORTAL_MODE"] == "test"


def test_the_address_is_a_number_where_nothing_knows_localhost(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *asked: [])
    assert ports.url_of(8000) == "http://localhost:8000"

    def unknown(*asked):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert ports.url_of(8000) == "http://127.0.0.1:8000"
