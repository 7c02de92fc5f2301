"""The privacy notice says how long; the portal deletes by itself, and the draw stays verifiable."""

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from circles import lottery
from circles.applying import retention
from circles.calling import withdrawals
from circles.drawing import draws
from circles.drawing.succession import Events, seats_after
from circles.models import (
    Call,
    Circle,
    DrawEvent,
    Nomination,
    Offer,
    Seat,
    SeatTerm,
)
from circles.seating import nominations, offers
from circles.tasks import forget_overdue
from foundation.mail.models import OutgoingMail
from tests.circles.factories import (
    bring_to_its_end,
    make_application,
    make_call,
    make_circle,
    qualify,
)

pytestmark = pytest.mark.usefixtures("drawn_ground")

ROOT = Path(__file__).parents[2]


@pytest.fixture
def seated(drawn):
    """Five seats are taken; one of two is kept on the reserve list."""
    Call.objects.update(reserve_kept=1, kept_days=10)
    for offer in Offer.objects.order_by("place"):
        offers.answer(offer, accept=True, by=offer.application.user)
    return Call.objects.get()


def later(call: Call, **ahead: float) -> None:
    """The call's clock, by so much after now (its clock is a day ahead already)."""
    Call.objects.filter(pk=call.pk).update(clock_ahead=call.clock_ahead + dt.timedelta(**ahead))


def remembered(call) -> int:
    return call.applications.filter(erased_at=None).count()


def test_those_not_drawn_are_forgotten_after_the_days_of_the_call(seated):
    later(seated, days=9.9)
    assert retention.forget_overdue() == 0
    later(seated, days=10.1)
    assert retention.forget_overdue() == 2  # the last of the reserve, and the one not admitted
    assert remembered(seated) == 6
    event = DrawEvent.objects.get()
    draw = seated.draw
    assert (event.kind, event.ticket) == ("erased", draw.places.get(number=7).ticket)
    assert draw.places.get(number=6).application.erased_at is None
    assert retention.forget_overdue() == 0


def test_nobody_is_forgotten_while_an_offer_waits(drawn):
    later(drawn.draw.call, days=12)
    assert Offer.objects.filter(state="open").exists()
    assert retention.forget_overdue() == 0


def test_the_reserve_is_kept_until_the_circle_ends_and_the_drawn_half_a_year_more(seated, tmp_path):
    bring_to_its_end(seated.circle)
    later(seated, days=10.1)
    forget_overdue()
    assert remembered(seated) == 5
    later(seated, days=178)  # a day more has passed by the call's clock
    assert retention.forget_overdue() == 0
    later(seated, days=181)
    assert retention.forget_overdue() == 5
    assert remembered(seated) == 0
    assert not Seat.objects.filter(kind="lot").exclude(holder=None).exists()
    assert Offer.objects.count() == 5
    files = draws.published_files(seated.draw)
    result = lottery.Result.from_bytes(files["result.txt"])
    events = Events.from_bytes(files["events.txt"])
    assert len(seats_after(result, 5, events).seated) == 0
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    done = subprocess.run(
        [sys.executable, str(ROOT / "static/los1/los1_verify.py"), str(tmp_path)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == f"result sha256 {seated.draw.result.result_sha256}"


def test_a_withdrawn_call_forgets_everybody(otto, rita):
    call = make_call(otto, draw_id="demo-gone")
    qualify(make_application(call), otto, rita)
    make_application(call)
    withdrawals.withdraw_call(call, by=otto)
    later(call, days=29)
    assert retention.forget_overdue() == 0
    later(call, days=31)
    assert retention.forget_overdue() == 2
    assert remembered(call) == 0


def test_the_notice_tells_the_days_of_the_call(client, otto):
    call = make_call(otto, kept_days=45)
    page = client.get(
        reverse("call", args=[call.circle.slug]), headers={"accept-language": "en"}
    ).content.decode()
    assert "all others for 45 days after the last offer of a place is answered" in page


def named(otto, number, email):
    circle = Circle.objects.first() or make_circle(otto)
    return nominations.nominate(
        circle.seats.get(number=number), name="Nora Nord", email=email, body="Hochschule",
        nominated_on="2026-11-01", reason="kennt die Netze", match="baut Netze", by=otto,
    )  # fmt: skip


def nominated_long_ago(**past: float) -> None:
    Nomination.objects.exclude(answered_at=None).update(
        answered_at=timezone.now() - dt.timedelta(**past)
    )


@pytest.mark.req("R121")
def test_whoever_declined_a_named_seat_is_forgotten_after_the_days(otto):
    nomination = named(otto, 6, "nora@example.org")
    nominations.decline(nomination, by=None)
    waiting = named(otto, 7, "nils@example.org")
    nominated_long_ago(days=29.9)
    assert retention.forget_overdue() == 0
    nominated_long_ago(days=30.1)
    assert retention.forget_overdue() == 1
    nomination.refresh_from_db()
    waiting.refresh_from_db()
    assert (nomination.reason, nomination.match) == ("", "")
    assert (nomination.person.name, nomination.person.erased_at is None) == ("", False)
    assert (waiting.reason, waiting.person.email) == ("kennt die Netze", "nils@example.org")
    assert retention.forget_overdue() == 0


@pytest.mark.req("R121")
def test_named_members_are_forgotten_half_a_year_after_the_end(otto, monkeypatch):
    nomination = named(otto, 6, "nora@example.org")
    nominations.accept(nomination, name_is_public=True, by=None)
    circle = nomination.seat.circle
    bring_to_its_end(circle)
    assert retention.forget_overdue() == 0
    monkeypatch.setattr(retention, "SEATED_KEPT", dt.timedelta(0))
    assert retention.forget_overdue() == 1
    nominated_long_ago(days=31)
    assert retention.forget_overdue() == 1
    seat = Seat.objects.get(pk=nomination.seat_id)
    nomination.refresh_from_db()
    assert (seat.state, seat.holder, seat.nomination_reason) == ("free", None, "")
    assert (nomination.state, nomination.reason) == ("returned", "")
    assert nomination.person.erased_at is not None
    assert SeatTerm.objects.get().person is None
    assert not OutgoingMail.objects.filter(kind="seat_returned").exists()
