"""Pages of signing: passkeys, scans to compare, certificates of one's own, the big screen."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils import timezone

from foundation.accounts import passkeys
from partnerships.models import Agreement, Submission
from partnerships.signing import submissions
from tests.authenticator import SoftwareKey
from tests.browser.places import MAIN_FORM, Place, at, of
from tests.browser.scene import Scene

NO_PAGES = """
agreement_protocol evidence_file signatory_authority signature_reserve signature_give_back
confirm_passkey
"""
PAIR = "zweites-abkommen"


def prepare(people) -> None:
    agreement = Agreement.objects.get(partnership__slug=PAIR)
    first = agreement.signatories.get(party__position=1)
    submissions.bring(
        agreement, first, kind=Submission.Kind.PAPER, data=b"%PDF-1.7\nscan\n%%EOF\n",
        signed_on=timezone.localdate(), by=people["otto"],
    )  # fmt: skip
    made = SoftwareKey(settings.PUBLIC_URL).create('{"publicKey": {"challenge": "AAAA"}}')
    data = {"name": "Büro", "credential": made}
    Authenticator.objects.create(user=people["rita"], type=passkeys.KIND, data=data)


def places() -> list[Place]:
    return [
        of("ceremony", _signing, who="otto"),
        at("ceremony:concluded", "lindenau-jaervikoski", "SB-2026-002", who="berta"),
        of("agreement_freeze", _signing, who="otto"),
        of("agreement_freeze:missing", _tampere, who="otto"),
        of("evidence_bring", _signing, who="otto"),
        of("evidence_bring:wrong", _signing, who="otto", sends=MAIN_FORM),
        of("evidence_compare", _scan, who="paula"),
        of("evidence_compare:wrong", _scan, who="paula", sends=MAIN_FORM),
        of("evidence_compare:own", _scan, who="otto"),
        of("agreement_file_number", _signing, who="berta"),
        of("signature_upload", _place, who="paula"),
        of("signatory_deputy", _place, who="otto"),
        at("passkey_new", who="otto"),
        of("passkey_rename", _passkey, who="rita"),
        of("passkey_remove", _passkey, who="rita"),
        at("second_factor:passkeys", who="rita"),
    ]


def _signing(scene: Scene) -> list[str]:
    return [scene.signing.partnership.slug, scene.signing.number]


def _tampere(_scene: Scene) -> list[str]:
    return ["bielefeld-tampere", "SB-2026-001"]


def _scan(scene: Scene) -> list:
    return [*_signing(scene), Submission.objects.latest("pk").pk]


def _place(scene: Scene) -> list:
    return [*_signing(scene), scene.signing.signatories.get(party__position=2).pk]


def _passkey(scene: Scene) -> list[int]:
    return [Authenticator.objects.get(user=scene.people["rita"], type=passkeys.KIND).pk]
