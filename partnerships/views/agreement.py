"""Reading an agreement, and every step of its road but writing and signing."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.access import require
from foundation.accounts.forms import ConfirmForm
from foundation.accounts.people import myself
from foundation.documents import files, releases
from foundation.posting.once import once
from partnerships import permissions
from partnerships.forms.agreements import AgreeForm, ReasonForm
from partnerships.models import Agreement
from partnerships.views.agreement_page import page_context
from partnerships.views.answers import (
    act_and_return,
    answer,
    fetch_agreement,
    fetch_partnership,
    own_party,
)
from partnerships.wording import agreements, lamps
from partnerships.wording.drafts import gather
from partnerships.wording.versions import freeze, newest_edition


def page_of(agreement: Agreement) -> str:
    """The address of the agreement's page."""
    return reverse("agreement", args=[agreement.partnership.slug, agreement.number])


@require_safe
def agreement(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    """Lamps, state, both languages side by side, evidence, and what this person can do next."""
    found = fetch_agreement(request, slug, number)
    return render(request, "partnerships/agreement.html", page_context(found, request.user))


@login_required
@require_POST
@once
def agreement_new(request: HttpRequest, slug: str) -> HttpResponse:
    partnership = fetch_partnership(request, slug)
    require(permissions.can_edit_partnership(request.user, partnership))
    return act_and_return(
        request,
        lambda: agreements.draft_agreement(partnership, by=myself(request)),
        to=reverse("partnership", args=[slug]) + "#abkommen",
        done=_("The draft is there: both languages, filled from your data."),
    )


@login_required
@require_POST
@once
def agreement_agree(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    found = fetch_agreement(request, slug, number)
    party = own_party(request, found.partnership)
    form = AgreeForm(request.POST)
    digest = form.cleaned_data["digest"] if form.is_valid() else ""
    return act_and_return(
        request,
        lambda: agreements.agree(found, party, digest=digest, by=myself(request)),
        to=page_of(found),
        done=_("Your city has agreed to this text."),
    )


@login_required
@once
def agreement_freeze(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    """What freezing means, and the second factor that it needs."""
    found = fetch_agreement(request, slug, number)
    require(permissions.can_freeze(request.user, found))
    return answer(
        request,
        ConfirmForm(request.POST if request.method == "POST" else None, request=request),
        lambda form: freeze(found, by=myself(request), proof=form.proof),
        to=page_of(found),
        template="partnerships/agreement_freeze.html",
        context={"agreement": found, "page": page_of(found), "unlit": lamps.unlit(gather(found))},
        done=_("The version is frozen. The PDF is being made; signatories will be told."),
    )


@login_required
@once
def agreement_reopen(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    found = fetch_agreement(request, slug, number)
    require(permissions.can_reopen_agreement(request.user, found))
    return answer(
        request,
        ReasonForm(request.POST or None),
        lambda form: agreements.reopen(
            found, reason=form.cleaned_data["reason"], by=myself(request)
        ),
        to=page_of(found),
        template="partnerships/agreement_reopen.html",
        context={"agreement": found, "page": page_of(found)},
        done=_("The text is open again. Everybody involved has been told."),
    )


@login_required
@once
def agreement_withdraw(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    found = fetch_agreement(request, slug, number)
    require(permissions.is_office(request.user))
    return answer(
        request,
        ReasonForm(request.POST or None),
        lambda form: agreements.withdraw(
            found, reason=form.cleaned_data["reason"], by=myself(request)
        ),
        to=page_of(found),
        template="partnerships/agreement_withdraw.html",
        context={"agreement": found, "page": page_of(found)},
        done=_("The agreement is withdrawn. Everybody involved has been told."),
    )


@login_required
@require_POST
@once
def agreement_publish(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    found = fetch_agreement(request, slug, number)
    party = own_party(request, found.partnership)
    return act_and_return(
        request,
        lambda: agreements.agree_to_publication(found, party, by=myself(request)),
        to=page_of(found),
        done=_("Your city agrees to the publication."),
    )


@require_safe
def agreement_pdf(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    """The sealed file: for the parties from the day it is issued, for everybody once published."""
    found = fetch_agreement(request, slug, number)
    edition = newest_edition(found)
    if edition is None:
        return render(
            request,
            "partnerships/agreement_not_ready.html",
            {"agreement": found, "page": page_of(found)},
            status=404,
        )
    pdf = files.read(releases.newest_of(edition.release).file)
    response = HttpResponse(pdf, content_type="application/pdf")
    name = f"{found.file_stem}-{edition.stage}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
