"""The draw through the browser's eyes: one step a form, two people, and what everybody may see."""

import pytest
from django.conf import settings
from django.urls import reverse

from circles.models import AgreedValue, Call, Declaration, DrawResult, Offer
from foundation.mail.models import OutgoingMail
from tests.circles.conftest import dice
from tests.conftest import login


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


def test_a_double_click_on_draw_makes_one_draw(client, thrown, leo, do_work):
    first = officer(client, leo)
    once = {"idempotency_key": "a" * 32}
    assert press(first, "draw_run", thrown.draw.call, **once).status_code == 302
    assert press(first, "draw_run", thrown.draw.call, **once).status_code == 302
    do_work()
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
