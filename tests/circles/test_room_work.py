"""Tasks, files, announcements and dates of a circle: who may, what stays, what is refused."""

from __future__ import annotations

import datetime as dt
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from PIL import Image

from circles import permissions
from circles.applying import own_data
from circles.gathering import announcements, date_polls, overview, room_files, tasks
from circles.models import (
    Announcement,
    Circle,
    DateAnswer,
    DateOption,
    DatePoll,
    RoomFile,
    SeatTerm,
    Task,
)
from circles.seating import acting, memberships, terms
from foundation import states
from foundation.accounts.models import User
from foundation.documents import files, uploads
from foundation.mail.models import OutgoingMail
from foundation.states import UndeclaredMove
from tests.circles.factories import circle_at_work, make_circle

pytestmark = [pytest.mark.usefixtures("english"), pytest.mark.req("R114")]
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
PDF = b"%PDF-1.7\nWort\n%%EOF\n"


@pytest.fixture
def circle(otto):
    return circle_at_work(otto, members=3)


def member(n: int) -> User:
    return User.objects.get(email=f"seat{n}@example.org")


def term(circle, n: int) -> SeatTerm:
    return SeatTerm.objects.current().get(seat__circle=circle, seat__number=n)


def add_task(circle, *, owner=2, by=1, days=7, **fields) -> Task:
    return tasks.add(
        circle, title="Umfrage auswerten", owner=term(circle, owner),
        due_on=timezone.localdate() + days * DAY, by=member(by), **fields,
    )  # fmt: skip


# Tasks


def test_a_task_is_put_down_done_and_taken_up_again(circle):
    task = add_task(circle)
    assert (task.state, task.by_member, task.by_host) == ("open", term(circle, 1), None)
    tasks.finish(task, by=member(2))
    assert (task.state, task.settled_at is None) == ("done", False)
    with pytest.raises(UndeclaredMove):
        tasks.drop(task, by=member(2))
    with pytest.raises(tasks.Settled, match="Take it up again"):
        tasks.change(task, title="Anders", owner=term(circle, 3), due_on=task.due_on, by=member(2))
    tasks.reopen(task, by=member(2))
    tasks.change(task, title="Anders", owner=term(circle, 3), due_on=task.due_on, by=member(2))
    assert (task.title, task.owner, task.state) == ("Anders", term(circle, 3), "open")


def test_only_who_sits_in_the_circle_gets_a_task(circle, otto):
    elsewhere = circle_at_work(otto, members=1, name="Anderswo")
    with pytest.raises(tasks.NotTheirs, match="does not sit in the circle"):
        tasks.add(circle, title="x", owner=term(elsewhere, 1), due_on=timezone.localdate(), by=otto)
    task = add_task(circle)
    with pytest.raises(IntegrityError, match="task-of-a-member"), transaction.atomic():
        Task.objects.filter(pk=task.pk).update(owner=term(elsewhere, 1))


def test_what_is_late_is_overdue_from_the_next_day_on(circle):
    assert not add_task(circle, days=0).is_overdue
    late = add_task(circle, days=-1)
    assert late.is_overdue
    tasks.finish(late, by=member(2))
    assert not late.is_overdue


def test_who_may_change_a_task(circle, otto, olaf):
    task = add_task(circle, owner=2, by=1)
    may = {who: permissions.can_change_task(who, task) for who in (member(1), member(2), otto)}
    assert set(may.values()) == {True}
    assert not permissions.can_change_task(member(3), task)
    assert not permissions.can_change_task(olaf, task)


def test_of_a_member_who_left_the_task_stays_and_is_nobodys(circle):
    task = add_task(circle)
    person = member(2)
    assert list(tasks.open_of(person)) == [task]
    memberships.give_back(circle.seats.get(number=2), by=person)
    assert not tasks.open_of(person).exists()
    assert not permissions.can_change_task(person, task)
    terms.forget(person, circle)
    task = Task.objects.select_related("owner__person", "owner__seat").get(pk=task.pk)
    assert (acting.name_of(task.owner), task.title) == ("Seat 2, Science", "Umfrage auswerten")
    tasks.finish(task, by=member(1))
    with pytest.raises(tasks.NotTheirs):
        tasks.reopen(task, by=member(1))


