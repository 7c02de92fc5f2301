"""The second factor: fresh for five minutes, each code once, reset slowly, limited per account."""

import datetime as dt
import threading

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone

from foundation.accounts import factor, mandates
from foundation.accounts.models import Role, User
from foundation.accounts.proof import (
    FactorUnsettled,
    ProofMissing,
    demand_proof,
    demand_settled_factor,
    find_proof,
)
from foundation.mail.models import OutgoingMail
from foundation.posting.limits import TooOften
from tests.conftest import confirm_factor, login, make_user

CONFIRM = "/konto/bestaetigen/"


def request_of(client, user):
    request = RequestFactory().get("/")
    request.session, request.user = client.session, user
    return request


@pytest.fixture
def english():
    return Client(headers={"accept-language": "en"})


def test_a_factor_is_fresh_for_five_minutes(client, leo):
    login(client, leo)
    with pytest.raises(ProofMissing):
        demand_proof(request_of(client, leo))
    confirm_factor(client, leo, age=299)
    assert demand_proof(request_of(client, leo)).user_id == leo.pk
    confirm_factor(client, leo, age=301)
    assert find_proof(request_of(client, leo)) is None


def test_the_confirmation_of_one_person_is_none_of_another(client, leo, otto):
    login(client, leo, fresh=True)
    assert find_proof(request_of(client, otto)) is None


def test_confirming_makes_it_fresh_and_leads_back(client, leo):
    login(client, leo)
    answer = client.post(f"{CONFIRM}?next=/hilfe/", {"code": factor.current_code(leo)})
    assert answer.url == "/hilfe/"
    assert demand_proof(request_of(client, leo)).factor == "totp"
    assert client.post(f"{CONFIRM}?next=//evil.example", {}).url == "/schreibtisch/"


def test_a_code_counts_once(english, leo):
    login(english, leo)
    code = factor.current_code(leo)
    assert english.post(CONFIRM, {"code": code}).status_code == 302
    other = login(Client(headers={"accept-language": "en"}), leo)
    page = other.post(CONFIRM, {"code": code})
    assert "it was used before" in page.content.decode()
    assert find_proof(request_of(other, leo)) is None


