"""Working on a draft: a clause in both languages, the term, councils, signatories."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.access import require
from foundation.accounts.people import myself
from foundation.posting.once import once
from foundation.texts.paragraphs import ParagraphChanged
from partnerships import permissions
from partnerships.forms import agreements as forms
from partnerships.models import Agreement, Party
from partnerships.signing import signatories
from partnerships.views.agreement import page_of
from partnerships.views.answers import act_and_return, answer, fetch_agreement
from partnerships.wording import agreements, clauses


def editable(request: HttpRequest, slug: str, number: str) -> Agreement:
    found = fetch_agreement(request, slug, number)
    require(permissions.can_edit_agreement(request.user, found))
    return found


def _own_parties(request: HttpRequest, agreement: Agreement) -> QuerySet[Party]:
    """The cities for which this person may name signatories and councils."""
    parties = agreement.partnership.parties.select_related("municipality")
    own = [party.pk for party in parties if permissions.can_prepare_for(request.user, party)]
    return parties.filter(pk__in=own)


@login_required
@once
def agreement_edit_clause(
    request: HttpRequest, slug: str, number: str, clause: str
) -> HttpResponse:
    """A newer wording by somebody else is shown beside one's own; nothing typed is lost."""
    found = editable(request, slug, number)
    current = clauses.clause_of(found, clause)
    if current is None:
        raise Http404
    posted = request.POST.copy() if request.method == "POST" else None
    return answer(
        request,
        forms.ClauseForm(posted, clause=current, languages=found.languages),
        lambda form: _rewrite(request, found, current, form, posted),
        to=page_of(found) + f"#{clause}",
        template="partnerships/agreement_edit_clause.html",
        context={
            "agreement": found,
            "clause": current,
            "page": page_of(found),
            "saved": [(each, current.body.get(each)) for each in found.languages],
            "names": " ".join([*found.languages, "still_fits", "based_on"]),
        },
        done=_("The clause is saved. Agreed texts need the consent of both cities again."),
    )


def _rewrite(
    request: HttpRequest,
    agreement: Agreement,
    clause: clauses.Clause,
    form: forms.ClauseForm,
    posted: QueryDict | None,
) -> None:
    try:
        clauses.rewrite_clause(
            agreement,
            clause,
            form.typed,
            based_on=form.cleaned_data["based_on"],
            still_fits=form.cleaned_data["still_fits"],
            by=myself(request),
        )
    except ParagraphChanged as refusal:
        # The next attempt is knowingly on top of theirs, which the page now shows.
        if posted is not None:
            posted["based_on"] = str(refusal.theirs.n)
        messages.warning(request, _("Below stands what the other side has just saved."))
        raise


@login_required
@once
def agreement_term(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    found = editable(request, slug, number)
    names = ("starts_on", "ends_on", "notice_months")
    return answer(
        request,
        forms.TermForm(
            request.POST or None, initial={name: getattr(found, name) for name in names}
        ),
        lambda form: agreements.set_term(found, by=myself(request), **form.cleaned_data),
        to=page_of(found),
        template="partnerships/agreement_part.html",
        context={"agreement": found, "heading": _("How long it lasts"), "page": page_of(found)},
        done=_("Saved."),
    )


@login_required
@once
def agreement_council(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    found = editable(request, slug, number)
    return answer(
        request,
        forms.CouncilForm(request.POST or None, parties=_own_parties(request, found)),
        lambda form: agreements.note_council(found, by=myself(request), **form.cleaned_data),
        to=page_of(found),
        template="partnerships/agreement_part.html",
        context={
            "agreement": found,
            "heading": _("Decision of the council"),
            "page": page_of(found),
        },
        done=_("Saved."),
    )


@login_required
@once
def agreement_signatory(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    found = editable(request, slug, number)

    def act(form: forms.SignatoryForm) -> None:
        typed = form.cleaned_data
        signatories.name_signatory(
            found,
            typed["party"],
            email=typed["email"],
            name=typed["name"],
            function=form.words("function"),
            language=typed["language"],
            by=myself(request),
        )

    return answer(
        request,
        forms.SignatoryForm(request.POST or None, parties=_own_parties(request, found)),
        act,
        to=page_of(found),
        template="partnerships/agreement_part.html",
        context={"agreement": found, "heading": _("Name a signatory"), "page": page_of(found)},
        done=_("Named. The person has been told by e-mail."),
    )


@login_required
@require_POST
@once
def agreement_signatory_release(
    request: HttpRequest, slug: str, number: str, signatory: int
) -> HttpResponse:
    found = editable(request, slug, number)
    place = get_object_or_404(found.signatories, pk=signatory, released_at=None)
    require(permissions.can_prepare_for(request.user, place.party))
    return act_and_return(
        request,
        lambda: signatories.release_signatory(place, by=myself(request)),
        to=page_of(found),
        done=_("The person signs no more."),
    )