# Files


def test_a_file_is_kept_and_removed_with_a_note(circle, otto):
    kept = room_files.add(circle, name="Plan", data=PDF, by=member(1))
    assert (files.read(kept.file), kept.file.name) == (PDF, "Plan.pdf")
    assert permissions.can_remove_file(member(1), kept)
    assert permissions.can_remove_file(otto, kept)
    assert not permissions.can_remove_file(member(2), kept)
    room_files.remove(kept, by=otto)
    today = f"{timezone.localdate():%-d %B %Y}"
    assert room_files.note_of(kept) == f"Removed by Otto, {today}"
    with pytest.raises(files.BytesLost):
        files.read(type(kept.file).objects.get(pk=kept.file_id))
    with pytest.raises(room_files.FileGone, match="removed already"):
        room_files.remove(kept, by=otto)


def test_a_photo_loses_what_the_camera_wrote_into_it(circle):
    photo = Image.new("RGB", (400, 300), "red")
    exif = photo.getexif()
    exif[0x010F] = "Kamera-am-Heimweg"
    data = BytesIO()
    photo.save(data, "JPEG", exif=exif)
    assert b"Kamera-am-Heimweg" in data.getvalue()
    kept = room_files.add(circle, name="Wand", data=data.getvalue(), by=member(1))
    assert kept.file.media_type == "image/jpeg"
    assert b"Kamera-am-Heimweg" not in files.read(kept.file)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty"),
        (b"<html><script>alert(1)</script>", "none of these kinds: PDF, JPG, PNG"),
        (b"%PDF-1.7" + b"x" * uploads.MAX_BYTES + b"%%EOF", "larger than 20 MB"),
    ],
)
def test_other_files_are_refused_with_a_sentence(circle, data, said):
    with pytest.raises(uploads.UploadRefused, match=said):
        room_files.add(circle, name="x", data=data, by=member(1))
    assert not RoomFile.objects.exists()


def test_a_file_is_never_changed(circle):
    kept = room_files.add(circle, name="Plan", data=PDF, by=member(1))
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        RoomFile.objects.filter(pk=kept.pk).update(name="Anders")


# Announcements


def test_an_announcement_stands_in_the_room_and_leaves_to_each_alone(circle, otto):
    announcements.announce(circle, title="Neuer Raum", text="Wir treffen uns oben.", by=otto)
    said = Announcement.objects.get()
    assert (said.title, acting.author_name(said)) == ("Neuer Raum", "Otto")
    mails = OutgoingMail.objects.filter(kind="circle_message")
    assert sorted(mails.values_list("to", "state")) == [
        (f"seat{n}@example.org", "queued") for n in (1, 2, 3)
    ]
    assert {f"/zirkel/{circle.slug}/raum/" in mail.body for mail in mails} == {True}
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Announcement.objects.update(text="Anders")


# Dates


def ask(circle, by, count=2) -> DatePoll:
    start = timezone.now().replace(microsecond=0) + 7 * DAY
    return date_polls.ask(
        circle, title="Auftakt", place="Raum 3",
        options=[(start + n * DAY, start + n * DAY + HOUR) for n in range(count)], by=by,
    )  # fmt: skip


