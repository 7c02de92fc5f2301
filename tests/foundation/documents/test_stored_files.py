"""Bytes are complete or absent, never different, and leave only by the documented way."""

import errno
import hashlib
import os
import resource
import signal

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from foundation.audit.trail import history_of
from foundation.documents.files import (
    BytesLost,
    StorageFailed,
    purge,
    read,
    store,
    sweep_orphans,
)
from foundation.documents.models import StoredFile

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(files_dir):
    return files_dir


def on_disk(folder) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def letter(files_dir):
    return store(b"Inhalt", name="../../Brief Clara.pdf", media_type="application/pdf")


def test_stored_bytes_come_back_with_digest_and_size(letter, files_dir):
    assert read(letter) == b"Inhalt"
    assert (letter.size, letter.sha256) == (6, hashlib.sha256(b"Inhalt").hexdigest())
    assert letter.name == "Brief Clara.pdf"
    (name,) = on_disk(files_dir)
    assert (len(name), "Clara" in name) == (32, False)
    assert (files_dir / "documents" / letter.content.name).stat().st_mode & 0o007 == 0


def test_the_same_bytes_may_be_stored_twice_and_purged_once(
    letter, django_capture_on_commit_callbacks
):
    other = store(b"Inhalt", name="b", media_type="text/plain")
    with django_capture_on_commit_callbacks(execute=True):
        purge(letter, by=None)
    assert read(other) == b"Inhalt"


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.update(name="anders"),
        lambda rows: rows.update(sha256="0" * 64),
        lambda rows: rows.update(purged_at="2026-01-01T00:00Z", name="", size=7),
        lambda rows: rows.delete(),
    ],
    ids=["rename", "digest", "purge with more", "delete"],
)
def test_the_database_refuses_every_other_change(letter, change):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        change(StoredFile.objects.filter(pk=letter.pk))


def test_purging_removes_bytes_and_name_once_and_says_so(
    letter, files_dir, clara, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        purge(letter, by=clara)
        purge(letter, by=clara)
    letter.refresh_from_db()
    assert (letter.name, on_disk(files_dir)) == ("", [])
    with pytest.raises(BytesLost) as lost:
        read(letter)
    assert lost.value.code == "file-purged"
    assert [(entry.verb, entry.actor_id) for entry in history_of(letter)] == [
        ("file-purged", clara.pk)
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile.objects.filter(pk=letter.pk).update(purged_at=None)


@pytest.mark.parametrize(
    "damage", [lambda path: path.unlink(), lambda path: path.write_bytes(b"x")]
)
def test_damaged_bytes_are_never_served(letter, files_dir, damage):
    damage(files_dir / "documents" / letter.content.name)
    with pytest.raises(BytesLost) as lost:
        read(letter)
    assert lost.value.code == "file-damaged"


@pytest.fixture
def full_disk():
    """The kernel stops this process's files at 4 KiB, as a full disk would."""
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    signal.signal(signal.SIGXFSZ, ignored)


def test_a_full_disk_leaves_neither_file_nor_row(files_dir, full_disk):
    with pytest.raises(StorageFailed, match=os.strerror(errno.EFBIG)):
        store(b"x" * 5000, name="gross.pdf", media_type="application/pdf")
    assert (on_disk(files_dir), StoredFile.objects.count()) == ([], 0)


def test_files_without_a_row_are_swept_after_a_while(letter, files_dir):
    folder = files_dir / "documents" / "aa"
    folder.mkdir(exist_ok=True)
    (folder / "orphan").write_bytes(b"x")
    (folder / ".writing-1").write_bytes(b"x")
    assert sweep_orphans() == 0
    assert sweep_orphans(older_than=0) == 2
    assert read(letter) == b"Inhalt"


def test_files_are_compared_with_their_rows_and_the_odd_ones_named(
    letter, files_dir, capsys, django_capture_on_commit_callbacks
):
    changed, gone, purged = (
        store(name.encode(), name=name, media_type="text/plain") for name in "abc"
    )
    with django_capture_on_commit_callbacks(execute=True):
        purge(purged, by=None)  # an erasure is no fault
    call_command("verify_files")
    assert capsys.readouterr().out == "3 files are whole.\n"
    (files_dir / "documents" / changed.content.name).write_bytes(b"other")
    (files_dir / "documents" / gone.content.name).unlink()
    with pytest.raises(CommandError) as told:
        call_command("verify_files")
    assert str(told.value).splitlines() == [
        "2 of 3 files are missing or changed:",
        f"{changed.pk} {changed.content.name} {changed.sha256} a",
        f"{gone.pk} {gone.content.name} {gone.sha256} b",
    ]
