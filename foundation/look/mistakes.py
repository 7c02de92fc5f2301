"""The summary of what a form still lacks: first on the page, linked to each field.

Says how many entries are missing or wrong, in words, and repeats the sentence at the field.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.utils.text import Truncator, capfirst
from django.utils.translation import ngettext

from foundation.look.fields import view_of
from foundation.look.numbers import in_words


@dataclass(frozen=True)
class Mistake:
    """One sentence and where it leads; `target` is empty for the form as a whole."""

    target: str
    label: str
    sentence: str


def mistakes_in(forms_on_page: Iterable[forms.BaseForm]) -> list[Mistake]:
    """All mistakes in the order of the page: the form as a whole first, then its fields."""
    found: list[Mistake] = []
    for form in forms_on_page:
        found += [Mistake("", "", str(error)) for error in form.non_field_errors()]
        for bound in form:
            if bound.errors:
                view = view_of(bound)
                target = "" if view.kind == "hidden" else view.target_id
                name = Truncator(view.label.rstrip("?!.: ")).chars(60)
                found += [Mistake(target, name, error) for error in view.errors]
    return found


def headline_of(forms_on_page: Iterable[forms.BaseForm]) -> str:
    """ "Three entries are still missing", or what fits when entries are wrong."""
    codes = [
        error.code
        for form in forms_on_page
        for errors in form.errors.as_data().values()
        for error in errors
    ]
    count = len(codes)
    if all(code == "required" for code in codes):
        text = ngettext("%(n)s entry is still missing", "%(n)s entries are still missing", count)
    else:
        text = ngettext("%(n)s entry needs another look", "%(n)s entries need another look", count)
    return capfirst(text % {"n": in_words(count)})
