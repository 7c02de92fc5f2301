"""Who is in the room: terms, deputies, coming and going, the quorum at every vote."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from formats.models import AgendaItem, Attendance, Meeting, Membership, Resolution
from formats.sittings import agenda, bodies, meetings, resolutions, sessions
from foundation import states
from foundation.accounts import mandates
from foundation.accounts.models import Role, User
from tests.formats.factories import make_body, make_meeting, text
from tests.formats.rooms import DAY, HOUR, five, invited, opened, seat

BERLIN = "Europe/Berlin"


def vote(item, *, yes, no, abstain, by, wording="Das D.I.V. empfiehlt Radwege."):
    made = resolutions.open_vote(item, wording=wording, procedure="hands", by=by)
    resolutions.count(made, yes=yes, no=no, abstain=abstain, by=by)
    made.refresh_from_db()
    return made


# Members


def test_a_term_ends_by_itself_and_with_it_the_mandate(otto):
    body, today = make_body(otto), timezone.localdate()
    last = seat(otto, "Ada", term_ends_on=today)
    over = seat(otto, "Bert", term_ends_on=today - DAY)
    assert list(meetings.members_on(body, today)) == [last]
    assert mandates.holds(last.user, Role.DIV_MEMBER, body)
    assert not mandates.holds(over.user, Role.DIV_MEMBER, body)
    ends_at = last.user.mandates.get(role=Role.DIV_MEMBER).ends_at
    assert timezone.localtime(ends_at).date() == today + DAY
    again = seat(otto, "Bert", starts_on=today)
    assert again.pk != over.pk
    over.refresh_from_db()
    assert over.ends_on == today - DAY


def test_a_term_is_renewed_with_what_it_allows(otto):
    body, today = make_body(otto), timezone.localdate()
    over = seat(otto, "Bert", term_ends_on=today - DAY, is_deputy_chair=True)
    bodies.set_term(over, today + 30 * DAY, by=otto)
    assert list(meetings.members_on(body, today)) == [over]
    held = over.user.mandates.in_force().order_by("role").values_list("role", "ends_at")
    assert [(role, timezone.localtime(ends_at).date() - today) for role, ends_at in held] == [
        (Role.CHAIR, 31 * DAY), (Role.DIV_MEMBER, 31 * DAY),
    ]  # fmt: skip
    bodies.set_term(over, None, by=otto)
    ends = over.user.mandates.in_force().values_list("ends_at", flat=True)
    assert list(ends) == [None, None]


def test_a_term_cannot_end_before_it_begins(otto):
    with pytest.raises(bodies.TermsCross, match="ends before it begins"):
        seat(otto, "Ada", starts_on=dt.date(2026, 5, 2), term_ends_on=dt.date(2026, 5, 1))
    member = seat(otto, "Bert")
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(pk=member.pk).update(term_ends_on=dt.date(2019, 1, 1))


@pytest.mark.req("R103")
def test_the_database_knows_three_groups_and_no_fourth(otto):
    member = seat(otto, "Ada")
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(pk=member.pk).update(group="friends")


def test_the_deputy_chair_leads_like_the_chair(otto):
    deputy = seat(otto, "Ada", is_deputy_chair=True)
    roles = deputy.user.mandates.values_list("role", flat=True)
    assert sorted(roles) == [Role.CHAIR, Role.DIV_MEMBER]


def test_nobody_stands_in_for_a_member_of_another_body(otto):
    member = seat(otto, "Ada")
    other = bodies.set_up_body(
        "kreis", name="Kreis", short_name="KR", purpose=text("x"), is_public=False,
        sessions_min=0, sessions_max=None, by=otto,
    )  # fmt: skip
    with pytest.raises(bodies.AlreadyThere), transaction.atomic():
        bodies.admit_member(
            other, name="Zoe", email="zoe@example.org", on_behalf_of="x",
            starts_on=dt.date(2020, 1, 1), deputises=member, by=otto,
        )  # fmt: skip


def test_what_a_private_body_does_is_seen_by_its_members_only(otto, dora, olaf):
    body = bodies.set_up_body(
        "kreis", name="Kreis", short_name="KR", purpose=text("x"), is_public=False,
        sessions_min=0, sessions_max=None, by=otto,
    )  # fmt: skip
    member = bodies.admit_member(
        body, name="Zoe", email="zoe@example.org", on_behalf_of="x",
        starts_on=dt.date(2020, 1, 1), role=Role.CIRCLE_MEMBER, by=otto,
    )  # fmt: skip
    start = timezone.now() + 30 * DAY
    for _ in range(5):
        found = meetings.schedule(
            body, starts_at=start, ends_at=start + HOUR, place="Raum", by=otto
        )
    agenda.add_item(found, text("Entwurf"), by=otto)
    for outsider in (dora, olaf):
        assert not Meeting.objects.visible_to(outsider).filter(body=body).exists()
        assert not AgendaItem.objects.visible_to(outsider).exists()
    assert Meeting.objects.visible_to(member.user).filter(body=body).count() == 5
    assert AgendaItem.objects.visible_to(member.user).count() == 1
    assert found.reference == f"KR-{found.year}-05"


# The year


@pytest.mark.req("R107")
def test_the_database_keeps_the_maximum_of_a_year(otto):
    for month in (2, 5, 8, 11):
        make_meeting(otto, starts_at=dt.datetime(2031, month, 10, 17, tzinfo=dt.UTC))
    fifth = make_meeting(otto, starts_at=dt.datetime(2031, 12, 10, 17, tzinfo=dt.UTC))
    with pytest.raises(IntegrityError, match="session-maximum"), transaction.atomic():
        Meeting.objects.filter(pk=fifth.pk).update(over_maximum_reason="")


@pytest.mark.req("R107")
def test_the_database_keeps_the_year_of_the_city(otto):
    eve = make_meeting(otto, starts_at=dt.datetime(2030, 12, 31, 22, 30, tzinfo=dt.UTC))
    assert eve.year == 2030
    with pytest.raises(IntegrityError, match="session-year"), transaction.atomic():
        Meeting.objects.filter(pk=eve.pk).update(
            starts_at=dt.datetime(2030, 12, 31, 23, 0, tzinfo=dt.UTC)
        )


@pytest.mark.req("R107")
def test_from_october_on_the_next_year_is_watched_too(otto):
    body = make_body(otto)
    for month in (2, 5):
        make_meeting(otto, starts_at=dt.datetime(2030, month, 10, 17, tzinfo=dt.UTC))
    # 22:00 UTC on 30 September is October in Bielefeld.
    assert meetings.short_years(body, dt.datetime(2030, 9, 30, 21, 59, tzinfo=dt.UTC)) == []
    assert meetings.short_years(body, dt.datetime(2030, 9, 30, 22, 0, tzinfo=dt.UTC)) == [2031]


def test_a_session_in_the_past_is_planned_only_in_hindsight(otto):
    start = timezone.now() - DAY
    plan = {"starts_at": start, "ends_at": start + HOUR, "place": "Saal", "by": otto}
    with pytest.raises(meetings.InThePast, match="This day is over"):
        meetings.schedule(make_body(otto), **plan)
    assert meetings.schedule(make_body(otto), afterwards=True, **plan).ordinal == 1


# In the room


def test_a_session_ahead_is_neither_opened_nor_held(otto):
    ahead = invited(otto, starts_at=timezone.now() + 2 * HOUR)
    with pytest.raises(sessions.NotOpenNow, match="not begun"):
        sessions.open_session(ahead, by=otto)
    with pytest.raises(meetings.NotNow, match="not begun"):
        meetings.hold(ahead, by=otto)


@pytest.mark.req("R98")
def test_a_deputy_counts_only_while_the_member_is_away(otto):
    members = five(otto)
    deputy = seat(otto, "Vera", deputises=members[0])
    meeting, _item = opened(otto, members[:3])
    with pytest.raises(sessions.NotCounted, match="one seat, one vote"):
        sessions.arrive(meeting, deputy, by=otto)
    sessions.leave(meeting, members[0], by=otto)
    assert sessions.quorum_of(meeting).present == 2
    sessions.arrive(meeting, deputy, by=otto)
    assert sessions.quorum_of(meeting) == sessions.Quorum(entitled=5, present=3, needed=3)


@pytest.mark.req("R98")
def test_the_deputy_of_a_member_who_has_left_counts_for_nobody(otto):
    members = five(otto)
    deputy = seat(otto, "Vera", deputises=members[0])
    meeting, _item = opened(otto, members[1:3])
    day = meetings.day_of(meeting) - DAY
    Membership.objects.filter(pk=members[0].pk).update(ends_on=day)
    with pytest.raises(sessions.NotCounted, match="no member"):
        sessions.arrive(meeting, deputy, by=otto)
    with pytest.raises(IntegrityError, match="stay-has-seat"), transaction.atomic():
        Attendance.objects.create(meeting=meeting, membership=deputy, seat=members[0], votes=True)
    assert sessions.quorum_of(meeting) == sessions.Quorum(entitled=4, present=2, needed=3)


@pytest.mark.req("R98")
def test_the_database_counts_no_seat_twice_and_no_stranger(otto):
    members = five(otto)
    meeting, _item = opened(otto, members[:1])
    with pytest.raises(IntegrityError, match="attendance_one_per_seat"), transaction.atomic():
        Attendance.objects.create(
            meeting=meeting, membership=members[0], seat=members[0], votes=True
        )
    with pytest.raises(IntegrityError, match="attendance-fits"), transaction.atomic():
        Attendance.objects.create(
            meeting=meeting, membership=members[1], seat=members[2], votes=True
        )


@pytest.mark.req("R98")
def test_whoever_advises_only_has_no_vote_and_counts_for_no_quorum(otto):
    members = [*five(otto), seat(otto, "Gast", has_vote=False)]
    meeting, item = opened(otto, [members[0], members[1], members[5]])
    assert sessions.quorum_of(meeting) == sessions.Quorum(entitled=5, present=2, needed=3)
    with pytest.raises(resolutions.NoQuorum, match="votes needed 3, present 2"):
        resolutions.open_vote(item, wording="x", procedure="hands", by=otto)


def test_figures_make_the_decision_and_its_number(otto):
    meeting, item = opened(otto, five(otto))
    adopted = vote(item, yes=3, no=1, abstain=1, by=otto)
    tie = vote(item, yes=2, no=2, abstain=1, by=otto)
    stem = f"DIV-{meeting.year}-{meeting.ordinal:02d}"
    assert [(each.number, each.state) for each in (adopted, tie)] == [
        (f"{stem}/01", "adopted"), (f"{stem}/02", "rejected"),
    ]  # fmt: skip
    assert (adopted.present, adopted.entitled, adopted.needed) == (5, 5, 3)


def test_the_quorum_is_asked_again_when_the_vote_is_counted(otto):
    members = five(otto)
    meeting, item = opened(otto, members[:3])
    made = resolutions.open_vote(item, wording="Radwege", procedure="hands", by=otto)
    sessions.leave(meeting, members[2], by=otto)
    with pytest.raises(resolutions.NoQuorum):
        resolutions.count(made, yes=2, no=0, abstain=0, by=otto)
    made.refresh_from_db()
    assert made.state == Resolution.State.OPEN


def test_no_more_votes_than_people_in_the_room(otto):
    meeting, item = opened(otto, five(otto)[:3])
    made = resolutions.open_vote(item, wording="Radwege", procedure="hands", by=otto)
    with pytest.raises(resolutions.FiguresWrong, match="4 votes were counted, but only 3"):
        resolutions.count(made, yes=4, no=0, abstain=0, by=otto)
    # Whoever goes round the domain meets the database.
    with pytest.raises(IntegrityError, match="were present"), transaction.atomic():
        states.advance(
            made, "adopted", by=otto, decided_at=timezone.now(), present=5, yes=4, no=0, abstain=0
        )
    with pytest.raises(IntegrityError, match="resolution_with_quorum"), transaction.atomic():
        Attendance.objects.filter(meeting=meeting).exclude(
            pk=meeting.attendances.first().pk
        ).update(left_at=timezone.now())
        states.advance(
            made, "adopted", by=otto, decided_at=timezone.now() + HOUR, present=1, yes=1, no=0,
            abstain=0,
        )  # fmt: skip


def test_what_was_decided_stays(otto):
    _meeting, item = opened(otto, five(otto))
    made = vote(item, yes=3, no=1, abstain=1, by=otto)
    with pytest.raises(resolutions.VoteClosed):
        resolutions.count(made, yes=5, no=0, abstain=0, by=otto)
    with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
        Resolution.objects.filter(pk=made.pk).update(wording="anders")
    with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
        Resolution.objects.filter(pk=made.pk).delete()


def test_a_late_item_is_voted_on_only_when_the_session_admits_it(otto):
    meeting, _item = opened(otto, five(otto))
    late = agenda.add_item(meeting, text("Nachgereicht"), by=otto)
    assert late.is_late
    with pytest.raises(resolutions.NotVotable, match="must admit it first"):
        resolutions.open_vote(late, wording="x", procedure="hands", by=otto)
    with pytest.raises(IntegrityError, match="vote-is-opened"), transaction.atomic():
        Resolution.objects.create(
            body=meeting.body, meeting=meeting, item=late, year=meeting.year,
            ordinal=meeting.ordinal, n=9, number="x", wording="x", procedure="hands",
            entitled=5, quorum_percent=50,
        )  # fmt: skip
    agenda.admit_late(late, by=otto)
    assert vote(late, yes=5, no=0, abstain=0, by=otto).state == "adopted"


def test_closing_waits_for_open_votes_and_lets_everybody_go(otto):
    meeting, item = opened(otto, five(otto))
    made = resolutions.open_vote(item, wording="x", procedure="hands", by=otto)
    with pytest.raises(meetings.NotNow, match="still under way"):
        meetings.hold(meeting, by=otto)
    resolutions.stop(made, reason="vertagt", by=otto)
    meetings.hold(meeting, by=otto)
    assert not meeting.attendances.filter(left_at=None).exists()
    with pytest.raises(sessions.NotOpenNow):
        resolutions.open_vote(item, wording="x", procedure="hands", by=otto)


def test_a_session_that_was_opened_took_place(otto):
    meeting, _item = opened(otto, [])
    with pytest.raises(meetings.HasAdoptions, match="was opened"):
        meetings.cancel(meeting, by=otto)


def test_a_person_who_does_not_belong_here_is_not_counted(otto):
    past = seat(otto, "Alt", term_ends_on=timezone.localdate() - 90 * DAY)
    meeting, _item = opened(otto, [])
    with pytest.raises(sessions.NotCounted, match="no member"):
        sessions.arrive(meeting, past, by=otto)
    assert User.objects.filter(pk=past.user.pk).exists()
