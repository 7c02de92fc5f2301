"""Forms count once, limits hold: also for two clicks at the same time."""

import datetime as dt
import threading

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse, HttpResponseRedirect
from django.test import Client, RequestFactory
from django.urls import reverse

from formats.models import Registration
from foundation.accounts.models import User
from foundation.posting import human, once
from foundation.posting.limits import Limit, TooOften, use_allowance
from foundation.posting.models import Allowance, PostedOnce
from foundation.posting.tasks import forget
from tests.formats.event_factories import open_event

MADE = []
HOUR = dt.timedelta(hours=1)


@once.once
def make(request):
    """A view that refuses "bad" and makes anything else."""
    word = request.POST["word"]
    if word == "bad":
        return HttpResponse("please correct")
    user = User.objects.create_user(f"{word}{User.objects.count()}@example.org")
    return HttpResponseRedirect(f"/made/{user.pk}/")


def post(word, key="k", user=None):
    request = RequestFactory().post("/make/", {"word": word, once.FIELD: key})
    request.user = user or type("Anonymous", (), {"is_authenticated": False})()
    request.resolver_match = None
    request.session = SessionStore()
    return make(request)


def post_to(path, **fields):
    request = RequestFactory().post(path, {once.FIELD: "k", **fields})
    request.user = type("Anonymous", (), {"is_authenticated": False})()
    request.resolver_match = None
    request.session = SessionStore()
    return make(request)


def at_once(act, times):
    """Run `act` in `times` threads that start together; what each returned."""
    answers, start = [], threading.Barrier(times)

    def run():
        start.wait(10)
        try:
            answers.append(act())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _n in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return answers


def test_the_second_post_gets_the_first_answer(db):
    assert post("a").url == post("a").url
    assert User.objects.count() == 1


def test_another_form_makes_another(db):
    assert post("a", "k1").url != post("a", "k2").url


def test_keys_of_one_person_are_not_those_of_another(clara, olaf):
    assert post("a", user=clara).url != post("a", user=olaf).url


def test_other_words_are_another_post(db):
    """Back, changed, sent again from the same rendering: the change is not dropped."""
    assert post("a").url != post("b").url
    assert User.objects.count() == 2


def test_another_address_is_another_post(db):
    first = post_to("/make/1/", word="a").url
    assert post_to("/make/2/", word="a").url != first
    assert post_to("/make/1/?x=1", word="a").url != first
    assert post_to("/make/1/", word="a").url == first


def test_the_token_against_forgery_makes_no_difference(db):
    first = post_to("/make/", word="a", csrfmiddlewaretoken="one").url
    assert post_to("/make/", word="a", csrfmiddlewaretoken="two").url == first


def test_files_count_by_what_is_in_them(db):
    def send(content):
        return post_to("/make/", word="a", paper=SimpleUploadedFile("a.pdf", content)).url

    first = send(b"one")
    assert send(b"two") != first
    assert send(b"one") == first


def test_no_cache_keeps_a_page_with_a_key(client, db):
    page = client.get("/barrierefreiheit/")
    assert "no-store" in page["Cache-Control"]


def test_a_key_with_a_null_character_harms_nothing(db):
    assert post("a", "k\0").url == post("a", "k\0").url


def test_a_refused_form_consumes_nothing(db):
    assert post("bad").content == b"please correct"
    assert PostedOnce.objects.count() == 0
    assert post("good").status_code == 302


def test_a_crash_consumes_nothing(db):
    with pytest.raises(KeyError):
        make_crash()
    assert PostedOnce.objects.count() == 0


def make_crash():
    request = RequestFactory().post("/make/", {once.FIELD: "k"})
    request.user = type("Anonymous", (), {"is_authenticated": False})()
    request.resolver_match = None
    request.session = SessionStore()
    return make(request)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one_thing():
    answers = at_once(lambda: post("a").url, 4)
    assert (len(answers), len(set(answers)), User.objects.count()) == (4, 1, 1)


