"""Signing and declining: one page, one thing to do, over exactly the bytes that it shows."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from foundation.access import require
from foundation.accounts import factor, passkeys
from foundation.accounts.people import myself
from foundation.accounts.proof import Proof, find_proof, prove_now
from foundation.documents.models import Release
from foundation.posting.once import once
from partnerships import permissions
from partnerships.forms.agreements import ReasonForm
from partnerships.forms.evidence import SignForm
from partnerships.models import Agreement, AgreementVersion, Edition, Evidence, Signatory
from partnerships.signing import signatures
from partnerships.signing.evidence_records import challenge_of, record_of
from partnerships.signing.rendering import rows_of
from partnerships.signing.reservations import held_of
from partnerships.views.agreement import page_of
from partnerships.views.answers import answer, fetch_agreement
from partnerships.wording.versions import edition_of, standing_version

# Codes of the app; a passkey that only opened a page says nothing about these bytes.
BY_CODE = frozenset({str(factor.TOTP)})


@login_required
@once
def agreement_sign(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    """All languages, both digests, consent and second factor on one page."""
    found = fetch_agreement(request, slug, number)
    require(permissions.can_sign(request.user, found))
    context = _signing_context(request, found)
    shown = {key: context[key] for key in ("version_sha256", "pdf_sha256")}
    form = SignForm(
        request.POST or None,
        initial=shown,
        asks_code=factor.has_app(myself(request)) and _proof(request) is None,
        has_passkey="passkey_options" in context,
    )
    return answer(
        request,
        form,
        lambda form: _sign(request, found, form),
        to=page_of(found),
        template="partnerships/agreement_sign.html",
        context=context,
        done=_("You have signed. A copy for your files is on this page."),
    )


def _sign(request: HttpRequest, agreement: Agreement, form: SignForm) -> None:
    typed = form.cleaned_data
    passkey = proof = None
    if typed.get("credential"):
        nonce = request.session.get(_nonce_key(agreement), "")
        passkey = signatures.PasskeyAnswer(nonce=nonce, answer=typed["credential"])
    else:
        # A code in this form counts before an older proof of the session.
        proof = prove_now(request, typed["code"]) if typed.get("code") else _proof(request)
    signatures.sign(
        agreement,
        version_sha256=typed["version_sha256"],
        pdf_sha256=typed["pdf_sha256"],
        proof=proof,
        passkey=passkey,
        by=myself(request),
    )
    request.session.pop(_nonce_key(agreement), None)


def _proof(request: HttpRequest) -> Proof | None:
    return find_proof(request, accepted=BY_CODE)


def _nonce_key(agreement: Agreement) -> str:
    return f"signing-{agreement.pk}"


def _signing_context(request: HttpRequest, agreement: Agreement) -> dict[str, Any]:
    """The frozen rows and the two digests of what is shown."""
    version = standing_version(agreement)
    issued = edition_of(version, Release.Stage.ISSUED) if version else None
    place = permissions.signatory_of(request.user, agreement)
    context: dict[str, Any] = {
        "agreement": agreement,
        "partnership": agreement.partnership,
        "version": version,
        "rows": rows_of(version.data) if version else [],
        "version_sha256": version.sha256 if version else "",
        "pdf_sha256": issued.pdf_sha256 if issued else "",
        "place": place,
        "can_sign_now": agreement.state == Agreement.State.COLLECTING and issued is not None,
        "has_app": factor.has_app(myself(request)),
    }
    if context["can_sign_now"] and version and issued and place:
        context["signed_already"] = version.evidence.filter(signatory=place).exists()
        context["held"] = held_of(version)
        if passkeys.passkeys_of(myself(request)):
            context["passkey_options"] = _question(request, version, issued, place)
    return context


def _question(
    request: HttpRequest, version: AgreementVersion, issued: Edition, place: Signatory
) -> str:
    """What the passkey is asked: the digest of the record, with a nonce kept in the session."""
    key = _nonce_key(version.agreement)
    nonce = request.session.setdefault(key, signatures.new_nonce())
    record = record_of(
        version, place, kind=Evidence.Kind.CLICK, pdf_sha256=issued.pdf_sha256, nonce=nonce
    )
    return passkeys.ask_to_sign(myself(request), challenge_of(record))


@login_required
@once
def agreement_decline(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    """Say no, with a reason that everybody involved will read."""
    found = fetch_agreement(request, slug, number)
    require(permissions.can_sign(request.user, found))
    return answer(
        request,
        ReasonForm(request.POST or None),
        lambda form: signatures.decline(
            found, reason=form.cleaned_data["reason"], by=myself(request)
        ),
        to=page_of(found),
        template="partnerships/agreement_decline.html",
        context={"agreement": found, "page": page_of(found)},
        done=_("You have declined. Everybody involved has been told."),
    )
