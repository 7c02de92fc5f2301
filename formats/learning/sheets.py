"""The programme of a cohort as PDF, as everybody may read it."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.utils import translation

from formats import printing
from formats.models import Cohort
from foundation.accounts.models import User

EFFECT = "cohort.programme"


def page_of(cohort: Cohort, language: str) -> str | None:
    """The HTML of the sheet as everybody may read it; None without a public programme."""
    public = Cohort.objects.visible_to(AnonymousUser()).filter(pk=cohort.pk)
    found = public.select_related("network__host", "network__forum").first()
    if found is None:
        return None
    sessions = list(found.sessions.in_order().select_related("topic"))
    if not sessions:
        return None
    with translation.override(language):
        context = {
            "document_language": language,
            "document_number": "",
            "muster": False,
            "cohort": found,
            "network": found.network,
            "sessions": sessions,
            "givers": list(found.givers.select_related("actor")),
        }
        return render_to_string("print/cohort_programme.html", context)


def current(cohort: Cohort, language: str) -> printing.Sheet | None:
    """The sheet in this language that says what the page says; None while it is being made."""
    return printing.sheet_of(cohort, language, page_of(cohort, language))


def languages(cohort: Cohort) -> set[str]:
    """In which languages there is such a sheet."""
    return printing.languages_of(cohort, partial(page_of, cohort))


def purge_superseded(cohort: Cohort, *, by: User | None) -> None:
    """Erase the sheets of other days, because somebody in them is not named any more."""
    printing.purge_superseded(cohort, partial(page_of, cohort), by=by)


def order(cohort: Cohort) -> None:
    """Have the worker make what is missing."""
    printing.order(EFFECT, cohort, partial(page_of, cohort), cohort_id=cohort.pk)


def make(cohort: Cohort, language: str) -> None:
    """Render and keep the sheet of today's words; nothing where nothing is public.

    Raises TextBeyondLimits, RenderingFailed.
    """
    page = page_of(cohort, language)
    if page is not None:
        printing.make(
            "cohort.sheet",
            cohort,
            language,
            page,
            name=f"{cohort.network.slug}-{cohort.year}-{language}.pdf",
            title=f"{cohort.network.name.best(language)[0]} {cohort.year}",
            created=cohort.started_at,
        )