def test_a_shown_form_carries_a_key_and_keeps_it_when_shown_again(db):
    client = Client(headers={"accept-language": "en"})
    page = client.get("/barrierefreiheit/").content.decode()
    assert f'name="{once.FIELD}"' in page
    again = client.post("/barrierefreiheit/", {once.FIELD: "abc", "problem": ""})
    assert f'name="{once.FIELD}" value="abc"' in again.content.decode()


def test_an_allowance_is_used_up(db):
    for _n in range(3):
        use_allowance("test", "a", at_most=3, per=HOUR)
    with pytest.raises(TooOften):
        use_allowance("test", "a", at_most=3, per=HOUR)
    use_allowance("test", "b", at_most=3, per=HOUR)
    use_allowance("other", "a", at_most=3, per=HOUR)


def test_what_was_rightful_is_given_back(db):
    limit = Limit("test", at_most=1, per=HOUR)
    for _n in range(3):
        limit.use("a")
        limit.give_back("a")
    limit.use("a")
    limit.give_back("b")
    with pytest.raises(TooOften):
        limit.use("a")


def test_a_new_window_brings_a_new_allowance(db, time_machine):
    time_machine.move_to(dt.datetime(2026, 5, 1, 12, 0, tzinfo=dt.UTC), tick=False)
    use_allowance("test", "a", at_most=1, per=HOUR)
    with pytest.raises(TooOften, match=r"60|61"):
        use_allowance("test", "a", at_most=1, per=HOUR)
    time_machine.shift(3600)
    use_allowance("test", "a", at_most=1, per=HOUR)


def test_old_keys_and_counters_are_cleared_away(db):
    post("a", "old")
    PostedOnce.objects.update(created_at="2020-01-01T00:00Z")
    old = PostedOnce.objects.get()
    post("a", "young")
    use_allowance("test", "a", at_most=1, per=HOUR)
    Allowance.objects.update(window_start="2020-01-01T00:00Z")
    forget()
    assert PostedOnce.objects.count() == 1
    assert not PostedOnce.objects.filter(pk=old.pk).exists()
    assert Allowance.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_an_allowance_holds_for_many_at_once():
    def use():
        try:
            use_allowance("test", "a", at_most=3, per=dt.timedelta(days=1))
        except TooOften:
            return "refused"
        return "allowed"

    answers = at_once(use, 10)
    assert (answers.count("allowed"), answers.count("refused")) == (3, 7)


@pytest.mark.django_db(transaction=True)
def test_password_tries_are_limited_for_many_at_once():
    User.objects.create_user("clara@example.org", "langes Passwort 1")
    wrong = {"login": "clara@example.org", "password": "wrong"}

    def log_in():
        page = Client(headers={"accept-language": "en"}).post("/konto/anmelden/", wrong)
        return "refused" if "tried too often" in page.content.decode() else "checked"

    answers = at_once(log_in, 10)
    assert (answers.count("checked"), answers.count("refused")) == (5, 5)


@pytest.mark.django_db
def test_a_second_click_without_a_cookie_gets_the_session_of_the_first():
    event = open_event(None)
    path = reverse("event_register", args=[event.slug])
    typed = {"name": "Clara", "email": "clara@example.org", once.FIELD: "k" * 32,
             "stamp": human.new_stamp(age=60)}  # fmt: skip
    first, second, later, other = (Client() for _n in range(4))

    answers = [client.post(path, typed) for client in (first, second)]

    assert {answer["Location"] for answer in answers} == {reverse("event_code", args=[event.slug])}
    assert Registration.objects.count() == 1
    for client in (first, second):
        assert client.get(answers[0]["Location"]).status_code == 200
    assert other.get(answers[0]["Location"]).status_code == 404
    PostedOnce.objects.update(created_at="2020-01-01T00:00Z")
    assert later.post(path, typed).status_code == 302
    assert later.get(answers[0]["Location"]).status_code == 404


def test_two_seconds_are_enough_in_whichever_part_of_a_second_they_begin(time_machine):
    time_machine.move_to(1_900_000_000.9, tick=False)
    stamp = human.new_stamp()
    with pytest.raises(ValidationError):
        human.demand_human(stamp=stamp, trap="")
    time_machine.shift(2.0)
    human.demand_human(stamp=stamp, trap="")
