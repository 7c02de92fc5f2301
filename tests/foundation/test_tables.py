"""All changes to tables at once: in any order, there and back, with the classes built once."""

import pytest
from django.db import IntegrityError, connection, migrations, models
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


def test_older_tables_get_columns_and_rules_in_the_same_step(transactional_db):
    old, before = _model("Hen"), ProjectState()
    old.state_forwards("trial", before)
    egg = models.ForeignKey("trial.egg", models.PROTECT, null=True)
    change = Tables(
        _model("Egg"),
        migrations.AddField("hen", "egg", egg),
        migrations.AddField("hen", "weight", models.IntegerField(default=1)),
        migrations.AddConstraint(
            "hen", models.CheckConstraint(condition=models.Q(weight__gt=0), name="hen_weighs")
        ),
    )
    after = before.clone()
    change.state_forwards("trial", after)
    with connection.schema_editor() as editor:
        old.database_forwards("trial", editor, ProjectState(), before)
        change.database_forwards("trial", editor, before, after)
    with pytest.raises(IntegrityError, match="hen_weighs"):
        after.apps.get_model("trial", "hen").objects.create(weight=0)
    assert _references() == ["trial_egg"]
    with connection.schema_editor() as editor:
        change.database_backwards("trial", editor, after, before)
        old.database_backwards("trial", editor, before, ProjectState())
    assert _ours() == []


def test_it_says_what_it_does(pair):
    assert pair.describe() == "Create model Hen; Create model Egg"
