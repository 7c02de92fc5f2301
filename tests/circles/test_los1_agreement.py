"""Two programs, written apart from one text, must say the same of every folder, good or spoilt.
Both are loaded by path and run as on a command line; what they print is compared to the byte."""

import importlib.util
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.circles.los1_corpus import (
    INPUTS,
    KINDS,
    REFUSE,
    VECTOR_RESULT,
    build,
    lay_out,
    reseal,
    sha,
    vector,
    with_result,
)
from tests.circles.los1_faults import mutations

ROOT = Path(__file__).parents[2]
PROGRAMS = {
    "los1_verify": ROOT / "static" / "los1" / "los1_verify.py",
    "los1_lottery": ROOT / "circles" / "lottery.py",
}
WORDS = ["", "0", "1", "2", "7", "-", "01", "+1", "1_0", "0x1", "ä", "٣", "9" * 19, "1" + "0" * 19]
WORDS += ["none", "dice6", "20", "1000", "lotto6aus49", "2023-08-25", "quota", "a|b", "zz", "los1"]
WORDS += ["draw", "count", "drand", "public", "fallback", "types"]


@pytest.fixture(scope="module")
def programs():
    loaded = []
    for name, path in PROGRAMS.items():
        spec = importlib.util.spec_from_file_location(name, path)
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module  # dataclasses look their module up there
        spec.loader.exec_module(module)
        loaded.append(module)
    yield loaded
    for name in PROGRAMS:
        del sys.modules[name]


@pytest.fixture
def ask(programs, tmp_path, capsys, plain_console):
    """Show a folder to both: (exit status, what was printed, on how many lines it complained)."""
    there = {}

    def ask(folder):
        nonlocal there
        lay_out(tmp_path, folder, there)
        there = folder
        answers = []
        for program in programs:
            code = program.main([str(tmp_path)])
            out, err = capsys.readouterr()
            answers.append((code, out, err.count("\n")))
        return answers

    return ask


@pytest.mark.parametrize("path", PROGRAMS.values(), ids=PROGRAMS)
def test_vector_as_a_separate_process(tmp_path, path):
    lay_out(tmp_path, vector())
    command = [sys.executable, "-O", str(path), str(tmp_path)]
    environment = {**os.environ, "LC_ALL": "C", "PYTHONHASHSEED": "3"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith(f"\nresult sha256 {VECTOR_RESULT}\n")


def test_three_hundred_random_draws(ask):
    chance = random.Random(300)
    for number in range(300):
        folder = build(KINDS[number % len(KINDS)], chance.choice([1, 2, 3, 5, 20, 60, 150]), number)
        one, other = ask(folder)
        assert one == other
        assert (one[0], one[2]) == (0, 0)
        assert one[1].endswith(f"result sha256 {sha(folder['result.txt'])}\n")


SPOILT = {
    "vector": vector(),
    **{kind: build(kind, 7, 1) for kind in KINDS},
    "one ticket": build("simple", 1),
    "quotas, one ticket": build("quotas", 1),
    "quotas, two tickets": build("quotas", 2),
    "large quotas": build("quotas", 30, 1),
}


@pytest.mark.parametrize("folder", SPOILT.values(), ids=SPOILT)
def test_every_spoilt_folder(ask, folder):
    """Both refuse it with one line, or both draw the same other result from it."""
    disagreements = []
    for mutation in mutations(folder):
        one, other = ask(mutation.folder)
        refused = (1, "", 1)
        if one != other or (mutation.want == REFUSE and one != refused):
            disagreements.append((mutation.name, mutation.want, one, other))
    assert disagreements == []


def test_folders_spoilt_at_random(ask):
    """Words and lines exchanged at random, then sealed anew: the two must not differ in any."""
    chance = random.Random(7)
    accepted = 0
    for number in range(1500):
        folder = vector() if number % 7 == 6 else build(KINDS[number % 7], 5, number % 5)
        spoilt = {name: folder[name] for name in INPUTS if name in folder}
        for _ in range(chance.choice([1, 1, 2])):
            name = chance.choice(sorted(spoilt))
            lines = spoilt[name].split(b"\n")
            at = chance.randrange(len(lines))
            words = lines[at].split(b" ")
            words[chance.randrange(len(words))] = chance.choice(WORDS).encode()
            lines[at : at + 1] = chance.choice(
                [[b" ".join(words)], [b" ".join(words)], [], [lines[at], chance.choice(lines)]]
            )
            spoilt[name] = b"\n".join(lines)
        spoilt = reseal(folder, spoilt)
        one, other = ask(spoilt)
        assert one == other, (number, spoilt)
        if one[0] == 0:
            accepted += 1
            assert one[1].endswith(f"result sha256 {sha(with_result(spoilt)['result.txt'])}\n")
    assert accepted >= 20
