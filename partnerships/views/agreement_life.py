"""A concluded agreement lives on: renewed by both, reviewed, or ended with notice."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.accounts.people import myself
from foundation.posting.once import once
from partnerships.forms.agreement_life import DeclareForm, NoticeForm, RenewForm, ReviewForm
from partnerships.models import Agreement
from partnerships.views.agreement import page_of
from partnerships.views.agreement_text import editable
from partnerships.views.answers import act_and_return, answer, fetch_agreement, own_party
from partnerships.wording import terminations, terms


def _back(agreement: Agreement) -> str:
    return page_of(agreement) + "#laufzeit"


@login_required
@once
def agreement_renew(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    found = fetch_agreement(request, slug, number)
    party = own_party(request, found.partnership)
    return answer(
        request,
        RenewForm(request.POST or None),
        lambda form: terms.propose_renewal(
            found, party, by=myself(request), ends_on=form.cleaned_data["ends_on"]
        ),
        to=_back(found),
        template="partnerships/agreement_part.html",
        context={"agreement": found, "heading": _("Renew the term"), "page": page_of(found)},
        done=_("Your city has declared the new end. It counts when the others declare the same."),
    )


@login_required
@require_POST
@once
def agreement_renewal(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    """Declaring the same end as the other city."""
    found = fetch_agreement(request, slug, number)
    party = own_party(request, found.partnership)
    waiting = get_object_or_404(found.renewals, declared_at=None, set_aside_at=None)
    form = DeclareForm(request.POST)
    digest = form.cleaned_data["digest"] if form.is_valid() else ""
    return act_and_return(
        request,
        lambda: terms.declare_renewal(waiting, party, digest=digest, by=myself(request)),
        to=_back(found),
        done=_("Your city has declared the same end."),
    )


@login_required
@once
def agreement_terminate(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    """Notice: who, since when, why; the page says before when the agreement would end."""
    found = fetch_agreement(request, slug, number)
    party = own_party(request, found.partnership)
    today = timezone.localdate()
    months = terms.notice_months_of(found)
    last_day = terminations.months_later(today, months)
    return answer(
        request,
        NoticeForm(
            request.POST or None,
            initial={"given_on": today, "last_day": last_day.isoformat()},
            months=months,
        ),
        lambda form: terminations.give_notice(
            found,
            party,
            given_on=form.cleaned_data["given_on"],
            reason=form.cleaned_data["reason"],
            by=myself(request),
        ),
        to=_back(found),
        template="partnerships/agreement_terminate.html",
        context={
            "agreement": found,
            "party": party,
            "page": page_of(found),
            "months": months,
            "last_day": last_day,
            "projects": terminations.finishing(found),
        },
        done=_("Notice is given. Everybody involved has been told."),
    )


@login_required
@once
def agreement_review(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    found = editable(request, slug, number)
    return answer(
        request,
        ReviewForm(request.POST or None, initial={"review_on": found.review_on}),
        lambda form: terms.set_review(found, form.cleaned_data["review_on"], by=myself(request)),
        to=_back(found),
        template="partnerships/agreement_part.html",
        context={"agreement": found, "heading": _("Review"), "page": page_of(found)},
        done=_("Saved."),
    )
