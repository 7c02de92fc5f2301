"""Agenda, votes and minutes written at the same moment: whoever comes second waits."""

from __future__ import annotations

import threading

import pytest
from django.db import DatabaseError, connection, transaction

from formats.models import AgendaItem, Meeting, Minutes
from formats.sittings import meetings, minutes, resolutions
from foundation.audit.models import Entry
from tests.formats.factories import text
from tests.formats.rooms import DAY, five, opened

pytestmark = pytest.mark.django_db(transaction=True)


def beside(meeting, job, *, then):
    """`job` in a thread, once we hold the session; `then` when it waits for us."""
    pids, faults = [], []

    def run():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            pids.extend(cursor.fetchone())
        started.set()
        try:
            job()
        except DatabaseError as fault:
            faults.append(fault)
        finally:
            connection.close()

    started = threading.Event()
    thread = threading.Thread(target=run)
    with transaction.atomic():
        Meeting.objects.select_for_update().get(pk=meeting.pk)
        thread.start()
        started.wait()
        while thread.is_alive() and not _waits(pids[0]):
            thread.join(0.01)
        then()
    thread.join()
    assert faults == []


def _waits(pid: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cardinality(pg_blocking_pids(%s)) > 0", [pid])
        return bool(cursor.fetchone()[0])


def test_a_result_is_noted_while_the_agenda_is_written(otto):
    meeting, item = opened(otto, five(otto))

    beside(
        meeting,
        lambda: minutes.set_result(item, text("Empfohlen"), by=otto),
        then=lambda: AgendaItem.objects.filter(pk=item.pk).update(title=text("Radwege")),
    )

    item.refresh_from_db()
    assert (str(item.title), str(item.result)) == ("Radwege", "Empfohlen")


def test_minutes_are_approved_while_they_are_looked_at(otto):
    members = five(otto)
    meeting, _item = opened(otto, members)
    early = Minutes.objects.select_related("meeting").get(meeting=meeting)
    meetings.hold(meeting, by=otto)
    minutes.name_people(early, chair="Vera", taker="Otto", guests="", by=otto)
    minutes.submit(early, by=otto)
    later, _item = opened(otto, members, starts_at=meeting.starts_at + DAY / 100)

    beside(
        meeting,
        lambda: minutes.approve(early, later, by=otto),
        then=lambda: Minutes.objects.select_for_update().get(pk=early.pk),
    )

    assert Minutes.objects.get(pk=early.pk).state == Minutes.State.APPROVED


def test_a_vote_is_counted_while_the_session_is_changed(otto):
    meeting, item = opened(otto, five(otto))
    made = resolutions.open_vote(item, wording="Radwege", procedure="hands", by=otto)

    beside(
        meeting,
        lambda: resolutions.count(made, yes=3, no=1, abstain=1, by=otto),
        then=lambda: type(made).objects.select_for_update().get(pk=made.pk),
    )

    made.refresh_from_db()
    assert made.state == "adopted"
    assert Entry.objects.filter(verb="state.adopted").count() == 1
