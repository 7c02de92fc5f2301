"""The road of 240 people to five seats, in Chromium: apply, review, freeze, dice by two, draw.

Some people use the browser and nothing but a keyboard, some send the same forms, most come through
the same doors behind them. The clock of the demonstration stands in for the days of waiting.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from circles import lottery
from circles.applying import erasure
from circles.models import Application, Call, DrawResult, Offer
from circles.reviewing import reviews
from foundation.effects import work
from foundation.effects.models import Effect
from foundation.mail.models import OutgoingMail
from foundation.posting import human
from tests.browser.scene import DICE, ROOM
from tests.browser.test_without_a_mouse import SMALL, press_enter_and_wait, tab_to
from tests.circles.factories import (
    answers_yes,
    close_call,
    code_for,
    make_application,
    make_call,
    make_circle,
    pass_on,
)

pytestmark = pytest.mark.browser

DRAW, SEATS = "demo-geschichte", 5
BY_KEYBOARD, BY_FORM, PEOPLE, REJECTED = 3, 12, 240, 6
AHEAD = dt.timedelta(days=1, seconds=5)


@pytest.fixture
def call(scene, monkeypatch):
    # These keys come quicker than any person's, which the form would ask to look over once more.
    monkeypatch.setattr(human, "QUICKEST_SECONDS", 0.0)
    office = scene.people["otto"]
    circle = make_circle(office, name="Geschichte", is_demo=True)
    return make_call(office, circle=circle, draw_id=DRAW, seats=SEATS)


@pytest.mark.req("R119")
@pytest.mark.req("R120")
@pytest.mark.req("R121")
def test_the_road_of_240_people(visit, scene, call, portal, tmp_path):
    everybody_applies(visit, call, portal)
    both_review(visit, scene, call)
    fingerprint = freeze_and_declare(visit, scene, call)
    hall = visit("", "en")
    hall.open(f"/auslosung/{DRAW}/live/")
    throw_by_two(visit, scene, call, hall)
    result = draw_and_watch(visit, call, hall)
    own = Application.objects.filter(call=call, places__number=SEATS + 1).get()
    assert check_in_browser(visit, fingerprint, own.ticket, result) == "reserve list"
    decline_and_move_up(visit, scene, call)
    erase_some(call)
    assert check_in_browser(visit, fingerprint, own.ticket, result) == "reserve list"
    check_files_alone(tmp_path, fingerprint, result)


def everybody_applies(visit, call, portal):
    keyboard = visit("", "de", java_script_enabled=False).page
    for number in range(BY_KEYBOARD):
        apply_by_keyboard(keyboard, call, portal, number)
    for number in range(BY_FORM):
        apply_by_form(call, number)
    for number in range(PEOPLE - BY_KEYBOARD - BY_FORM):
        make_application(call, name=f"Tür {number}", email=f"tuer{number}@example.org")
    Effect.objects.filter(kind="circles.receipt").delete()  # proved elsewhere; 240 PDFs take long
    assert call.applications.filter(state="submitted").count() == PEOPLE


def apply_by_keyboard(page, call, portal, number: int):
    page.context.clear_cookies(name="sessionid")
    page.goto(portal + reverse("call", args=[call.circle.slug]))
    page.set_viewport_size(SMALL)
    tab_to(page, "a[href$='/bewerben/']")
    press_enter_and_wait(page)
    address = f"taste{number}@example.org"
    for name, words in (("name", f"Taste {number}"), ("email", address)):
        tab_to(page, f"[name={name}]")
        page.keyboard.type(words)
    for criterion in call.criteria.all():
        tab_to(page, f"[name=criterion_{criterion.pk}]")
        page.keyboard.press("Space")
    tab_to(page, "input[type=checkbox]")
    page.keyboard.press("Space")
    tab_to(page, "main button[type=submit]")
    press_enter_and_wait(page)
    tab_to(page, "main [name=code]")
    page.keyboard.type(code_for(Application.objects.get(call=call, email=address)))
    press_enter_and_wait(page)


def apply_by_form(call, number: int):
    client, address = Client(), f"form{number}@example.org"
    answers = {f"criterion_{pk}": "yes" for pk in answers_yes(call)}
    sent = {"name": f"Form {number}", "email": address, "participation": "on", **answers}
    path = reverse("apply", args=[call.circle.slug])
    answer = client.post(path, {**sent, "stamp": human.new_stamp(age=60)})
    code = code_for(Application.objects.get(call=call, email=address))
    assert client.post(answer["Location"], {"code": code}).status_code == 302


def both_review(visit, scene, call):
    """The first by page, all others by the same door; six are not admitted, by both."""
    first, *others = call.applications.order_by("pk")
    for who in ("rita", "otto"):
        visitor = visit(who, "de")
        visitor.open(reverse("application_review", args=[call.pk, first.reference]))
        page = visitor.page
        for criterion in call.criteria.all():
            page.check(f"[name=met_{criterion.pk}][value=yes]")
        with page.expect_navigation():
            page.click("main form[method=post]:not([action]) button[type=submit]")
    criterion = call.criteria.first()
    for number, application in enumerate(others):
        unmet = {criterion: "wohnt woanders"} if number < REJECTED else {}
        for who in ("rita", "otto"):
            reviews.review(application, unmet=unmet, by=scene.people[who])
    told_at = timezone.now() - dt.timedelta(days=8)
    OutgoingMail.objects.filter(kind="application_rejected").update(to="", printed_at=told_at)
    close_call(call)
    assert call.applications.filter(state="qualified").count() == PEOPLE - REJECTED


def freeze_and_declare(visit, scene, call) -> str:
    """Leo closes the pool and proposes, Vera confirms; returns the fingerprint of Clara's mail."""
    press(visit, "leo", call, "/schliessen/", check="[name=all_typed]")
    press(visit, "leo", call, "/erklaeren/", check="[name=method][value=dice]")
    press(visit, "vera", call, "/bestaetigen/")
    mail = OutgoingMail.objects.filter(kind="draw_declared", to="taste0@example.org").get()
    Call.objects.filter(pk=call.pk).update(clock_ahead=AHEAD)
    return re.search(r"\b[0-9a-f]{64}\b", mail.body)[0]


