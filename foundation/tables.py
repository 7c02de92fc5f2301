"""All changes to the tables of an app in one step of a migration.

Django keeps the classes of all models up to date while it migrates: after each new model, field or
constraint it builds anew every class that refers to it over any number of corners, which for us is
nearly all of them. `Tables` notes all its changes first and lets the classes be built once.
"""

from __future__ import annotations

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState


class Tables(Operation):
    """Create models, which may refer to one another in any order, and change older ones.

    Each change sees the classes as they are after all of them: what is new of a new model stands in
    its `CreateModel`.
    """

    category = OperationCategory.MIXED
    reduces_to_sql = True
    reversible = True

    def __init__(self, *changes: Operation) -> None:
        self.changes = changes

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        # Forgotten, the classes are built when next asked for; kept, again for each change.
        vars(state).pop("apps", None)
        for change in self.changes:
            change.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for change in self.changes:
            change.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for change in reversed(self.changes):
            change.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "; ".join(change.describe() for change in self.changes)
