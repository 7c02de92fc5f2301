"""A passkey of somebody in the office, and what forms about passkeys would be sent."""

from allauth.mfa.models import Authenticator
from django.conf import settings

from tests.authenticator import SoftwareKey

PLAIN = {
    "passkey_new": {"name": "Neu", "credential": "{}"},
    "passkey_rename": {"name": "Neuer Name"},
    "confirm_passkey": {"credential": "{}"},
}
DEPENDENT: dict = {}


def places(world):
    made = SoftwareKey(settings.PUBLIC_URL).create('{"publicKey": {"challenge": "AAAA"}}')
    passkey = Authenticator.objects.create(
        user=world.people["office"],
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Rathaus", "credential": made},
    )
    return {"passkey of the office": {"pk": passkey.pk}}
