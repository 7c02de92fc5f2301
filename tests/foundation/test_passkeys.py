"""Passkeys: made, used at login and to confirm, signing what others can check, taken away."""

import hashlib
import json
import time

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client

from foundation.accounts import factor, passkeys
from foundation.accounts.models import User
from foundation.accounts.proof import find_proof
from foundation.mail.models import OutgoingMail
from tests.authenticator import SoftwareKey
from tests.conftest import confirm_factor, login, make_user
from tests.foundation.test_accounts_factor import request_of

NEW = "/konto/sicherheit/passkeys/neu/"
CONFIRM = "/konto/bestaetigen/passkey/"


@pytest.fixture
def english():
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def key():
    return SoftwareKey(settings.PUBLIC_URL)


def enrol(client, key, name="Büro"):
    page = client.get(NEW)
    answer = json.dumps(key.create(page.context["options"]))
    return client.post(NEW, {"name": name, "credential": answer})


@pytest.fixture
def pia(db):
    return make_user("Pia", factor=True)


def test_a_passkey_is_made_named_used_and_taken_away(english, pia, key):
    login(english, pia, fresh=True)
    assert enrol(english, key).url == "/konto/sicherheit/"
    (kept,) = passkeys.passkeys_of(pia)
    assert passkeys.name_of(kept) == "Büro"
    assert "einen neuen Passkey" in OutgoingMail.objects.get(kind="account_notice").subject

    confirm_factor(english, pia, age=400)
    options = english.get("/konto/bestaetigen/").context["passkey_options"]
    answer = english.post(CONFIRM, {"credential": json.dumps(key.get(options)), "next": "/hilfe/"})
    assert answer.url == "/hilfe/"
    assert find_proof(request_of(english, pia)).factor == "webauthn"

    english.post(f"/konto/sicherheit/passkeys/{kept.pk}/", {"name": "Rathaus"})
    assert "Rathaus" in english.get("/konto/sicherheit/").content.decode()
    assert english.post(f"/konto/sicherheit/passkeys/{kept.pk}/entfernen/").status_code == 302
    assert passkeys.passkeys_of(pia) == []
    assert factor.has_app(pia)
    assert User.objects.get(pk=pia.pk).factor_reset_at is None


def test_a_new_passkey_needs_the_second_factor_that_is_there(english, pia):
    login(english, pia)
    assert english.get(NEW).url == f"/konto/bestaetigen/?next={NEW.replace('/', '%2F')}"


def test_the_first_passkey_needs_a_recent_login_and_brings_recovery_codes(db, english, key):
    nora = make_user("Nora")
    login(english, nora)
    assert "options" not in english.get(NEW).context
    session = english.session
    session["account_authentication_methods"] = [
        {"method": "code", "at": time.time(), "email": nora.email}
    ]
    session["account_authentication_methods_user"] = str(nora.pk)
    session.save()
    assert enrol(english, key).url.startswith("/konto/sicherheit/ersatzcodes/")
    assert factor.has_second_factor(nora)
    assert len(factor.unused_recovery_codes(nora)) == 10
    # The only factor: taking it away is a reset.
    confirm_factor(english, nora)
    (kept,) = passkeys.passkeys_of(nora)
    english.post(f"/konto/sicherheit/passkeys/{kept.pk}/entfernen/")
    assert not factor.has_second_factor(nora)
    assert User.objects.get(pk=nora.pk).factor_reset_at


def test_the_second_step_of_a_login_takes_a_passkey(english, pia, key):
    login(english, pia, fresh=True)
    enrol(english, key)
    visitor = Client(headers={"accept-language": "en"})
    visitor.post("/konto/anmelden/", {"login": pia.email, "password": "langes Passwort 1"})
    page = visitor.get("/konto/zweiter-faktor/")
    answer = json.dumps(key.get(page.context["passkey_options"]))
    entered = visitor.post("/konto/zweiter-faktor/", {"credential": answer})
    assert entered.status_code == 302
    assert visitor.get("/konto/").status_code == 200
    assert find_proof(request_of(visitor, pia)).factor == "webauthn"


@pytest.mark.parametrize(
    "fault", ["another address", "another name", "not verified", "another key", "used before"]
)
def test_what_does_not_fit_is_refused(english, pia, key, fault):
    login(english, pia, fresh=True)
    enrol(english, key)
    confirm_factor(english, pia, age=400)
    options = english.get("/konto/bestaetigen/").context["passkey_options"]
    if fault == "another address":
        key.origin = "http://localhost:1"
    elif fault == "another name":
        key.rp_id = "example.org"
    elif fault == "not verified":
        key.verified = False
    elif fault == "another key":
        key.key = SoftwareKey(key.origin).key
    given = {"credential": json.dumps(key.get(options))}
    if fault == "used before":
        assert english.post(CONFIRM, given).status_code == 302
        confirm_factor(english, pia, age=400)
    page = english.post(CONFIRM, given)
    assert "The passkey did not confirm this step" in page.content.decode()
    assert find_proof(request_of(english, pia)) is None


@pytest.mark.parametrize("rubbish", ["", "kein JSON", "[]", "7", "{}", '{"response": 1}'])
def test_rubbish_is_a_sentence_not_a_crash(english, pia, key, rubbish):
    login(english, pia, fresh=True)
    page = english.post(NEW, {"name": "x", "credential": rubbish})
    assert page.status_code == 200
    page = english.post(CONFIRM, {"credential": rubbish})
    assert page.status_code == 200
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_somebody_elses_passkey_is_not_there(english, pia, key, otto):
    login(english, pia, fresh=True)
    enrol(english, key)
    (kept,) = passkeys.passkeys_of(pia)
    stranger = login(Client(), otto, fresh=True)
    assert stranger.get(f"/konto/sicherheit/passkeys/{kept.pk}/").status_code == 404
    assert stranger.post(f"/konto/sicherheit/passkeys/{kept.pk}/entfernen/").status_code == 404


def test_what_a_passkey_signed_can_be_checked_without_it(english, pia, key):
    login(english, pia, fresh=True)
    enrol(english, key)
    challenge = hashlib.sha256(b"what is signed").digest()
    assertion = passkeys.sign(pia, challenge, key.get(passkeys.ask_to_sign(pia, challenge)))
    Authenticator.objects.filter(user=pia, type="webauthn").delete()
    assert passkeys.still_holds(assertion, challenge)
    assert not passkeys.still_holds(assertion, hashlib.sha256(b"something else").digest())
    for name, other in (("origin", "https://example.org"), ("rp_id", "x"), ("signature", "AAAA")):
        assert not passkeys.still_holds({**assertion, name: other}, challenge)
