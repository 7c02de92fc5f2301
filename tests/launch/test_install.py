"""What is installed is what the locks say, once; what stands in the way is one sentence."""

import re
import subprocess

import pytest

from launch import install, manage, system
from launch.console import Problem
from launch.home import ROOT, Home

UNREACHABLE = """WARNING: Retrying after connection broken by 'ProxyError('Cannot connect.')'
ERROR: No matching distribution found for celery==5.7.0
"""


def pins(lock: str) -> set[str]:
    return set(re.findall(r"(?m)^\S+==\S+", (ROOT / lock).read_text(encoding="utf-8")))


def test_the_development_lock_holds_the_runtime_lock():
    assert pins(install.RUNTIME) - pins(install.DEVELOPMENT) == set()


def test_every_pin_has_a_hash():
    for lock in (install.RUNTIME, install.DEVELOPMENT):
        blocks = re.split(r"(?m)^(?=[A-Za-z0-9])", (ROOT / lock).read_text(encoding="utf-8"))[1:]
        assert [block for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize(
    ("log", "sentence"),
    [
        (UNREACHABLE, "The package registry cannot be reached."),
        ("OSError: [Errno 28] No space left on device", "The disk is full."),
        ("THESE PACKAGES DO NOT MATCH THE HASHES FROM", "A downloaded package differs"),
        ("ERROR: something else", "pip could not install the packages."),
    ],
)
def test_pip_faults_are_named(tmp_path, log, sentence):
    path = tmp_path / "pip.log"
    path.write_text(log)
    assert install._pip_fault(path).startswith(sentence)


def test_a_full_disk_is_told_before_anything_is_downloaded(tmp_path):
    with pytest.raises(Problem, match=r"has \d+ MB left and the installation needs \d+ MB\."):
        install._check_space(Home(tmp_path), megabytes=10**9)


def test_missing_libraries_name_their_packages(monkeypatch):
    monkeypatch.setattr(system, "LIBRARIES", {"libnowhere.so.9": "libnowhere9"})
    assert "libnowhere9" in system.missing_packages()


@pytest.mark.parametrize(
    ("words", "lock"),
    [(["collect_messages", "new.po"], install.DEVELOPMENT), (["check"], install.RUNTIME)],
)
def test_collecting_messages_brings_its_own_tools(monkeypatch, tmp_path, words, lock):
    asked = []

    def stop_there(home, wanted):
        asked.append(wanted)
        raise Problem("far enough")

    monkeypatch.setenv("PORTAL_HOME", str(tmp_path))
    monkeypatch.setattr(manage, "install", stop_there)
    with pytest.raises(Problem, match="far enough"):
        manage.manage(words)
    assert asked == [lock]


def test_the_script_for_continuous_integration_runs_both_commands():
    script = ROOT / ".ci" / "run"
    assert subprocess.run(["bash", "-n", str(script)]).returncode == 0
    assert re.findall(r"(?m)^python3 portal (\w+)", script.read_text()) == ["test", "check"]
