"""The languages of a draft: a third one, the release of each, and texts that come from data."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.accounts.people import myself
from foundation.posting.once import once
from partnerships.forms.agreement_languages import ReleaseForm, TranslateForm
from partnerships.signing.rendering import rows_of
from partnerships.views.agreement import page_of
from partnerships.views.agreement_text import editable
from partnerships.views.answers import act_and_return, answer
from partnerships.wording import drafts, languages, translations
from partnerships.wording.lamps import LANGUAGE_NAMES


@login_required
@require_POST
@once
def agreement_language_add(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    found = editable(request, slug, number)
    return act_and_return(
        request,
        lambda: languages.add_third_language(found, by=myself(request)),
        to=page_of(found) + "#sprachen",
        done=_("Finnish is there. It comes from our outline and has to be checked and released."),
    )


@login_required
@require_POST
@once
def agreement_language_drop(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    found = editable(request, slug, number)
    return act_and_return(
        request,
        lambda: languages.drop_third_language(found, by=myself(request)),
        to=page_of(found) + "#sprachen",
        done=_("The agreement has two languages again."),
    )


@login_required
@once
def agreement_release(request: HttpRequest, slug: str, number: str, language: str) -> HttpResponse:
    """The words of one language on one page, and who answers for them."""
    found = editable(request, slug, number)
    if language not in found.languages:
        raise Http404
    draft = drafts.gather(found)
    shown = {"digest": draft.language_digest(language), "name": myself(request).name}
    return answer(
        request,
        ReleaseForm(request.POST or None, initial=shown),
        lambda form: languages.release_language(
            found, language, by=myself(request), **form.cleaned_data
        ),
        to=page_of(found) + "#sprachen",
        template="partnerships/agreement_release.html",
        context={
            "agreement": found,
            "page": page_of(found),
            "language": language,
            "language_name": LANGUAGE_NAMES[language],
            "lagging": draft.lagging_in(language),
            "rows": rows_of(draft.as_printed()),
        },
        done=_("Released. The release holds for exactly these words."),
    )


@login_required
@once
def agreement_translate(
    request: HttpRequest, slug: str, number: str, language: str
) -> HttpResponse:
    """Goals, formats, roles and functions in one language, on one page."""
    found = editable(request, slug, number)
    if language not in found.languages:
        raise Http404
    texts = translations.texts_of(drafts.gather(found))
    return answer(
        request,
        TranslateForm(request.POST or None, texts=texts, language=language),
        lambda form: translations.translate(
            found,
            language,
            form.typed,
            still_fits=form.cleaned_data["still_fits"],
            by=myself(request),
        ),
        to=page_of(found) + "#sprachen",
        template="partnerships/agreement_translate.html",
        context={
            "agreement": found,
            "page": page_of(found),
            "language_name": LANGUAGE_NAMES[language],
        },
        done=_("Saved."),
    )
