"""What was signed on paper or elsewhere: bring it, compare it, read it; and the protocol of all."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.access import require
from foundation.accounts.people import myself
from foundation.documents import files
from foundation.documents.models import StoredFile
from foundation.documents.uploads import MAX_BYTES
from foundation.posting.once import once
from partnerships import permissions
from partnerships.forms.evidence import BringForm, CompareForm, DeputyForm, FileNumberForm
from partnerships.models import Agreement, Signatory, Submission
from partnerships.signing import signatories, submissions
from partnerships.signing.protocol import protocol_of
from partnerships.signing.rendering import rows_of
from partnerships.views.agreement import page_of
from partnerships.views.answers import answer, fetch_agreement, own_party


@login_required
@once
def evidence_bring(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    """Bring a scan of paper or a file that was signed in another program."""
    found = fetch_agreement(request, slug, number)
    places = found.signatories.filter(released_at=None).select_related("party__municipality")
    mine = [place.pk for place in places if permissions.can_bring(request.user, place)]
    require(bool(mine))

    def act(form: BringForm) -> None:
        typed = form.cleaned_data
        submissions.bring(
            found,
            typed["place"],
            kind=Submission.Kind(typed["kind"]),
            data=typed["file"].read(MAX_BYTES + 1),
            signed_on=typed["signed_on"],
            by=myself(request),
        )

    return answer(
        request,
        BringForm(request.POST or None, request.FILES or None, places=places.filter(pk__in=mine)),
        act,
        to=page_of(found),
        template="partnerships/evidence_bring.html",
        context={"agreement": found, "page": page_of(found)},
        done=_("The file is kept. It counts when somebody else has compared it."),
    )


@login_required
@once
def evidence_compare(request: HttpRequest, slug: str, number: str, submission: int) -> HttpResponse:
    """The scan or file beside the version: confirm that it is this one, or refuse with a reason."""
    found, brought = _submission(request, slug, number, submission)
    require(permissions.can_compare(request.user, found))
    party = permissions.party_of(request.user, found.partnership)
    elsewhere = brought.kind == Submission.Kind.ELSEWHERE
    if elsewhere:
        require(party is not None)
    form = CompareForm(request.POST or None, kind=brought.kind)
    context = {
        "agreement": found,
        "page": page_of(found),
        "submission": brought,
        "version": brought.version,
        "rows": rows_of(brought.version.data) if elsewhere else [],
        "party": party if elsewhere else None,
        "is_second": myself(request).pk not in (brought.brought_by_id, brought.signatory.user_id),
    }
    return answer(
        request,
        form,
        lambda form: submissions.compare(
            brought,
            party=party if elsewhere else None,
            agrees=form.cleaned_data["answer"] == "yes",
            digits=form.cleaned_data.get("digits", ""),
            reason=form.cleaned_data["reason"],
            by=myself(request),
        ),
        to=page_of(found),
        template="partnerships/evidence_compare.html",
        context=context,
        done=_("Your answer is written down."),
    )


@login_required
@require_safe
def evidence_file(request: HttpRequest, slug: str, number: str, submission: int) -> HttpResponse:
    """The scan or file as it was received."""
    found, brought = _submission(request, slug, number, submission)
    require(permissions.can_see_evidence(request.user, found))
    return _download(brought.file)


@login_required
@once
def signatory_deputy(request: HttpRequest, slug: str, number: str, signatory: int) -> HttpResponse:
    """Say that somebody signs in place of another, with the document that allows it."""
    found, place = _place(request, slug, number, signatory)
    require(permissions.can_prepare_for(request.user, place.party))
    return answer(
        request,
        DeputyForm(request.POST or None, request.FILES or None),
        lambda form: signatories.appoint_deputy(
            place,
            deputy_for=form.cleaned_data["deputy_for"],
            data=form.cleaned_data["file"].read(MAX_BYTES + 1),
            by=myself(request),
        ),
        to=page_of(found),
        template="partnerships/signatory_deputy.html",
        context={"agreement": found, "page": page_of(found), "place": place},
        done=_("Saved."),
    )


@login_required
@require_safe
def signatory_authority(
    request: HttpRequest, slug: str, number: str, signatory: int
) -> HttpResponse:
    """The document that allows somebody to sign in place of another."""
    found, place = _place(request, slug, number, signatory)
    require(permissions.can_see_evidence(request.user, found))
    if place.authority is None:
        raise Http404
    return _download(place.authority)


@login_required
@once
def agreement_file_number(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    """The number under which my city files this agreement."""
    found = fetch_agreement(request, slug, number)
    party = own_party(request, found.partnership)
    kept = found.file_references.filter(party=party).first()
    initial = {"number": kept.number if kept else ""}
    return answer(
        request,
        FileNumberForm(request.POST or None, initial=initial),
        lambda form: signatories.note_file_number(
            found, party, number=form.cleaned_data["number"], by=myself(request)
        ),
        to=page_of(found),
        template="partnerships/agreement_part.html",
        context={
            "agreement": found,
            "heading": _("Own file number of %(city)s") % {"city": party},
            "page": page_of(found),
        },
        done=_("Saved."),
    )


@require_safe
def agreement_protocol(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    """The sealed protocol: with names for the cities, with functions for everybody."""
    found = fetch_agreement(request, slug, number)
    listed = protocol_of(found, is_public=not permissions.can_see_evidence(request.user, found))
    if listed is None:
        context = {"agreement": found, "page": page_of(found)}
        return render(request, "partnerships/agreement_not_ready.html", context, status=404)
    return _download(listed.file)


def _submission(
    request: HttpRequest, slug: str, number: str, pk: int
) -> tuple[Agreement, Submission]:
    found = fetch_agreement(request, slug, number)
    brought = Submission.objects.select_related(
        "signatory__party__municipality", "version__agreement", "file", "brought_by"
    )
    return found, get_object_or_404(brought, pk=pk, version__agreement=found)


def _place(request: HttpRequest, slug: str, number: str, pk: int) -> tuple[Agreement, Signatory]:
    found = fetch_agreement(request, slug, number)
    places = found.signatories.select_related("party__municipality", "authority")
    return found, get_object_or_404(places, pk=pk, released_at=None)


def _download(stored: StoredFile) -> HttpResponse:
    """Never shown inside the page: what others have uploaded is only ever saved."""
    response = HttpResponse(files.read(stored), content_type=stored.media_type)
    response["Content-Disposition"] = f'attachment; filename="{stored.name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
