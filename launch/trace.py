"""`portal trace`: one line per requirement with the tests that carry its mark.

Reads the tests as source text, so it needs nothing installed and takes a moment only.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from launch.console import Problem, say
from launch.home import ROOT

REQUIREMENTS = ROOT / "docs" / "requirements.md"
TESTS = ROOT / "tests"
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def trace(words: Sequence[str]) -> int:
    """Print `R<n> <tests> | open`; fails when a mark names no known requirement."""
    if words:
        raise Problem("trace takes no arguments: python3 portal trace")
    known = identifiers()
    proofs: dict[str, list[str]] = {}
    for path in sorted(TESTS.rglob("test_*.py")):
        for requirement, test in marks(path.read_text(encoding="utf-8"), path):
            proofs.setdefault(requirement, []).append(test)
    for requirement in known:
        say(f"{requirement} {', '.join(dict.fromkeys(proofs.get(requirement, []))) or 'open'}")
    strange = sorted(set(proofs) - set(known))
    if strange:
        raise Problem(f"Marks without a line in {REQUIREMENTS.name}: {', '.join(strange)}")
    return 0


def identifiers() -> list[str]:
    """R1, R2 … in the order of their number, as docs/requirements.md lists them."""
    if not REQUIREMENTS.exists():
        raise Problem("docs/requirements.md is not there, so there is nothing to trace.")
    rows = REQUIREMENTS.read_text(encoding="utf-8")
    found = set(re.findall(r"(?m)^\|\s*(R[1-9]\d*)\s*\|", rows))
    return sorted(found, key=lambda identifier: int(identifier[1:]))


def marks(source: str, path: Path) -> Iterator[tuple[str, str]]:
    """(requirement, `path::test`) for every `pytest.mark.req(…)` of a test file.

    A mark on a class or in `pytestmark` counts for all tests inside.
    """
    tree = ast.parse(source, str(path))
    shown = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    yield from _inside(tree, str(shown), _of_module(tree))


def _inside(
    node: ast.Module | ast.ClassDef, place: str, above: list[str]
) -> Iterator[tuple[str, str]]:
    for child in node.body:
        if not isinstance(child, Definition):
            continue
        named = [*above, *(one for mark in child.decorator_list for one in _named(mark))]
        if isinstance(child, ast.ClassDef) and child.name.startswith("Test"):
            yield from _inside(child, f"{place}::{child.name}", named)
        elif not isinstance(child, ast.ClassDef) and child.name.startswith("test"):
            for requirement in named:
                yield requirement, f"{place}::{child.name}"


def _of_module(tree: ast.Module) -> list[str]:
    return [
        one
        for statement in tree.body
        if isinstance(statement, ast.Assign)
        and any(
            isinstance(name, ast.Name) and name.id == "pytestmark" for name in statement.targets
        )
        for one in _named(statement.value)
    ]


def _named(expression: ast.expr) -> Iterator[str]:
    """The ids of all `….req("R1", …)` calls in an expression, also deep inside parametrize."""
    for node in ast.walk(expression):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "req"
        ):
            for word in node.args:
                if isinstance(word, ast.Constant) and isinstance(word.value, str):
                    yield word.value
