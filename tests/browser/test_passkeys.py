"""A real browser with an authenticator of its own: enrols a passkey and signs an agreement."""

import pytest
from django.conf import settings

from foundation.accounts import passkeys
from partnerships.models import Evidence
from partnerships.signing.evidence_records import is_attested_by_passkey

pytestmark = pytest.mark.browser


@pytest.fixture
def device(visit, portal, monkeypatch):
    """Somebody's browser with a device that knows its owner."""
    monkeypatch.setattr(settings, "PUBLIC_URL", portal)
    visitor = visit("paula", "en", locale="en-GB")
    chrome = visitor.page.context.new_cdp_session(visitor.page)
    chrome.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    chrome.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return visitor


def test_a_passkey_is_made_and_signs_what_stands_on_the_page(device, scene):
    page = device.page
    device.open("/konto/sicherheit/passkeys/neu/")
    page.fill("[name=name]", "Laptop")
    page.click("[data-passkey] button")
    page.wait_for_url("**/konto/sicherheit/")
    assert "Laptop" in page.inner_text("main")

    signing = scene.signing
    device.open(
        f"/partnerschaften/{signing.partnership.slug}/abkommen/{signing.number}/unterschreiben/"
    )
    page.check("[name=consent]")
    page.click("[data-passkey] button")
    page.wait_for_url(f"**/abkommen/{signing.number}/")
    evidence = Evidence.objects.get(version__agreement=signing)
    assert evidence.factor == passkeys.KIND
    assert is_attested_by_passkey(evidence)
    assert "others can check it" in page.inner_text("main")
    assert device.complaints == []
