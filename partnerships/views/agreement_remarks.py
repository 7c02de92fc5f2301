"""Pages on which both cities talk about one clause, and the answers to suggested changes."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.accounts.people import myself
from foundation.posting.once import once
from foundation.texts.models import Suggestion
from foundation.texts.suggestions import suggestions_on
from partnerships.forms.agreement_remarks import AcceptForm, CommentForm, SuggestForm
from partnerships.forms.agreements import ReasonForm
from partnerships.models import Agreement
from partnerships.views.agreement import page_of
from partnerships.views.agreement_text import editable
from partnerships.views.answers import act_and_return, answer
from partnerships.wording import clauses, remarks
from partnerships.wording.clauses import Clause


def _clause(agreement: Agreement, slug: str) -> Clause:
    found = clauses.clause_of(agreement, slug)
    if found is None:
        raise Http404
    return found


def _suggestion(agreement: Agreement, pk: int) -> Suggestion:
    found = suggestions_on(agreement).select_related("paragraph")
    return get_object_or_404(found, pk=pk, answer=None)


def _talk(agreement: Agreement, clause: str) -> str:
    args = [agreement.partnership.slug, agreement.number, clause]
    return reverse("agreement_remarks", args=args)


def _context(agreement: Agreement, clause: Clause) -> dict[str, Any]:
    return {
        "agreement": agreement,
        "partnership": agreement.partnership,
        "clause": clause,
        "page": page_of(agreement),
        "saved": [(each, clause.body.get(each)) for each in agreement.languages],
    }


@login_required
@once
def agreement_remarks(request: HttpRequest, slug: str, number: str, clause: str) -> HttpResponse:
    """A clause with all comments and suggestions; a comment is written on the same page."""
    found = editable(request, slug, number)
    current = _clause(found, clause)
    return answer(
        request,
        CommentForm(request.POST or None),
        lambda form: remarks.comment(found, current, by=myself(request), **form.cleaned_data),
        to=_talk(found, clause),
        template="partnerships/agreement_remarks.html",
        context={
            **_context(found, current),
            "comments": remarks.comments_for(found, current, request.user),
            "suggestions": remarks.redlined(found, current),
        },
        done=_("Your comment is there."),
    )


@login_required
@once
def agreement_suggest(request: HttpRequest, slug: str, number: str, clause: str) -> HttpResponse:
    found = editable(request, slug, number)
    current = _clause(found, clause)
    form = SuggestForm(request.POST or None, clause=current, languages=found.languages)
    return answer(
        request,
        form,
        lambda form: remarks.suggest(
            found, current, form.typed, reason=form.cleaned_data["reason"], by=myself(request)
        ),
        to=_talk(found, clause),
        template="partnerships/agreement_suggest.html",
        context={**_context(found, current), "back": _talk(found, clause)},
        done=_("Your suggestion is there. The other side will be told."),
    )


@login_required
@require_POST
@once
def agreement_accept(request: HttpRequest, slug: str, number: str, suggestion: int) -> HttpResponse:
    found = editable(request, slug, number)
    wanted = _suggestion(found, suggestion)
    form = AcceptForm(request.POST)
    based_on = form.cleaned_data["based_on"] if form.is_valid() else 0
    return act_and_return(
        request,
        lambda: remarks.accept(found, wanted, based_on=based_on, by=myself(request)),
        to=_talk(found, wanted.paragraph.slug),
        done=_("Accepted. The clause reads as suggested now."),
    )


@login_required
@once
def agreement_refuse(request: HttpRequest, slug: str, number: str, suggestion: int) -> HttpResponse:
    """Declining a suggestion, with a reason."""
    found = editable(request, slug, number)
    wanted = _suggestion(found, suggestion)
    return answer(
        request,
        ReasonForm(request.POST or None),
        lambda form: remarks.decline(
            found, wanted, reason=form.cleaned_data["reason"], by=myself(request)
        ),
        to=_talk(found, wanted.paragraph.slug),
        template="partnerships/agreement_part.html",
        context={
            "agreement": found,
            "heading": _("Decline the suggestion"),
            "page": _talk(found, wanted.paragraph.slug),
        },
        done=_("Declined, with your reason."),
    )


@login_required
@require_POST
@once
def agreement_unsuggest(
    request: HttpRequest, slug: str, number: str, suggestion: int
) -> HttpResponse:
    """The author takes a suggestion back."""
    found = editable(request, slug, number)
    wanted = _suggestion(found, suggestion)
    return act_and_return(
        request,
        lambda: remarks.withdraw(found, wanted, by=myself(request)),
        to=_talk(found, wanted.paragraph.slug),
        done=_("Your suggestion is withdrawn."),
    )
