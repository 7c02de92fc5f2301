"""The trail: rows for ever, sealed into a chain that shows any change."""

import pytest
from django.db import IntegrityError, connection, transaction

from foundation.audit import trail
from foundation.audit.models import Entry, Sighting


def test_the_chain_covers_every_entry_once(otto, clara):
    Entry.objects.count()
    for n in range(3):
        trail.record("test.done", clara, by=otto, n=n)
    sealed = trail.seal_trail()
    assert sealed == Entry.objects.count()
    assert trail.seal_trail() == 0
    assert trail.first_broken_link() is None
    assert trail.head_of_trail()[0] == sealed


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET verb = 'x'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry CASCADE",
    ],
)
def test_rows_take_no_update_no_delete_and_no_truncate(clara, statement):
    trail.record("test.done", clara, by=None)
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_changed_entry_breaks_the_chain(clara):
    trail.record("test.one", clara, by=None)
    entry = trail.record("test.two", clara, by=None)
    trail.seal_trail()
    with connection.cursor() as cursor:  # what only the database's owner can do
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_append_only")
        cursor.execute("UPDATE audit_entry SET verb = 'x' WHERE id = %s", [entry.pk])
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER audit_entry_append_only")
    assert trail.first_broken_link() == entry.link.n


def test_looking_at_people_is_logged(otto, clara, olaf):
    trail.log_access(otto, [clara, olaf], purpose="review")
    assert list(Sighting.objects.values_list("viewer_id", "subject_id", "purpose")) == [
        (otto.pk, str(clara.pk), "review"),
        (otto.pk, str(olaf.pk), "review"),
    ]


UPDATE, DELETE, TRUNCATE = 16, 8, 32  # bits of pg_trigger.tgtype
# Triggers of their own say which UPDATE these take.
GUARDED_OTHERWISE = {"circles_draw"}


def test_every_append_only_table_refuses_to_be_changed_and_emptied(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, bit_or(tgtype::int) FROM pg_trigger"
            " WHERE tgfoid = 'stadtbruecke_append_only'::regproc AND tgenabled = 'O'"
            " GROUP BY 1 ORDER BY 1"
        )
        refused = dict(cursor.fetchall())
    assert len(refused) > 30
    for table, bits in refused.items():
        assert bits & DELETE and bits & TRUNCATE, table
        assert bool(bits & UPDATE) is (table not in GUARDED_OTHERWISE), table
