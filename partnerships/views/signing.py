"""Signing and declining: one page, one thing to do, over exactly the bytes that it shows."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from foundation.access import require
from foundation.accounts.people import myself
from foundation.accounts.proof import find_proof, prove_now
from foundation.posting.once import once
from partnerships import permissions, signatures
from partnerships.forms.agreements import ReasonForm, SignForm
from partnerships.models import Agreement
from partnerships.views.agreement import page_of
from partnerships.views.agreement_page import signing_context
from partnerships.views.answers import answer, fetch_agreement


@login_required
@once
def agreement_sign(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    """Both languages, both digests, consent and second factor on one page."""
    found = fetch_agreement(request, slug, number)
    require(permissions.can_sign(request.user, found))
    context = signing_context(found, request.user)
    needs_code = find_proof(request) is None
    shown = {key: context[key] for key in ("version_sha256", "pdf_sha256")}
    form = SignForm(request.POST or None, initial=shown, needs_code=needs_code)
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
    # A code in this form counts before an older proof of the session.
    proof = prove_now(request, typed["code"]) if typed.get("code") else find_proof(request)
    if proof is None:
        raise signatures.no_proof()
    signatures.sign(
        agreement,
        version_sha256=typed["version_sha256"],
        pdf_sha256=typed["pdf_sha256"],
        proof=proof,
        by=myself(request),
    )


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
