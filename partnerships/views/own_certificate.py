"""Signing with a certificate of one's own: reserve the file, bring it back signed, or not."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.access import require
from foundation.accounts.people import myself
from foundation.documents.uploads import MAX_BYTES
from foundation.posting.once import once
from partnerships import permissions
from partnerships.forms.evidence import UploadForm
from partnerships.models import Agreement, Signatory
from partnerships.signing import reservations
from partnerships.signing.signature_fields import field_of
from partnerships.views.agreement import page_of
from partnerships.views.answers import act_and_return, answer, fetch_agreement
from partnerships.wording.versions import standing_version


@login_required
@once
def signature_upload(request: HttpRequest, slug: str, number: str, signatory: int) -> HttpResponse:
    """Three steps on one page: reserve and download, sign anywhere, bring back."""
    found, place = _place(request, slug, number, signatory)
    version = standing_version(found)
    held = reservations.held_of(version) if version else None
    mine = held if held and held.signatory_id == place.pk else None

    def act(form: UploadForm) -> None:
        if mine is None:
            raise reservations.not_held()
        data = form.cleaned_data["file"].read(MAX_BYTES + 1)
        reservations.bring_back(mine, data, by=myself(request))

    return answer(
        request,
        UploadForm(request.POST or None, request.FILES or None),
        act,
        to=page_of(found),
        template="partnerships/signature_upload.html",
        context={
            "agreement": found,
            "partnership": found.partnership,
            "page": page_of(found),
            "place": place,
            "held": held,
            "mine": mine,
            "field": field_of(place),
            "can_sign_now": found.state == Agreement.State.COLLECTING,
        },
        done=_("The signature is accepted. The file that you brought is now the one that counts."),
    )


@login_required
@require_POST
@once
def signature_reserve(request: HttpRequest, slug: str, number: str, signatory: int) -> HttpResponse:
    """Hold the next revision for this place."""
    found, place = _place(request, slug, number, signatory)
    return act_and_return(
        request,
        lambda: reservations.reserve(found, place, by=myself(request)),
        to=reverse("signature_upload", args=[slug, number, signatory]),
        done=_("Reserved. Download the file, sign it, and bring it back."),
    )


@login_required
@require_POST
@once
def signature_give_back(
    request: HttpRequest, slug: str, number: str, signatory: int
) -> HttpResponse:
    """Let others have the next revision."""
    found, place = _place(request, slug, number, signatory)
    version = standing_version(found)
    held = reservations.held_of(version) if version else None

    def act() -> None:
        if held is None or held.signatory_id != place.pk:
            raise reservations.not_held()
        reservations.give_back(held, by=myself(request))

    return act_and_return(
        request, act, to=page_of(found), done=_("Given back. Others can reserve the file now.")
    )


def _place(request: HttpRequest, slug: str, number: str, pk: int) -> tuple[Agreement, Signatory]:
    found = fetch_agreement(request, slug, number)
    places = found.signatories.select_related("party__municipality")
    place = get_object_or_404(places, pk=pk, released_at=None)
    require(permissions.can_bring(request.user, place))
    return found, place
