"""Passkeys: kept where allauth keeps them, checked against this portal's own address.

A passkey confirms a person, and it can sign 32 bytes in a way that others can check later.
"""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as stored_by_allauth
from cryptography.exceptions import InvalidSignature
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from fido2 import cbor
from fido2.cose import CoseKey
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorData,
    CollectedClientData,
    PublicKeyCredentialRpEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from foundation.accounts import factor
from foundation.accounts.models import User
from foundation.errors import DomainError

KIND = Authenticator.Type.WEBAUTHN
MOST = 10
REQUIRED = UserVerificationRequirement.REQUIRED
STATE = stored_by_allauth.STATE_SESSION_KEY
# What a browser may send instead of an answer; the libraries raise all of these.
UNREADABLE = (TypeError, ValueError, KeyError, AttributeError, IndexError)

# The question as JSON, for the browser's navigator.credentials.
Options = str


class PasskeyRefused(DomainError):
    """The answer of the passkey does not fit the question, the person or this portal."""


class TooManyPasskeys(DomainError):
    """The person has enough passkeys."""


def rp_id() -> str:
    """The name for which passkeys are made: the host of PUBLIC_URL."""
    return urlsplit(settings.PUBLIC_URL).hostname or "localhost"


def passkeys_of(user: User) -> list[Authenticator]:
    """The person's passkeys, oldest first."""
    return list(Authenticator.objects.filter(user_id=user.pk, type=KIND).order_by("pk"))


def name_of(passkey: Authenticator) -> str:
    """What the person calls it."""
    return str(passkey.data["name"])


def ask_to_enrol(request: HttpRequest, user: User) -> Options:
    """The question for a new passkey; its state waits in the session."""
    options, state = _server().register_begin(
        user=stored_by_allauth.build_user_payload(user),
        credentials=_credentials(user),
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=REQUIRED,
    )
    request.session[STATE] = state
    return json.dumps(dict(options))


def enrol(request: HttpRequest, user: User, name: str, answer: dict[str, Any]) -> Authenticator:
    """Keep a new passkey; other sessions end, the person is told.

    Raises PasskeyRefused, TooManyPasskeys.
    """
    state = request.session.pop(STATE, None)
    try:
        parsed = RegistrationResponse.from_dict(answer)
        if state is None:
            raise _refused()
        made = _server().register_complete(state, parsed).credential_data
    except UNREADABLE as error:
        raise _refused() from error
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        mine = passkeys_of(user)
        if len(mine) >= MOST:
            raise TooManyPasskeys(
                "too-many-passkeys", _("You have enough passkeys. Remove one that you do not use.")
            )
        if made is None or made.credential_id in {
            each.credential_id for each in _credentials(user)
        }:
            raise _refused()
        had_factor = factor.has_second_factor(user)
        passkey = Authenticator.objects.create(
            user=user,
            type=KIND,
            data={"name": name.strip()[:100] or _("Passkey"), "credential": answer},
        )
        factor.note_added(user, is_first=not had_factor, happened="passkey-added")
    return passkey


def rename(passkey: Authenticator, name: str) -> None:
    """Call it something else."""
    passkey.data["name"] = name.strip()[:100]
    passkey.save(update_fields=["data"])


def remove(passkey: Authenticator, *, by: User) -> None:
    """Take one passkey away; with the last factor everything is reset (signing waits 48 hours)."""
    user = by
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        others = factor.second_factors(user.pk)
        if not others.exclude(pk=passkey.pk).exists():
            factor.remove(user, by=by)
            return
        Authenticator.objects.filter(pk=passkey.pk, user_id=user.pk, type=KIND).delete()
        factor.note_taken_away(user, happened="passkey-removed")


def ask_to_confirm(request: HttpRequest, user: User) -> Options:
    """The question that shows who is there; its state waits in the session."""
    options, state = _server().authenticate_begin(_credentials(user), user_verification=REQUIRED)
    request.session[STATE] = state
    return json.dumps(dict(options))


def confirm(request: HttpRequest, user: User, answer: dict[str, Any]) -> Authenticator:
    """The passkey that answered the question of this session, once. Raises PasskeyRefused."""
    state = request.session.pop(STATE, None)
    if state is None:
        raise _refused()
    return _answered(user, {**state, "user_verification": REQUIRED}, answer)[0]


def ask_to_sign(user: User, challenge: bytes) -> Options:
    """The question whose answer signs `challenge` (32 bytes: SHA-256 of what is signed)."""
    return json.dumps(dict(_to_sign(user, challenge)[0]))


def sign(user: User, challenge: bytes, answer: dict[str, Any]) -> dict[str, str]:
    """The assertion over `challenge`, whole enough to be checked without us later.

    Base64url texts: credential_id, public_key (COSE), client_data, authenticator_data, signature;
    and rp_id, origin. Raises PasskeyRefused.
    """
    state = _to_sign(user, challenge)[1]
    _passkey, credential, given = _answered(user, state, answer)
    response = given.response
    return {
        "credential_id": _text(credential.credential_id),
        "public_key": _text(cbor.encode(dict(credential.public_key))),
        "client_data": _text(bytes(response.client_data)),
        "authenticator_data": _text(bytes(response.authenticator_data)),
        "signature": _text(response.signature),
        "rp_id": rp_id(),
        "origin": settings.PUBLIC_URL,
    }


def still_holds(assertion: dict[str, str], challenge: bytes) -> bool:
    """Check a stored assertion again, from nothing but itself and what was signed."""
    try:
        client_data = CollectedClientData(_bytes(assertion["client_data"]))
        told = AuthenticatorData(_bytes(assertion["authenticator_data"]))
        cose: Any = cbor.decode(_bytes(assertion["public_key"]))
        key = CoseKey.parse(cose)
        fits = (
            client_data.type == CollectedClientData.TYPE.GET
            and client_data.challenge == challenge
            and client_data.origin == assertion["origin"]
            and told.rp_id_hash == hashlib.sha256(assertion["rp_id"].encode()).digest()
            and told.is_user_present()
            and told.is_user_verified()
        )
        key.verify(bytes(told) + client_data.hash, _bytes(assertion["signature"]))
    except (InvalidSignature, *UNREADABLE):
        return False
    return fits


def _to_sign(user: User, challenge: bytes) -> tuple[Any, Any]:
    return _server().authenticate_begin(
        _credentials(user), user_verification=REQUIRED, challenge=challenge
    )


def _answered(
    user: User, state: Any, answer: dict[str, Any]
) -> tuple[Authenticator, AttestedCredentialData, AuthenticationResponse]:
    try:
        given = AuthenticationResponse.from_dict(answer)
        credential = _server().authenticate_complete(state, _credentials(user), given)
    except (InvalidSignature, *UNREADABLE) as error:
        raise _refused() from error
    passkey = stored_by_allauth.get_authenticator_by_credential_id(user, credential.credential_id)
    if passkey is None:
        raise _refused()
    return passkey, credential, given


def _credentials(user: User) -> list[AttestedCredentialData]:
    return stored_by_allauth.get_credentials(user)


def _server() -> Fido2Server:
    entity = PublicKeyCredentialRpEntity(name="Stadtbrücke", id=rp_id())
    # Only this very address: neither another port nor another name under the same domain.
    return Fido2Server(entity, verify_origin=lambda origin: origin == settings.PUBLIC_URL)


def _refused() -> PasskeyRefused:
    return PasskeyRefused(
        "passkey-refused",
        _("The passkey did not confirm this step. Reload the page and try again."),
    )


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
