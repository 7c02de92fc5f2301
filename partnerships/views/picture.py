"""The target picture of a partnership: its versions with redline, contributions and answers."""

from __future__ import annotations

from itertools import zip_longest

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.access import require
from foundation.accounts.people import myself
from foundation.posting.once import once
from foundation.texts.redline import redline
from partnerships import permissions
from partnerships.course import phases, target_pictures
from partnerships.forms import pictures as forms
from partnerships.models import Consent, Partnership, PictureContribution
from partnerships.views.answers import answer, fetch_partnership


def _writable(request: HttpRequest, slug: str) -> Partnership:
    found = fetch_partnership(request, slug)
    require(permissions.can_write_picture(request.user, found))
    return found


@require_safe
def picture(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody who sees the partnership reads the versions; the team also the contributions."""
    found = fetch_partnership(request, slug)
    language = (get_language() or "de").split("-")[0]
    may_write = permissions.can_write_picture(request.user, found)
    versions = list(found.picture_versions.all())
    approved = Consent.objects.filter(
        purpose=Consent.Purpose.TARGET_PICTURE,
        party__partnership=found,
        digest=phases.picture_digest(found),
    ).values_list("party_id", flat=True)
    contributions = PictureContribution.objects.filter(version__partnership=found)
    context = {
        "partnership": found,
        "versions": [
            (each, redline(before.text.best(language)[0], each.text.best(language)[0]))
            if before
            else (each, None)
            for each, before in zip_longest(versions, versions[1:])
        ],
        "approvals": [
            (party, party.pk in set(approved))
            for party in found.parties.select_related("municipality")
        ],
        "contributions": contributions.select_related("version", "actor") if may_write else (),
        "may_write": may_write,
    }
    return render(request, "partnerships/picture.html", context)


@login_required
@once
def picture_write(request: HttpRequest, slug: str) -> HttpResponse:
    found = _writable(request, slug)
    standing = target_pictures.newest(found)
    form = forms.PictureForm(
        request.POST or None,
        texts={"text": found.target_picture},
        initial={"based_on": standing.n if standing else 0},
    )

    def act(form: forms.PictureForm) -> None:
        try:
            target_pictures.write(
                found,
                form.words("text"),
                based_on=form.cleaned_data["based_on"],
                note=form.cleaned_data["note"],
                by=myself(request),
            )
        except target_pictures.PictureMovedOn:
            # Whoever has read the newer version may save on top of it.
            form.data = {**dict(form.data.items()), "based_on": standing.n if standing else 0}
            raise

    return answer(
        request,
        form,
        act,
        to=reverse("picture", args=[slug]),
        template="partnerships/part.html",
        context={"partnership": found, "heading": _("Write the target picture")},
        done=_("Saved."),
    )


@login_required
@once
def picture_contribute(request: HttpRequest, slug: str) -> HttpResponse:
    found = _writable(request, slug)
    return answer(
        request,
        forms.ContributionForm(request.POST or None, partnership=found),
        lambda form: target_pictures.contribute(found, by=myself(request), **form.cleaned_data),
        to=reverse("picture", args=[slug]),
        template="partnerships/part.html",
        context={"partnership": found, "heading": _("Note a contribution")},
        done=_("Saved."),
    )


@login_required
@once
def picture_answer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = _writable(request, slug)
    said = get_object_or_404(
        PictureContribution.objects.select_related("version__partnership"),
        pk=pk,
        version__partnership=found,
    )
    return answer(
        request,
        forms.AnswerForm(request.POST or None),
        lambda form: target_pictures.answer(
            said,
            PictureContribution.Answer(form.cleaned_data["answer"]),
            reason=form.cleaned_data["reason"],
            by=myself(request),
        ),
        to=reverse("picture", args=[slug]),
        template="partnerships/part.html",
        context={
            "partnership": found,
            "heading": _("Answer the contribution of %(who)s") % {"who": said.contributor},
        },
        done=_("Saved."),
    )
