"""SECRET_KEY may change: with its predecessor nobody notices, without it there is a sentence."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.management import CommandError, call_command
from django.test import Client

from foundation.accounts import factor
from tests.conftest import login

FIRST, NEXT = "the first key, long enough to be one", "the next key, long enough to be one"


@pytest.fixture
def key(settings):
    """Sets the key and its predecessors."""

    def change(newest, *former):
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = newest, list(former)

    change(FIRST)
    return change


def test_with_its_predecessor_nobody_notices_a_new_key(key, rita):
    RecoveryCodes.activate(rita)
    key(NEXT, FIRST)
    factor.use_code(rita, factor.current_code(rita))
    codes = factor.unused_recovery_codes(rita)
    assert len(codes) == 10
    call_command("encrypt_anew")
    key(NEXT)
    assert factor.unused_recovery_codes(rita) == codes
    assert factor.use_code(rita, codes[0], recovery=True).type == "recovery_codes"
    assert len(factor.current_code(rita)) == 6


def test_a_forgotten_key_is_a_sentence_and_no_fault(key, rita):
    RecoveryCodes.activate(rita)
    key(NEXT)
    visitor = Client(headers={"accept-language": "en"})
    words = {"login": rita.email, "password": "langes Passwort 1"}
    assert visitor.post("/konto/anmelden/", words).url == "/konto/zweiter-faktor/"
    page = visitor.post("/konto/zweiter-faktor/", {"code": "123456"})
    assert "the portal&#x27;s key was changed" in page.content.decode()
    inside = login(Client(headers={"accept-language": "en"}), rita)
    assert inside.get("/konto/sicherheit/").status_code == 200
    page = inside.post("/konto/bestaetigen/", {"code": "123456"})
    assert "an administrator can reset your second factor" in page.content.decode()


def test_nothing_is_encrypted_anew_when_one_secret_is_unreadable(key, rita, leo):
    before = list(Authenticator.objects.order_by("pk").values_list("data", flat=True))
    key(NEXT)
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("encrypt_anew")
    assert list(Authenticator.objects.order_by("pk").values_list("data", flat=True)) == before
