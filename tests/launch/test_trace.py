"""Requirement -> tests, read from the source text of the tests."""

import re
import subprocess
import sys
from pathlib import Path

from launch import trace
from launch.home import ROOT

SOURCE = """
import pytest
pytestmark = [pytest.mark.django_db, pytest.mark.req("R1")]

@pytest.mark.req("R2", "R3")
def test_a(): ...

@pytest.mark.parametrize("x", [pytest.param(1, marks=pytest.mark.req("R4"))])
async def test_b(x): ...

@pytest.mark.req("R5")
class TestC:
    def test_d(self): ...
    def helper(self): ...

@pytest.mark.req("R6")
def not_a_test(): ...
"""


def test_marks_count_for_what_they_stand_on():
    place = "tests/test_x.py"
    assert list(trace.marks(SOURCE, ROOT / place)) == [
        ("R1", f"{place}::test_a"),
        ("R2", f"{place}::test_a"),
        ("R3", f"{place}::test_a"),
        ("R1", f"{place}::test_b"),
        ("R4", f"{place}::test_b"),
        ("R1", f"{place}::TestC::test_d"),
        ("R5", f"{place}::TestC::test_d"),
    ]


def test_every_requirement_has_exactly_one_line():
    said = subprocess.check_output([sys.executable, "portal", "trace"], cwd=ROOT, text=True)
    lines = said.splitlines()
    assert [line.split()[0] for line in lines] == [f"R{number}" for number in range(1, 172)]
    assert all(
        re.fullmatch(r"R\d+ (open|tests/\S+::\S+(, tests/\S+::\S+)*)", line) for line in lines
    )


def test_a_path_outside_the_house_stays_whole():
    place = Path("/elsewhere/test_x.py")
    assert next(trace.marks(SOURCE, place)) == ("R1", "/elsewhere/test_x.py::test_a")
