"""Rules that the database keeps by itself, as migration operations.

A state moves only through `states.advance`; an append-only table takes no UPDATE, no DELETE and no
TRUNCATE. The owner of the tables can still switch triggers off: docs/security.md says so.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

GUARD_FUNCTION = """
CREATE OR REPLACE FUNCTION stadtbruecke_guard_state() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  new_state text := to_jsonb(NEW) ->> TG_ARGV[0];
BEGIN
  IF current_setting('stadtbruecke.advance', true) = 'on' THEN RETURN NEW; END IF;
  IF TG_OP = 'INSERT' THEN
    IF new_state IS DISTINCT FROM TG_ARGV[1] THEN
      RAISE EXCEPTION 'state-guard: % starts as "%", not "%"', TG_TABLE_NAME, TG_ARGV[1], new_state
        USING ERRCODE = 'check_violation';
    END IF;
  ELSIF new_state IS DISTINCT FROM (to_jsonb(OLD) ->> TG_ARGV[0]) THEN
    RAISE EXCEPTION 'state-guard: % of % moves only through states.advance',
      TG_ARGV[0], TG_TABLE_NAME
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
"""

APPEND_ONLY_FUNCTION = """
CREATE OR REPLACE FUNCTION stadtbruecke_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  kept jsonb;
  changed jsonb;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    kept := to_jsonb(OLD) - TG_ARGV; changed := to_jsonb(NEW) - TG_ARGV;
    IF kept = changed THEN RETURN NEW; END IF;
  END IF;
  RAISE EXCEPTION 'append-only: % takes no %', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'check_violation';
END $$;
"""


class _TableRule(Operation, ABC):
    """Common frame: runs SQL for one model's table, leaves the migration state alone."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, model_name: str) -> None:
        self.model_name = model_name

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        return None

    @abstractmethod
    def statements(self, table: str) -> list[str]:
        """The SQL that sets the rule up."""

    @abstractmethod
    def undo(self, table: str) -> list[str]:
        """The SQL that ends it."""

    def _table(self, app_label: str, state: ProjectState) -> str:
        return str(state.apps.get_model(app_label, self.model_name)._meta.db_table)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for sql in self.statements(self._table(app_label, to_state)):
            schema_editor.execute(sql, params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for sql in self.undo(self._table(app_label, from_state)):
            schema_editor.execute(sql, params=None)


class GuardState(_TableRule):
    """Refuse any change of `field` outside `states.advance`, and any other first state."""

    def __init__(self, model_name: str, *, initial: str, field: str = "state") -> None:
        super().__init__(model_name)
        self.initial = initial
        self.field = field

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (
            "GuardState",
            [self.model_name],
            {"initial": self.initial, "field": self.field},
        )

    def statements(self, table: str) -> list[str]:
        return [
            GUARD_FUNCTION,
            f'CREATE TRIGGER "{table}_{self.field}_guard" BEFORE INSERT OR UPDATE ON "{table}"'
            f" FOR EACH ROW EXECUTE FUNCTION"
            f" stadtbruecke_guard_state('{self.field}', '{self.initial}')",
        ]

    def undo(self, table: str) -> list[str]:
        return [f'DROP TRIGGER "{table}_{self.field}_guard" ON "{table}"']

    def describe(self) -> str:
        return f"Guard {self.field} of {self.model_name}"


class AppendOnly(_TableRule):
    """Refuse DELETE, TRUNCATE, and UPDATE of every column that is not in `except_columns`."""

    def __init__(self, model_name: str, *, except_columns: tuple[str, ...] = ()) -> None:
        super().__init__(model_name)
        self.except_columns = tuple(except_columns)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return ("AppendOnly", [self.model_name], {"except_columns": self.except_columns})

    def statements(self, table: str) -> list[str]:
        columns = ", ".join(f"'{column}'" for column in self.except_columns)
        return [
            APPEND_ONLY_FUNCTION,
            f'CREATE TRIGGER "{table}_append_only" BEFORE UPDATE OR DELETE ON "{table}"'
            f" FOR EACH ROW EXECUTE FUNCTION stadtbruecke_append_only({columns})",
            f'CREATE TRIGGER "{table}_not_emptied" BEFORE TRUNCATE ON "{table}"'
            f" FOR EACH STATEMENT EXECUTE FUNCTION stadtbruecke_append_only()",
        ]

    def undo(self, table: str) -> list[str]:
        return [
            f'DROP TRIGGER IF EXISTS "{table}_not_emptied" ON "{table}"',
            f'DROP TRIGGER "{table}_append_only" ON "{table}"',
        ]

    def describe(self) -> str:
        return f"Make {self.model_name} append-only"
