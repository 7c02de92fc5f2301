"""All tables of an app at once: in any order, there and back, with the classes built once."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from foundation.tables import Tables


def _model(name, *fields):
    key = ("id", models.BigAutoField(primary_key=True))
    return migrations.CreateModel(name=name, fields=[key, *fields])


@pytest.fixture
def pair():
    """A model that refers to one that comes after it, and to itself."""
    before = models.ForeignKey("trial.egg", models.PROTECT)
    mother = models.ForeignKey("trial.hen", models.PROTECT, null=True)
    return Tables(_model("Hen", ("egg", before), ("mother", mother)), _model("Egg"))


def _ours():
    return sorted(name for name in connection.introspection.table_names() if "trial_" in name)


def _references():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT confrelid::regclass::text FROM pg_constraint"
            " WHERE contype = 'f' AND conrelid = 'trial_hen'::regclass ORDER BY 1"
        )
        return [name for (name,) in cursor.fetchall()]


def test_models_may_refer_to_later_ones_and_go_again(transactional_db, pair):
    before, after = ProjectState(), ProjectState()
    pair.state_forwards("trial", after)
    with connection.schema_editor() as editor:
        pair.database_forwards("trial", editor, before, after)
    assert (_ours(), _references()) == (["trial_egg", "trial_hen"], ["trial_egg", "trial_hen"])
    with connection.schema_editor() as editor:
        pair.database_backwards("trial", editor, after, before)
    assert _ours() == []


def test_classes_are_built_once_for_all_models(pair):
    state = ProjectState()
    built = state.apps
    pair.state_forwards("trial", state)
    assert "apps" not in vars(state)
    assert state.apps is not built
    assert state.apps.get_model("trial", "hen")._meta.get_field("egg").related_model is (
        state.apps.get_model("trial", "egg")
    )


def test_it_says_what_it_creates(pair):
    assert pair.describe() == "Create Hen, Egg"
