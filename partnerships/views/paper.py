"""Flyer and feeds: what leaves the portal about a partnership, the same for everybody."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.posting.once import once
from partnerships.models import Partnership
from partnerships.portrait import feed, flyers
from partnerships.views.answers import act_and_return
from partnerships.views.file_answers import file_answer, pdf_to_read


@require_safe
def flyer(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the flyer can be had in which language; one that is being made says so."""
    found = _public(slug)
    context = {
        "partnership": found,
        "page_languages": ["de", "en", "fi"],
        "rows": [
            (language, *flyers.current(found, language), flyers.is_ordered(found, language))
            for language in flyers.LANGUAGES
        ],
    }
    return render(request, "partnerships/flyer.html", context)


@require_POST
@once
def flyer_order(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """Ask for the flyer; the same words are made once, so that nobody can flood the worker."""
    found = _public(slug)
    return act_and_return(
        request,
        lambda: flyers.order(found, _known(language)),
        to=reverse("flyer", args=[slug]),
        done=_("The flyer is being made. It will be ready in a moment."),
    )


@require_safe
def flyer_pdf(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    found = _public(slug)
    newest = found.flyers.filter(language=_known(language)).select_related("file").first()
    if newest is None:
        raise Http404
    return pdf_to_read(request, newest.file, f"{slug}-{language}.pdf")


@require_safe
def partnership_feed(request: HttpRequest, slug: str) -> HttpResponse:
    found = _public(slug)
    return _feed(request, found.name, reverse("partnership", args=[slug]), [found])


@require_safe
def partnerships_feed(request: HttpRequest) -> HttpResponse:
    found = list(Partnership.objects.visible_to(AnonymousUser()))
    return _feed(request, _("Partnerships"), reverse("partnership_list"), found)


def _feed(
    request: HttpRequest, title: str, page: str, partnerships: list[Partnership]
) -> HttpResponse:
    data = feed.atom(title, request.path, page, feed.entries_of(partnerships))
    return file_answer(request, data, feed.MEDIA_TYPE)


def _public(slug: str) -> Partnership:
    """As a stranger sees it: paper goes from hand to hand."""
    return get_object_or_404(Partnership.objects.visible_to(AnonymousUser()), slug=slug)


def _known(language: str) -> str:
    if language not in flyers.LANGUAGES:
        raise Http404
    return language
