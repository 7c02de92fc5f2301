"""The house as the architecture page describes it: walls, arrows, doors and names."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[1]
PACKAGES = ("config", "foundation", "partnerships", "formats", "circles")
OWN = {
    "audit",
    "effects",
    "texts",
    "documents",
    "mail",
    "posting",
    "subscriptions",
    "accounts",
    "partnerships",
    "formats",
    "circles",
}
JUNK = {"utils", "helpers", "common", "core", "misc", "services", "managers", "mixins", "constants"}
TAG = re.compile(r"{%.*?%}", re.S)
# Rows of pending work are claimed and finished by machines many times a second (ADR 4).
UNGUARDED = {"Effect"}


def _sources():
    for package in (*PACKAGES, "launch"):
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def _own_models():
    return [model for model in apps.get_models() if model._meta.app_label in OWN]


def _state_fields(model):
    return [f for f in model._meta.fields if f.choices and f.name in {"state", "phase", "status"}]


def _state_models():
    return [model for model in _own_models() if hasattr(model, "TRANSITIONS")]


def test_imports_follow_the_arrows():
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


@pytest.mark.parametrize("folder", [*PACKAGES, "launch", "tests", "static/los1"])
def test_no_file_is_too_long(folder):
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / folder).rglob("*.py")
        if (lines := len(path.read_text().splitlines())) > 400
    }
    assert long == {}


def test_no_template_is_too_long():
    long = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.html")
        if len(path.read_text().splitlines()) > 120
    ]
    assert long == []


def test_no_module_has_a_junk_name():
    names = {path.stem for path in _sources()} | {path.parent.name for path in _sources()}
    assert names & JUNK == set()


def test_nothing_happens_behind_the_back():
    pattern = re.compile(r"@receiver|post_save|pre_save|except Exception|except:")
    found = [str(path) for path in _sources() if pattern.search(path.read_text())]
    saving = [
        path for path in _sources() if "models" in str(path) and "def save(" in path.read_text()
    ]
    assert found + saving == []


def test_a_state_is_assigned_only_by_advance():
    pattern = re.compile(r"\.(state|phase)\s*=[^=]")
    found = [
        str(path.relative_to(ROOT))
        for path in _sources()
        if path.name != "states.py"
        and "launch" not in path.parts
        and pattern.search(path.read_text())
    ]
    assert found == []


def test_templates_hold_no_inline_style_or_script():
    pattern = re.compile(r' style="| on(click|change|submit|load)=|<script>')
    found = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.html")
        if "print" not in path.parts and pattern.search(TAG.sub("", path.read_text()))
    ]
    assert found == []


def test_every_module_tells_its_story():
    silent = [
        str(path.relative_to(ROOT))
        for path in _sources()
        if path.name not in {"__init__.py", "apps.py"}
        and path.read_text().strip()
        and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert silent == []


@pytest.mark.parametrize("model", _state_models(), ids=lambda model: model.__name__)
def test_transition_tables_are_whole(model):
    (field,) = _state_fields(model)
    states = {value for value, _label in field.choices}
    assert {str(state) for state in model.TRANSITIONS} == states
    reached = {str(to) for targets in model.TRANSITIONS.values() for to in targets}
    assert reached <= states
    first = str(field.default)
    assert states == reached | {first}, "a state that nothing leads to"


@pytest.mark.parametrize("model", _own_models(), ids=lambda model: model.__name__)
def test_every_state_is_guarded_by_the_database(db, model):
    fields = _state_fields(model)
    if not fields or model.__name__ in UNGUARDED:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE t.tgrelid = %s::regclass AND p.proname = 'stadtbruecke_guard_state'",
            [model._meta.db_table],
        )
        assert cursor.fetchone()[0] == len(fields)


def test_models_and_migrations_agree(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_migrations_have_names():
    automatic = [
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in (ROOT / package).rglob("migrations/0*.py")
        if re.search(r"_auto_|_alter_|_initial\.py$", path.name)
    ]
    assert automatic == []


def _glossary():
    rows = (ROOT / "docs" / "glossary.md").read_text().split("## Names in the code")[1].splitlines()
    cells = [
        [cell.strip() for cell in row.strip("|").split("|")] for row in rows if row.startswith("|")
    ]
    return {cell[0]: cell for cell in cells[2:]}


def test_the_glossary_names_every_model_and_no_other():
    assert sorted(_glossary()) == sorted(model.__name__ for model in _own_models())


@pytest.mark.parametrize("model", _own_models(), ids=lambda model: model.__name__)
def test_the_glossary_names_every_state(model):
    _name, german, meaning, states, _not = _glossary()[model.__name__]
    assert german
    assert meaning
    fields = [
        f
        for f in model._meta.fields
        if f.choices and f.name in {"state", "phase", "status", "stage"}
    ]
    assert states == ", ".join(value for f in fields for value, _label in f.choices)
