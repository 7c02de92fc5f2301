"""Getting in by code or password, then the second factor. Nobody learns who has an account."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.accounts import factor, mandates
from foundation.accounts.models import Role, User
from foundation.mail.models import OutgoingMail
from tests.conftest import make_user

PASSWORD = "langes Passwort 1"
LOGIN, ASK, ENTER = "/konto/anmelden/", "/konto/code/", "/konto/code/eingeben/"


@pytest.fixture
def visitor():
    return Client(headers={"accept-language": "en"})


def ask_for_code(visitor, email, aim=""):
    return visitor.post(f"{ASK}?next={aim}" if aim else ASK, {"email": email})


def code_in(mail):
    return re.search(r"[A-Z]{4}-[A-Z]{4}", mail.body)[0]


def who(visitor):
    return visitor.session.get("_auth_user_id")


def log_in_with_password(visitor, user, aim=""):
    where = f"{LOGIN}?next={aim}" if aim else LOGIN
    return visitor.post(where, {"login": user.email, "password": PASSWORD})


def test_a_mailed_code_logs_in(visitor, clara, do_work, inbox):
    assert ask_for_code(visitor, "Clara@Example.org ").url == ENTER
    do_work()
    assert [mail.to for mail in inbox] == [["Clara <clara@example.org>"]]
    code = code_in(inbox[0])
    assert inbox[0].subject == "Your code for Stadtbrücke"  # phones show subjects when locked
    response = visitor.post(ENTER, {"code": code.lower().replace("-", " ")})
    assert (response.status_code, who(visitor)) == (302, str(clara.pk))


def test_a_wrong_code_is_refused_and_the_fifth_ends_the_try(visitor, clara, do_work, inbox):
    ask_for_code(visitor, clara.email)
    do_work()
    for _n in range(4):
        page = visitor.post(ENTER, {"code": "BBBB-BBBB"})
        assert "This code is not right" in page.content.decode()
    assert visitor.post(ENTER, {"code": "BBBB-BBBB"}).url == ASK
    assert visitor.post(ENTER, {"code": code_in(inbox[0])}).url == ASK
    assert who(visitor) is None


def test_a_code_is_too_old_after_ten_minutes(visitor, clara, do_work, inbox, time_machine):
    time_machine.move_to(timezone.now())
    ask_for_code(visitor, clara.email)
    do_work()
    time_machine.shift(601)
    assert visitor.post(ENTER, {"code": code_in(inbox[0])}).url == ASK
    assert who(visitor) is None


def _answers(visitor, email):
    """Everything an onlooker sees, with the address itself and one-time tokens taken out."""
    pages = [
        ask_for_code(visitor, email),
        visitor.get(ENTER),
        visitor.post(ENTER, {"code": "BBBB-BBBB"}),
        visitor.post("/konto/abmelden/"),
        visitor.post("/konto/passwort/vergessen/", {"email": email}),
        visitor.get("/konto/passwort/vergessen/gesendet/"),
        visitor.post(LOGIN, {"login": email, "password": "wrong password"}),
    ]
    texts = [page.content.decode().replace(email, "ADDRESS") for page in pages]
    tokens = r'name="(csrfmiddlewaretoken|idempotency_key)" value="[^"]*"'
    return [
        (page.status_code, page.headers.get("Location"), re.sub(tokens, "", text))
        for page, text in zip(pages, texts, strict=True)
    ]


def test_known_and_unknown_addresses_get_the_same_answers(clara):
    visitors = [Client(headers={"accept-language": "en"}) for _n in range(2)]
    known = _answers(visitors[0], "clara@example.org")
    assert _answers(visitors[1], "never@example.org") == known
    assert [len(text) > 500 for _status, _aim, text in known] == [0, 1, 1, 0, 0, 1, 1]
    mails = OutgoingMail.objects.values_list("to", "kind").order_by("pk")
    assert list(mails) == [
        ("clara@example.org", "account_code"),
        ("clara@example.org", "account_reset"),
        ("never@example.org", "account_unknown"),
        ("never@example.org", "account_unknown"),
    ]


def test_inactive_people_are_treated_like_unknown_ones(visitor, clara):
    User.objects.update(is_active=False)
    ask_for_code(visitor, clara.email)
    assert OutgoingMail.objects.get().kind == "account_unknown"


def test_codes_are_limited_by_address_not_by_room(visitor, clara):
    for _n in range(6):
        assert ask_for_code(Client(), clara.email).status_code == 302
    refused = ask_for_code(visitor, clara.email)
    assert "tried too often" in refused.content.decode()
    for n in range(40):  # forty people behind one network address
        assert ask_for_code(Client(), f"person{n}@example.org").status_code == 302


def test_passwords_are_limited_by_address_and_right_ones_do_not_count(clara, rita):
    for _n in range(8):
        assert log_in_with_password(Client(), clara).status_code == 302
    wrong = {"login": clara.email, "password": "wrong"}
    for _n in range(5):
        Client().post(LOGIN, wrong)
    refused = log_in_with_password(Client(headers={"accept-language": "en"}), clara)
    assert "tried too often" in refused.content.decode()
    assert log_in_with_password(Client(), rita).status_code == 302


def test_a_password_alone_does_not_let_staff_in(visitor, rita):
    assert log_in_with_password(visitor, rita).url == "/konto/zweiter-faktor/"
    assert who(visitor) is None
    page = visitor.post("/konto/zweiter-faktor/", {"code": "000000"})
    assert "This code is not right" in page.content.decode()
    visitor.post("/konto/zweiter-faktor/", {"code": factor.current_code(rita)})
    assert who(visitor) == str(rita.pk)


def test_a_mailed_code_does_not_replace_the_second_factor(visitor, rita, do_work, inbox):
    ask_for_code(visitor, rita.email)
    do_work()
    assert visitor.post(ENTER, {"code": code_in(inbox[0])}).url == "/konto/zweiter-faktor/"
    assert who(visitor) is None


def test_staff_without_a_second_factor_are_led_to_set_it_up(visitor, db):
    user = make_user("Nora", Role.OFFICE)
    response = log_in_with_password(visitor, user, "/postausgang/")
    assert response.url == "/konto/sicherheit/einrichten/?next=%2Fpostausgang%2F"
    assert not mandates.holds(user, Role.OFFICE)
    assert visitor.get("/postausgang/").status_code == 403


@pytest.mark.parametrize(
    "aim", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_next_never_leaves_the_host(visitor, clara, rita, aim):
    assert log_in_with_password(visitor, clara, aim).url == reverse("desk")
    other = Client()
    log_in_with_password(other, rita, aim)
    answer = other.post(f"/konto/zweiter-faktor/?next={aim}", {"code": factor.current_code(rita)})
    assert answer.url == reverse("desk")


def test_next_leads_back_on_this_host(visitor, clara, do_work, inbox):
    assert log_in_with_password(Client(), clara, "/hilfe/").url == "/hilfe/"
    assert ask_for_code(visitor, clara.email, "/hilfe/").url == f"{ENTER}?next=%2Fhilfe%2F"
    do_work()
    assert visitor.post(f"{ENTER}?next=/hilfe/", {"code": code_in(inbox[0])}).url == "/hilfe/"


def test_a_double_click_sends_one_code(visitor, clara):
    for _n in range(2):
        answer = visitor.post(ASK, {"email": clara.email, "idempotency_key": "k1"})
        assert answer.url == ENTER
    assert OutgoingMail.objects.count() == 1


def test_a_double_click_does_not_lose_the_login(visitor, clara, do_work, inbox):
    """The browser throws the first answer away, cookies and all; the second one must do."""
    visitor.get(LOGIN)
    first = Client(headers={"accept-language": "en"})
    first.cookies.load({name: cookie.value for name, cookie in visitor.cookies.items()})
    for click in (first, visitor):
        click.post(ASK, {"email": clara.email, "idempotency_key": "k1"})
    do_work()
    assert len(inbox) == 1
    visitor.post(ENTER, {"code": code_in(inbox[0])})
    assert who(visitor) == str(clara.pk)


def test_a_reset_link_names_the_portal_whatever_host_was_asked(clara, settings):
    Client().post(
        "/konto/passwort/vergessen/",
        {"email": clara.email},
        headers={"host": "localhost:6666"},
    )
    body = OutgoingMail.objects.get().body
    assert f"{settings.PUBLIC_URL}/konto/passwort/neu/" in body
    assert ":6666" not in body


def test_the_account_page_writes_nothing_but_name_and_language(visitor, rita):
    """Somebody resets the factor while the form is being saved."""
    visitor.force_login(rita, backend="allauth.account.auth_backends.AuthenticationBackend")

    def meanwhile(execute, sql, params, many, context):
        if sql.startswith('UPDATE "accounts_user"') and not happened:
            happened.append(sql)
            User.objects.filter(pk=rita.pk).update(session_epoch=7, factor_reset_at=timezone.now())
        return execute(sql, params, many, context)

    happened = []
    with connection.execute_wrapper(meanwhile):
        visitor.post("/konto/", {"name": "Rita Neu", "language": "en"})
    rita.refresh_from_db()
    assert happened
    assert (rita.name, rita.language, rita.session_epoch) == ("Rita Neu", "en", 7)
    assert rita.factor_reset_at


def test_a_mailed_link_sets_a_password_once_and_ends_sessions(visitor, clara, do_work, inbox):
    elsewhere = Client()
    log_in_with_password(elsewhere, clara)
    visitor.post("/konto/passwort/vergessen/", {"email": clara.email})
    do_work()
    link = re.search(r"/konto/passwort/neu/\S+", inbox[0].body)[0]
    form = visitor.get(link)
    assert form.url.endswith("-set-password/")  # the token has left the URL
    new = {"password1": "eine ganz neue Wendung", "password2": "eine ganz neue Wendung"}
    assert visitor.post(form.url, new).url == "/konto/passwort/gesetzt/"
    assert elsewhere.get("/konto/").status_code == 302
    assert "no longer works" in Client(headers={"accept-language": "en"}).get(link).content.decode()
    clara.refresh_from_db()
    assert clara.check_password("eine ganz neue Wendung")
    do_work()
    assert inbox[-1].subject in {"Your password was changed", "Ihr Passwort wurde geändert"}


def test_nobody_signs_up_by_a_form(visitor):
    for path in ["/konto/signup/", "/konto/registrieren/", "/konto/email/", "/konto/social/"]:
        assert visitor.get(path).status_code == 404


def test_the_words_of_code_mails_are_kept_from_staff(visitor, clara, otto, do_work):
    ask_for_code(visitor, clara.email)
    mail = OutgoingMail.objects.get()
    assert mail.secret
    do_work()
    mail.refresh_from_db()
    assert mail.body == ""