def test_an_older_code_does_not_count_after_a_newer_one(leo, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    before = factor.current_code(leo)
    time_machine.shift(30)
    factor.use_code(leo, factor.current_code(leo))
    with pytest.raises(factor.WrongCode):
        factor.use_code(leo, before)


def test_a_clock_may_be_half_a_minute_off(leo, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    assert factor.use_code(leo, factor.current_code(leo, ahead=-1)).type == "totp"
    assert factor.use_code(leo, factor.current_code(leo, ahead=1)).type == "totp"
    with pytest.raises(factor.WrongCode):
        factor.use_code(leo, factor.current_code(leo, ahead=2))


def test_wrong_codes_are_limited_and_right_ones_are_not(leo, time_machine):
    time_machine.move_to(timezone.now().replace(second=1, microsecond=0), tick=False)
    for _n in range(10):
        time_machine.shift(30)
        factor.use_code(leo, factor.current_code(leo))
    for _n in range(6):
        with pytest.raises(factor.WrongCode):
            factor.use_code(leo, "000000")
    with pytest.raises(TooOften):
        factor.use_code(leo, factor.current_code(leo, ahead=1))


@pytest.mark.django_db(transaction=True)
def test_one_code_used_by_two_at_once_counts_once(leo):
    code, outcome, start = factor.current_code(leo), [], threading.Barrier(4)

    def use():
        start.wait(10)
        try:
            outcome.append(factor.use_code(leo, code).type)
        except factor.WrongCode as refusal:
            outcome.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=use) for _n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(outcome) == ["totp", "wrong-code", "wrong-code", "wrong-code"]


def test_a_recovery_code_logs_in_once_but_proves_nothing(client, rita):
    spare = factor.new_recovery_codes(rita)[0]
    client.post("/konto/anmelden/", {"login": rita.email, "password": "langes Passwort 1"})
    client.post("/konto/zweiter-faktor/", {"code": spare})
    assert client.session["_auth_user_id"] == str(rita.pk)
    assert find_proof(request_of(client, rita)) is None
    assert spare not in factor.unused_recovery_codes(rita)
    with pytest.raises(factor.WrongCode):
        factor.use_code(rita, spare, recovery=True)


def test_enrolling_gives_effect_to_roles_and_ends_other_sessions(english, db, do_work, inbox):
    nora = make_user("Nora", Role.OFFICE)
    password = {"login": nora.email, "password": "langes Passwort 1"}
    elsewhere = Client()
    elsewhere.post("/konto/anmelden/", password)
    english.post("/konto/anmelden/", password)
    page = english.get("/konto/sicherheit/einrichten/?next=/postausgang/").content.decode()
    secret = english.session["mfa.totp.secret"]
    assert "<svg" in page and secret[:8] in page
    wrong = english.post("/konto/sicherheit/einrichten/", {"code": "000000"})
    assert "This code is not right" in wrong.content.decode()
    assert english.session["mfa.totp.secret"] == secret
    step = factor.format_hotp_value(factor.hotp_value(secret, factor._step_now()))
    answer = english.post("/konto/sicherheit/einrichten/", {"code": step, "next": "/postausgang/"})
    assert answer.url == "/konto/sicherheit/ersatzcodes/?next=%2Fpostausgang%2F"
    codes = english.get(answer.url).content.decode()
    assert factor.unused_recovery_codes(nora)[9][:4] in codes
    assert factor.unused_recovery_codes(nora)[9][:4] not in english.get(answer.url).content.decode()
    assert english.get("/postausgang/").status_code == 200
    assert elsewhere.get("/konto/").status_code == 302  # that session is over
    do_work()
    assert len(inbox) == 1


def test_enrolling_needs_a_recent_login(english, db):
    nora = make_user("Nora", Role.OFFICE)
    login(english, nora)
    page = english.get("/konto/sicherheit/einrichten/").content.decode()
    assert "Please log in once more" in page
    assert "mfa.totp.secret" not in english.session


def test_the_key_of_the_app_rests_encrypted(leo):
    stored = Authenticator.objects.get(user=leo).data["secret"]
    assert len(stored) > 100
    assert factor.decrypt(stored) != stored


def test_after_a_reset_roles_rest_and_signing_waits(client, leo):
    login(client, leo, fresh=True)
    demand_settled_factor(leo)
    client.post("/konto/sicherheit/entfernen/")
    leo = User.objects.get(pk=leo.pk)
    assert not mandates.holds(leo, Role.LOTTERY_OFFICER)
    with pytest.raises(FactorUnsettled):
        demand_settled_factor(leo)
    assert find_proof(request_of(client, leo)) is None
    User.objects.filter(pk=leo.pk).update(factor_reset_at=timezone.now() - dt.timedelta(hours=49))
    demand_settled_factor(leo)
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    code = factor.format_hotp_value(factor.hotp_value(secret, factor._step_now()))
    factor.enrol(leo, secret, code)  # with the new app the waiting time starts anew
    with pytest.raises(FactorUnsettled):
        demand_settled_factor(leo)
    kinds = OutgoingMail.objects.values_list("kind", flat=True)
    assert list(kinds) == ["account_notice", "account_notice"]


def test_removing_needs_a_code_or_a_recovery_login(english, leo):
    login(english, leo)
    page = english.post("/konto/sicherheit/entfernen/", {"code": ""})
    assert "Please enter the code" in page.content.decode()
    assert factor.has_second_factor(leo)


def test_people_without_an_app_are_led_to_set_it_up(client, clara):
    login(client, clara)
    assert client.get(CONFIRM).url == "/konto/sicherheit/einrichten/?next=%2Fschreibtisch%2F"


def test_changing_the_password_asks_for_the_old_one(english, clara):
    login(english, clara)
    new = {"password1": "eine ganz neue Wendung", "password2": "eine ganz neue Wendung"}
    page = english.post("/konto/passwort/", {**new, "current": "wrong"})
    assert "This is not your current password" in page.content.decode()
    answer = english.post("/konto/passwort/", {**new, "current": "langes Passwort 1"})
    assert answer.url == "/konto/"
    assert english.get("/konto/").status_code == 200  # this session goes on
    clara.refresh_from_db()
    assert clara.check_password("eine ganz neue Wendung")
