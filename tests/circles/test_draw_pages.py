"""The draw through the browser's eyes: one step a form, two people, and what everybody may see."""

import pytest
from django.conf import settings
from django.urls import reverse

from circles.drawing import freezing
from circles.models import AgreedValue, Call, Declaration, DrawResult, Offer
from circles.reviewing import reviews
from foundation.effects import work
from foundation.look import moments
from foundation.mail.models import OutgoingMail
from tests.circles.conftest import dice, tell_rejected
from tests.circles.factories import close_call, make_application, make_call
from tests.conftest import login

pytestmark = pytest.mark.usefixtures("closed_ground")


@pytest.fixture
def demo_mode(monkeypatch):
    monkeypatch.setattr(settings, "DEMO", True)


def press(client, name, call, **data):
    return client.post(reverse(name, args=[call.pk]), data)


def officer(client, user):
    return login(type(client)(headers={"accept-language": "en"}), user, fresh=True)


@pytest.mark.req("R121")
def test_the_whole_draw_by_pages(client, demo_mode, closed_call, leo, vera, do_work):
    first, second = officer(client, leo), officer(client, vera)
    call = closed_call
    desk = reverse("draw_desk", args=[call.pk])
    assert press(first, "draw_freeze", call, all_typed="on")["Location"] == desk
    press(first, "draw_declare", call, method="dice", dice="20")
    declaration = Declaration.objects.get()
    refused = press(first, "draw_confirm", call, fingerprint=declaration.sha256)
    assert "second person" in refused.context["form"].non_field_errors()[0]
    press(second, "draw_confirm", call, fingerprint=declaration.sha256)
    press(first, "draw_clock", call)
    press(
        second, "draw_record", call, chair="Vera", minute_taker="Otto",
        throwers="Eins\nZwei\nDrei\nVier", witnesses="Ina\nUlf",
    )  # fmt: skip
    thrown = dice()
    press(first, "draw_dice", call, digits=thrown)
    page = second.get(desk).content.decode()
    assert thrown not in page, "the first entry must not be seen by the second person"
    press(second, "draw_dice", call, digits=thrown)
    assert AgreedValue.objects.get().digits == thrown
    press(first, "draw_run", call)
    assert "under way" in first.get(desk).content.decode()
    do_work()
    result = DrawResult.objects.get()
    public = client.get(reverse("draw_page", args=[call.draw_id])).content.decode()
    assert result.result_sha256 in public
    assert "MUSTER" in public
    for name in ("pool.txt", "declaration.txt", "seed.txt", "result.txt", "events.txt"):
        assert client.get(reverse("draw_file", args=[call.draw_id, name])).status_code == 200
    minutes = client.get(reverse("draw_minutes", args=[call.draw_id]))
    assert minutes.content.startswith(b"%PDF-")


def test_a_wrong_dice_entry_stays_in_the_field_with_its_sentence(client, declared, leo):
    answer = press(officer(client, leo), "draw_dice", declared.draw.call, digits="123")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "You typed 3 dice, 20 are declared" in page
    assert 'value="123"' in page


def test_drawing_asks_for_a_fresh_second_factor(client, thrown, leo):
    stale = login(client, leo)
    answer = press(stale, "draw_run", thrown.draw.call, code="000000")
    assert answer.status_code == 200
    assert not DrawResult.objects.exists()


def test_a_double_click_on_draw_makes_one_draw(client, thrown, leo):
    first = officer(client, leo)
    once = {"idempotency_key": "a" * 32}
    assert press(first, "draw_run", thrown.draw.call, **once).status_code == 302
    assert press(first, "draw_run", thrown.draw.call, **once).status_code == 302
    assert work.drain("draw") == 1
    assert DrawResult.objects.count() == 1


def test_the_simulated_clock_exists_only_for_demonstrations(client, closed_call, leo):
    answer = press(officer(client, leo), "draw_clock", closed_call)
    assert "Only a demonstration" in answer.content.decode()
    assert Call.objects.get().clock_ahead.total_seconds() == 0


def test_the_public_page_shows_no_names_without_consent(client, drawn):
    page = client.get(reverse("draw_page", args=[drawn.draw.call.draw_id])).content.decode()
    for application in drawn.draw.call.applications.all():
        assert application.name not in page
        assert application.email not in page


def test_the_link_in_the_mail_leaves_the_address_and_lets_accept(client, drawn, do_work, inbox):
    offer = Offer.objects.get(place=1)
    mail = OutgoingMail.objects.get(kind="offer", to=offer.application.email)
    link = next(line for line in mail.body.splitlines() if "/platz/" in line)
    entered = client.get(link.removeprefix(settings.PUBLIC_URL))
    assert entered["Location"] == reverse("offer")
    assert client.get(reverse("offer")).status_code == 200
    assert Offer.objects.get(pk=offer.pk).state == "open", "a GET changes nothing"
    client.post(reverse("offer_accept"), {"name_is_public": "on"})
    assert Offer.objects.get(pk=offer.pk).state == "accepted"
    public = client.get(reverse("draw_page", args=[drawn.draw.call.draw_id])).content.decode()
    assert offer.application.name in public


