"""Who leaves the body leaves its power; sessions adopt only what has happened."""

import datetime as dt

import pytest
from django.contrib import admin
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from circles.calling import calls
from formats.forms.div import AdoptionForm
from formats.models import Body, Meeting, Membership
from formats.sittings import bodies, meetings
from formats.weighing import visions
from foundation import states
from foundation.accounts import mandates
from foundation.accounts.models import Role, User
from tests.circles.factories import make_call
from tests.conftest import login
from tests.formats.factories import make_body, make_meeting, make_vision
from tests.formats.rooms import DAY, seat

pytestmark = pytest.mark.usefixtures("english")


def admit(body, otto, on=None, **fields):
    return bodies.admit_member(
        body, name="Nora Neu", email="nora@example.org", group="department",
        on_behalf_of="Amt", starts_on=on or timezone.localdate(), is_chair=True, by=otto, **fields,
    )  # fmt: skip


# 13


def test_whoever_leaves_the_body_loses_its_mandates(client, otto):
    body = make_body(otto)
    membership = admit(body, otto)
    nora = membership.user
    assert mandates.holds(nora, Role.DIV_MEMBER, body)
    assert nora.mandates.in_force().filter(role=Role.CHAIR).exists()
    desk = login(client, otto, fresh=True)
    assert reverse("member_end", args=[membership.pk]) in desk.get(reverse("div")).content.decode()
    desk.post(reverse("member_end", args=[membership.pk]))
    membership.refresh_from_db()
    assert membership.ends_on == timezone.localdate()
    assert not User.objects.get(pk=nora.pk).mandates.in_force().exists()
    with pytest.raises(bodies.NotAMember):
        bodies.end_membership(membership, by=otto)


def test_other_mandates_stay(otto):
    body = make_body(otto)
    membership = admit(body, otto)
    mandates.grant(membership.user, Role.REVIEWER, by=None)
    bodies.end_membership(membership, by=otto)
    assert list(membership.user.mandates.in_force().values_list("role", flat=True)) == ["reviewer"]


def test_a_mandate_on_something_else_with_the_same_number_is_not_taken_for_this(otto):
    body = make_body(otto)
    nora = User.objects.create_user("nora@example.org")
    mandates.grant_on(nora, Role.DIV_MEMBER, ("circles.circle", str(body.pk)), by=None)
    admit(body, otto)
    assert mandates.subjects_of(User.objects.get(pk=nora.pk), Role.DIV_MEMBER, Body) == [
        str(body.pk)
    ]


def test_the_admin_neither_begins_nor_ends_a_membership(rf):
    page = admin.site._registry[Membership]
    assert {"ends_on", "user", "is_chair"} <= set(page.get_readonly_fields(rf.get("/")))
    assert not page.has_add_permission(rf.get("/"))
    assert not page.has_delete_permission(rf.get("/"))


def test_whoever_led_the_body_once_does_not_lead_it_again_with_a_new_term(otto):
    body, today = make_body(otto), timezone.localdate()
    led = admit(body, otto, on=today - DAY)
    bodies.end_membership(led, by=otto)
    Membership.objects.filter(pk=led.pk).update(ends_on=today - DAY)
    plain = seat(otto, "Nora", email="nora@example.org")
    bodies.set_term(plain, today + 30 * DAY, by=otto)
    assert list(led.user.mandates.in_force().values_list("role", flat=True)) == [Role.DIV_MEMBER]


def test_a_term_that_lies_ahead_gives_nothing_yet(otto):
    body, today = make_body(otto), timezone.localdate()
    ahead = admit(body, otto, on=today + 10 * DAY)
    nora = ahead.user
    assert not nora.mandates.in_force().exists()
    bodies.set_term(ahead, today + 20 * DAY, by=otto)
    given = nora.mandates.filter(revoked_at=None).order_by("role")
    assert [
        (row.role, timezone.localtime(row.starts_at).date() - today, row.last_day - today)
        for row in given
    ] == [(Role.CHAIR, 10 * DAY, 20 * DAY), (Role.DIV_MEMBER, 10 * DAY, 20 * DAY)]
    bodies.end_membership(ahead, by=otto)
    assert not nora.mandates.filter(revoked_at=None).exists()


def test_deputies_go_with_the_member(otto):
    today = timezone.localdate()
    member = seat(otto, "Ada", term_ends_on=today + 9 * DAY)
    vera = seat(otto, "Vera", deputises=member)
    short = seat(otto, "Sven", deputises=member, term_ends_on=today + 3 * DAY)
    terms = Membership.objects.filter(deputises=member).order_by("pk")
    assert list(terms.values_list("term_ends_on", flat=True)) == [today + 9 * DAY, today + 3 * DAY]
    with pytest.raises(bodies.TermsCross, match="no later than"):
        bodies.set_term(short, None, by=otto)
    bodies.set_term(member, today + 5 * DAY, by=otto)
    assert list(terms.values_list("term_ends_on", flat=True)) == [today + 5 * DAY, today + 3 * DAY]
    bodies.set_term(member, None, by=otto)
    assert list(terms.values_list("term_ends_on", flat=True)) == [None, today + 3 * DAY]
    bodies.end_membership(member, by=otto)
    assert list(terms.values_list("ends_on", flat=True)) == [today, today]
    for each in (vera, short):
        assert not each.user.mandates.in_force().exists()
    with pytest.raises(bodies.TermsCross, match="nobody stands in"):
        seat(otto, "Wim", deputises=Membership.objects.get(pk=member.pk))


# 17


def test_a_call_opens_only_with_a_public_session(otto):
    closed = make_meeting(otto, is_public=False, starts_at=timezone.now() + dt.timedelta(days=60))
    call = make_call(otto, meeting=closed, opened=False)
    with pytest.raises(calls.NotOpenable, match="public session"):
        calls.open_call(call, by=otto)


def test_nothing_is_adopted_in_a_session_that_is_still_ahead(otto):
    vision, ahead = make_vision(otto), make_meeting(otto)
    with pytest.raises(visions.NotAdoptable, match="not begun"):
        visions.adopt(vision, ahead, by=otto)
    with pytest.raises(IntegrityError, match="adopted-in-a-session"), transaction.atomic():
        states.advance(vision, "adopted", by=otto, adopted_in=ahead)
    assert ahead not in AdoptionForm().fields["meeting"].queryset


def test_a_session_that_adopted_something_cannot_be_cancelled(client, otto):
    vision = make_vision(otto)
    begun = make_meeting(otto, starts_at=timezone.now() - dt.timedelta(hours=1))
    visions.adopt(vision, begun, by=otto)
    with pytest.raises(meetings.HasAdoptions):
        meetings.cancel(begun, by=otto)
    with pytest.raises(IntegrityError, match="adoptions-keep-session"), transaction.atomic():
        states.advance(begun, Meeting.State.CANCELLED, by=otto)
    desk = login(client, otto, fresh=True)
    address = reverse("meeting_cancel", args=[begun.year, begun.ordinal])
    page = desk.post(address, follow=True, headers={"accept-language": "en"})
    assert "so it took place" in page.content.decode()
    begun.refresh_from_db()
    assert begun.state == Meeting.State.SCHEDULED
