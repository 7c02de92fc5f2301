"""Versions of a proposal: kept, compared, released; and the page that everybody reads."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from circles.forms.proposal import ProposalVersionForm, ReleaseForm, VersionsForm
from circles.models import Decision, ProposalVersion
from circles.proposing import comparison, versions
from circles.seating import acting
from circles.views.proposal_doors import address_of, enter, proposal_in, version_in
from foundation.access import require
from foundation.accounts.people import myself
from foundation.posting.once import once
from partnerships.views.answers import answer


@login_required
@require_safe
def proposal_versions(request: HttpRequest, slug: str) -> HttpResponse:
    """All versions, and what changed between two of them; the newest two unless chosen."""
    room = enter(request, slug)
    kept = list(
        proposal_in(room)
        .versions.select_related("kept_as__seat", "kept_as__person")
        .defer("content")
    )
    numbers = [each.n for each in kept]
    shown = {"von": numbers[-2], "bis": numbers[-1]} if len(numbers) > 1 else {}
    form = VersionsForm(request.GET or shown or None, versions=kept)
    changes = None
    if len(numbers) > 1 and form.is_valid():
        old, new = (version_in(room, form.cleaned_data[name]) for name in ("von", "bis"))
        changes = comparison.compare(old, new)
    context = room.context(
        versions=[(each, acting.seat_and_name(each.kept_as)) for each in reversed(kept)],
        form=form,
        changes=changes,
        comparable=len(numbers) > 1,
    )
    return render(request, "circles/proposal_versions.html", context)


@login_required
@once
def version_keep(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep the whole proposal as it stands now."""
    room = enter(request, slug)
    found = proposal_in(room)
    return answer(
        request,
        ProposalVersionForm(request.POST or None),
        lambda form: versions.keep(found, note=form.cleaned_data["note"], by=myself(request)),
        to=lambda made: address_of(room, "proposal_version", made.n),
        template="circles/proposal_form.html",
        context=room.context(
            heading=_("Keep a version"),
            lead=_("The text as it stands now is kept for ever, with a digest. You go on writing."),
            submit=_("Keep this version"),
        ),
        done=_("The version is kept."),
    )


@login_required
@require_safe
def proposal_version(request: HttpRequest, slug: str, n: int) -> HttpResponse:
    """One version in the room."""
    room = enter(request, slug)
    found = version_in(room, n)
    context = room.context(
        version=found,
        title=versions.text_of(found.data["title"]),
        passages=versions.passages_of(found),
        sources=found.data["sources"],
        rounds=found.rounds.order_by("pk"),
        has_open_round=found.rounds.filter(state="open").exists(),
    )
    context["trail"] += [{"url": address_of(room, "proposal_versions"), "label": _("Versions")}]
    return render(request, "circles/proposal_version.html", context)


@login_required
@once
def version_release(request: HttpRequest, slug: str, n: int) -> HttpResponse:
    """The host lets everybody read it, once the circle has said yes; for good."""
    room = enter(request, slug)
    found = version_in(room, n)
    require(room.is_host)
    return answer(
        request,
        ReleaseForm(request.POST or None),
        lambda form: versions.release(found, by=myself(request)),
        to=address_of(room, "proposal_version", n),
        template="circles/proposal_form.html",
        context=room.context(
            heading=_("Release version %(n)d for everybody") % {"n": n},
            lead=_(
                "It cannot be taken back. The page says that it is a preparatory state of work."
            ),
            submit=_("Release"),
        ),
        done=_("Everybody can read this version now."),
    )


@require_safe
def released_version(request: HttpRequest, slug: str, n: int) -> HttpResponse:
    """A version as everybody reads it."""
    found = get_object_or_404(
        ProposalVersion.objects.filter(released_at__isnull=False).select_related(
            "proposal__circle"
        ),
        proposal__circle__slug=slug,
        n=n,
    )
    circle = found.proposal.circle
    context = {
        "version": found,
        "circle": circle,
        "adopted_as": found.decisions.filter(state=Decision.State.ADOPTED).first(),
        "title": versions.text_of(found.data["title"]),
        "passages": versions.passages_of(found),
        "sources": found.data["sources"],
        "trail": [{"url": reverse("circle", args=[slug]), "label": str(circle.name)}],
    }
    return render(request, "circles/released_version.html", context)