def test_members_answer_change_their_mind_and_one_date_becomes_a_meeting(circle, otto):
    poll = ask(circle, otto)
    first, second = poll.options.all()
    assert list(date_polls.unanswered_by(member(1))) == [poll]
    date_polls.answer(poll, {first: "yes", second: "no"}, by=member(1))
    date_polls.answer(poll, {first: "no", second: "if_needed"}, by=member(1))
    date_polls.answer(poll, {first: "no", second: "yes"}, by=member(2))
    said = DateAnswer.objects.order_by("option", "member").values_list("word", flat=True)
    assert list(said) == ["no", "no", "if_needed", "yes"]
    assert not date_polls.unanswered_by(member(1)).exists()

    meeting = date_polls.settle(second, by=otto)
    poll.refresh_from_db()
    assert (poll.state, poll.meeting, meeting.place) == ("settled", meeting, "Raum 3")
    assert (meeting.starts_at, meeting.is_public) == (second.starts_at, False)
    with pytest.raises(date_polls.PollOver, match="settled already"):
        date_polls.answer(poll, {first: "yes", second: "yes"}, by=member(1))
    with pytest.raises(date_polls.PollOver):
        date_polls.settle(first, by=otto)
    with pytest.raises(IntegrityError, match="poll-is-open"), transaction.atomic():
        DateAnswer.objects.update(word="yes")


def test_only_members_answer(circle, otto):
    poll = ask(circle, otto, count=1)
    option = poll.options.get()
    with pytest.raises(acting.NotAMember, match="Only members"):
        date_polls.answer(poll, {option: "yes"}, by=otto)
    elsewhere = circle_at_work(otto, members=1, name="Anderswo")
    with pytest.raises(IntegrityError, match="poll-is-open"), transaction.atomic():
        DateAnswer.objects.create(option=option, member=term(elsewhere, 1), word="yes")


def test_dates_that_are_over_or_twice_are_refused(circle, otto):
    start = timezone.now() + DAY
    for options, said in (
        ([], "at least one date"),
        ([(start, start + HOUR)] * 2, "only once"),
        ([(start - 2 * DAY, start)], "is over"),
    ):
        with pytest.raises(date_polls.NoDates, match=said):
            date_polls.ask(circle, title="x", place="y", options=options, by=otto)
    assert not DateOption.objects.exists()


def test_a_date_that_nobody_needs_is_dropped(circle, otto):
    poll = ask(circle, otto)
    date_polls.drop(poll, by=otto)
    assert not date_polls.unanswered_by(member(1)).exists()


# All of it


def test_a_circle_that_has_ended_is_only_read(circle, otto):
    task, kept = add_task(circle), room_files.add(circle, name="Plan", data=PDF, by=otto)
    states.advance(circle, Circle.State.FINISHED, by=otto, ended_at=timezone.now())
    for act in (
        lambda: add_task(circle),
        lambda: tasks.finish(task, by=otto),
        lambda: room_files.add(circle, name="x", data=PDF, by=otto),
        lambda: room_files.remove(kept, by=otto),
        lambda: announcements.announce(circle, title="x", text="y", by=otto),
        lambda: ask(circle, otto),
    ):
        with pytest.raises(acting.NotAtWork, match="can be read, not changed"):
            act()


def test_before_it_works_there_is_no_room(otto):
    with pytest.raises(acting.NotAtWork):
        ask(make_circle(otto), otto)


def test_own_data_tell_what_the_room_holds(circle, otto):
    add_task(circle, owner=1, note="bis mittags")
    room_files.add(circle, name="Plan", data=PDF, by=member(1))
    poll = ask(circle, otto, count=1)
    date_polls.answer(poll, {poll.options.get(): "yes"}, by=member(1))
    told = own_data.of(member(1))["rooms"]
    assert [each["note"] for each in told["tasks"]] == ["bis mittags"]
    assert [each["name"] for each in told["files"]] == ["Plan"]
    assert [each["word"] for each in told["dates"]] == ["yes"]
    assert own_data.of(member(3))["rooms"]["tasks"] == []


@pytest.mark.parametrize("many", [1, 20])
def test_the_overview_asks_five_questions_at_any_size(
    circle, otto, many, django_assert_num_queries
):
    for n in range(many):
        add_task(circle, owner=1 + n % 3)
        room_files.add(circle, name=f"Plan {n}", data=PDF, by=member(1 + n % 3))
        ask(circle, otto)
        announcements.announce(circle, title=f"Wort {n}", text="x", by=otto)
    mine = list(memberships.terms_of(circle, member(1)))
    with django_assert_num_queries(5):
        shown = overview.of_room(circle, mine)
    assert len(shown["polls"]) == many