def test_a_foreign_token_is_nothing(client, drawn):
    assert client.get(reverse("offer_enter", args=["x" * 43])).status_code == 404
    assert client.get(reverse("offer")).status_code == 404


def test_an_unknown_draw_or_file_is_not_found(client, drawn):
    assert client.get(reverse("draw_page", args=["nothing"])).status_code == 404
    assert (
        client.get(reverse("draw_file", args=[drawn.draw.call.draw_id, "x.txt"])).status_code == 404
    )


@pytest.mark.parametrize("name", ["draw_list", "draw_page"])
def test_public_pages_ask_few_questions(client, drawn, name, django_assert_max_num_queries):
    args = [drawn.draw.call.draw_id] if name == "draw_page" else []
    with django_assert_max_num_queries(8):
        client.get(reverse(name, args=args))


def test_to_withdraw_is_advised_only_when_nobody_can_be_admitted_any_more(otto, rita):
    advice = "No application is admitted. Withdraw this call and prepare a new one."
    call = make_call(otto)
    assert freezing.obstacles(call) == [
        f"People can apply until {moments.moment_text(call.closes_at)}. "
        "The pool can be closed after that."
    ]
    application = make_application(call)
    close_call(call)
    assert freezing.obstacles(call) == ["1 application is not decided by two people yet."]
    for reviewer in (otto, rita):
        reviews.review(application, unmet={call.criteria.first(): "nein"}, by=reviewer)
    (untold,) = freezing.obstacles(call)
    assert untold.startswith("1 person does not know yet")
    tell_rejected(days_ago=1)
    assert advice not in freezing.obstacles(call)
    tell_rejected(days_ago=30)
    assert freezing.obstacles(call) == [advice]


def test_the_desk_of_a_draw_leads_to_rejections_that_nobody_has_sent(client, otto, rita, leo):
    call = make_call(otto)
    application = make_application(call)
    for reviewer in (otto, rita):
        reviews.review(application, unmet={call.criteria.first(): "nein"}, by=reviewer)
    note = "1 rejection waits to be read and sent."
    notices = reverse("application_notices", args=[call.pk])
    reference = [call.pk, application.reference]
    office = officer(client, otto)
    for path in (
        reverse("draw_desk", args=[call.pk]),
        reverse("application_list", args=[call.pk]),
        reverse("application_review", args=reference),
    ):
        page = office.get(path).content.decode()
        assert (page.count(note), f'href="{notices}"' in page) == (1, True), path
    page = officer(client, leo).get(reverse("draw_desk", args=[call.pk])).content.decode()
    assert (note in page, notices in page) == (True, False)
    tell_rejected(days_ago=1)
    assert note not in office.get(reverse("draw_desk", args=[call.pk])).content.decode()


@pytest.mark.parametrize(
    ("who", "led"), [("leo", True), ("vera", True), ("otto", True), ("rita", False)]
)
def test_the_page_of_a_call_leads_whoever_draws_to_the_desk_and_back(
    request, client, otto, who, led
):
    call = make_call(otto)
    desk, page = reverse("draw_desk", args=[call.pk]), reverse("call", args=[call.circle.slug])
    reader = officer(client, request.getfixturevalue(who))
    assert (f'href="{desk}"' in reader.get(page).content.decode()) is led
    applications = reader.get(reverse("application_list", args=[call.pk]))
    assert f'href="{desk}"' not in applications.content.decode() or led
    if led:
        assert f'href="{page}"' in reader.get(desk).content.decode()
    assert desk not in client.get(page).content.decode()


def test_the_chair_is_not_told_to_press_what_only_the_lottery_officer_may(client, thrown, vera):
    script = reverse("draw_script", args=[thrown.draw.call_id])
    page = officer(client, vera).get(script).content.decode()
    assert "Ask the lottery officer to press “Draw now”; nobody else can." in page
    hall = reverse("draw_live", args=[thrown.draw.call.draw_id])
    page = client.get(hall, headers={"accept-language": "en"}).content.decode()
    assert "The lottery officer starts the draw; then the order appears." in page


def test_the_desk_does_not_promise_that_seats_pass_on_alone(client, drawn, leo):
    desk = reverse("draw_desk", args=[drawn.draw.call_id])
    page = officer(client, leo).get(desk).content.decode()
    assert "a second person lets the seat pass on" in page