def throw_by_two(visit, scene, call, hall):
    room = {
        name: "\n".join([words] if isinstance(words, str) else words)
        for name, words in ROOM.items()
    }
    press(visit, "leo", call, "/raum/", **room)
    press(visit, "leo", call, "/wuerfel/", digits=" ".join(DICE))
    hall.page.locator(".sb-dice .is-pending").first.wait_for()
    press(visit, "vera", call, "/wuerfel/", digits=DICE)
    hall.page.locator(f'[aria-label="Confirmed throws: {" ".join(DICE)}."]').wait_for()


def draw_and_watch(visit, call, hall) -> DrawResult:
    """Leo presses the button, a worker draws, and the hall sees place after place."""
    press(visit, "leo", call, "/ziehen/")
    assert work.drain("draw") >= 1
    hall.page.locator(".sb-live__places .is-done").first.wait_for()
    Call.objects.filter(pk=call.pk).update(clock_ahead=AHEAD + dt.timedelta(seconds=30))
    hall.page.locator(".sb-live__places .is-done").nth(SEATS - 1).wait_for()
    hall.page.get_by_text("All places are drawn.").first.wait_for()
    assert hall.complaints == []
    return DrawResult.objects.get(draw__call=call)


def check_in_browser(visit, fingerprint: str, ticket: str, result: DrawResult) -> str:
    """Recompute on the public page with what stands in one's own mail; where the ticket sits."""
    visitor = visit("", "en")
    visitor.open(f"/auslosung/{DRAW}/pruefen/")
    page = visitor.page
    page.fill("#los1-fingerprint", fingerprint)
    page.fill("#los1-ticket", f" {ticket[:4].upper()}-{ticket[4:8].upper()} ")
    page.click("[name=published]")
    page.locator("form[data-state=done]").wait_for()
    *_, own, last = page.inner_text("[data-lines]").strip().splitlines()
    assert last == f"result sha256 {result.result_sha256}"
    assert own.startswith(
        f"ticket {ticket}: in the pool, place {SEATS + 1} of {PEOPLE - REJECTED}, "
    )
    assert visitor.complaints == []
    return own.rpartition(", ")[2]


def decline_and_move_up(visit, scene, call):
    """The first of five gives the seat back by the link of the mail.

    Two people make sure that it was them; after 48 hours the sixth gets a mail.
    """
    first = Offer.objects.get(draw__call=call, place=1)
    mail = OutgoingMail.objects.filter(kind="offer", to=first.application.email).get()
    visitor = visit("", "de")
    visitor.open(re.search(r"/platz/[^/\s]+/", mail.body)[0])
    page = visitor.page
    with page.expect_navigation():
        page.click("main form[action$='/zurueckgeben/'] button[type=submit]")
    assert not Offer.objects.filter(draw__call=call, place=SEATS + 1).exists()
    pass_on(call, scene.people["otto"], scene.people["leo"])
    first.refresh_from_db()
    assert first.state == Offer.State.DECLINED
    assert Offer.objects.get(draw__call=call, place=SEATS + 1).state == Offer.State.OPEN


def erase_some(call):
    """Thirty people of the reserve list want to be forgotten."""
    wanted = call.applications.filter(places__number__gt=SEATS + 1, state="qualified")[:30]
    for application in wanted:
        erasure.erase(application, by=application.user)
    assert call.applications.filter(erased_at__isnull=False, name="").count() == 30


def check_files_alone(folder, fingerprint: str, result: DrawResult):
    client = Client()
    for name in ("pool", "declaration", "rejected", "seed", "result", "events"):
        answer = client.get(reverse("draw_file", args=[DRAW, f"{name}.txt"]))
        (folder / f"{name}.txt").write_bytes(answer.content)
    assert lottery.verdict(folder, fingerprint)[-1] == f"result sha256 {result.result_sha256}"
    events = (folder / "events.txt").read_text()
    assert len(re.findall(r" (withdraw|erased) ", events)) == 30
    assert len(re.findall(r" decline ", events)) == 1
    pool = (folder / "pool.txt").read_bytes()
    assert hashlib.sha256(pool).hexdigest() == result.draw.pool_sha256


def press(visit, who: str, call, action: str, check: str = "", **words: str):
    """Open the desk of the draw as `who`, fill the form of `action` and send it."""
    visitor = visit(who, "de")
    visitor.open(reverse("draw_desk", args=[call.pk]))
    page = visitor.page
    form = f"main form[action$='{action}']"
    for name, typed in words.items():
        page.fill(f"{form} [name={name}]", typed)
    if check:
        page.check(f"{form} {check}")
    with page.expect_navigation():
        page.click(f"{form} button[type=submit]")
    assert page.locator(".sb-errors").count() == 0, page.inner_text("main")
