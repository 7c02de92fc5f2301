"""News: the list and one item for everybody, writing and publishing for office and partners."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.accounts.people import myself
from foundation.posting.once import once
from partnerships import permissions
from partnerships.deeds import news
from partnerships.forms.voices import NewsForm
from partnerships.models import NewsItem, Partnership
from partnerships.views.adding import add, editable, initial_of, texts_of
from partnerships.views.answers import act_and_return

PER_PAGE = 20
TIES = ("place", "on", "source", "source_url")


@require_safe
def news_list(request: HttpRequest) -> HttpResponse:
    """All news that this reader may see, newest first."""
    found = NewsItem.objects.visible_to(request.user).select_related("partnership")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "partnerships/news_list.html", {"page": page})


@require_safe
def news_item(request: HttpRequest, item: str) -> HttpResponse:
    visible = NewsItem.objects.visible_to(request.user).select_related("partnership")
    found = get_object_or_404(visible, slug=item)
    context = {
        "item": found,
        "partnership": found.partnership,
        "photo": found.photos.standing().first(),
        "may_edit": request.user.is_authenticated
        and permissions.can_edit_partnership(request.user, found.partnership),
    }
    return render(request, "partnerships/news_item.html", context)


@login_required
@once
def news_new(request: HttpRequest, slug: str) -> HttpResponse:
    found = editable(request, slug)
    form = NewsForm(request.POST or None)
    act = _writing(request, found, None)
    return add(request, found, form, act, heading=_("Write news"), to=reverse("news_list"))


@login_required
@once
def news_edit(request: HttpRequest, slug: str, item: str) -> HttpResponse:
    found = editable(request, slug)
    kept = get_object_or_404(found.news, slug=item)
    form = NewsForm(
        request.POST or None,
        texts=texts_of(kept, NewsForm.WORDS),
        initial=initial_of(kept, *TIES),
    )
    act = _writing(request, found, kept)
    to = reverse("news_item", args=[kept.slug])
    return add(request, found, form, act, heading=_("Change the news"), to=to)


def _writing(
    request: HttpRequest, partnership: Partnership, kept: NewsItem | None
) -> Callable[[NewsForm], object]:
    def act(form: NewsForm) -> NewsItem:
        return news.write(
            partnership,
            item=kept,
            title=form.words("title"),
            body=form.words("body"),
            by=myself(request),
            **{name: form.cleaned_data[name] for name in TIES},
        )

    return act


@login_required
@require_POST
@once
def news_publish(request: HttpRequest, slug: str, item: str) -> HttpResponse:
    found = editable(request, slug)
    kept = get_object_or_404(found.news, slug=item)
    return act_and_return(
        request,
        lambda: news.publish(kept, by=myself(request)),
        to=reverse("news_item", args=[kept.slug]),
        done=_("The news are public with their partnership."),
    )
