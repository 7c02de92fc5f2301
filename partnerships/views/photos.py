"""Photos: the picture itself for whoever may see its page, the rest for office and partners."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from foundation.accounts.people import myself
from foundation.documents import files
from foundation.documents.photos import MAX_BYTES
from foundation.posting.once import once
from partnerships.deeds import photos
from partnerships.forms.photos import PhotoForm, PhotoWordsForm
from partnerships.models import Photo
from partnerships.views.adding import add, editable, initial_of, texts_of
from partnerships.views.answers import act_and_return, answer

# What can be done with a photo: function, and what is said afterwards.
DEEDS = {
    "down": (
        photos.take_down,
        gettext_lazy("The photo is not shown any more. You can put it back."),
    ),
    "back": (photos.put_back, gettext_lazy("The photo is shown again.")),
    "erase": (photos.erase, gettext_lazy("The photo is deleted for good.")),
}


@require_safe
def photo(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The bytes, for readers of the page and for whoever may put a photo back."""
    visible = Photo.objects.visible_to(request.user).select_related("file")
    found = get_object_or_404(visible, pk=pk, partnership__slug=slug)
    etag = f'"{found.file.sha256}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(files.read(found.file), content_type=found.file.media_type)
        response["Content-Disposition"] = f'inline; filename="foto-{found.pk}.jpg"'
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        response["ETag"] = etag
    # Asked for anew each time: a photo that was taken down must not stay in a shared store.
    response["Cache-Control"] = "private, no-cache"
    return response


@login_required
@require_safe
def photo_list(request: HttpRequest, slug: str) -> HttpResponse:
    """All photos of a partnership, those taken down too."""
    found = editable(request, slug)
    rows = found.photos.select_related("news", "project", "lab", "partnership")
    context = {"partnership": found, "photos": rows.prefetch_related("partnership__parties")}
    return render(request, "partnerships/photo_list.html", context)


@login_required
@once
def photo_new(request: HttpRequest, slug: str) -> HttpResponse:
    found = editable(request, slug)
    form = PhotoForm(
        request.POST or None,
        request.FILES or None,
        partnership=found,
        initial={"place": request.GET.get("fuer", "partnership")},
    )
    return answer(
        request,
        form,
        lambda form: photos.bring(
            form.chosen,
            form.cleaned_data["file"].read(MAX_BYTES + 1),
            alt=form.words("alt"),
            credit=form.cleaned_data["credit"],
            by=myself(request),
        ),
        to=reverse("photo_list", args=[slug]),
        template="partnerships/part.html",
        context={"partnership": found, "heading": _("Add a photo")},
        done=_("The photo is shown on its page."),
    )


@login_required
@once
def photo_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Other words or another credit."""
    found = editable(request, slug)
    kept = get_object_or_404(found.photos, pk=pk, erased_at=None)
    form = PhotoWordsForm(
        request.POST or None,
        texts=texts_of(kept, PhotoWordsForm.WORDS),
        initial=initial_of(kept, "credit"),
    )
    return add(
        request,
        found,
        form,
        lambda form: photos.describe(
            kept, alt=form.words("alt"), credit=form.cleaned_data["credit"], by=myself(request)
        ),
        heading=_("Describe the photo"),
        to=reverse("photo_list", args=[slug]),
    )


@login_required
@require_POST
@once
def photo_put(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take it down, put it back, or delete it for good."""
    found = editable(request, slug)
    kept = get_object_or_404(found.photos, pk=pk)
    deed, said = DEEDS.get(request.POST.get("do", ""), DEEDS["down"])
    return act_and_return(
        request,
        lambda: deed(kept, by=myself(request)),
        to=reverse("photo_list", args=[slug]),
        done=str(said),
    )
