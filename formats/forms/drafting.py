"""Drafting together: the chair's question, a short text, and the groups on the wall."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from formats.forms.localized import Asked, LocalizedForm
from formats.models import Snippet

# What of a text stands in the labels of its fields.
SHORT = 40


class DraftingForm(LocalizedForm):
    """What the room is asked."""

    texts: ClassVar[dict[str, Asked]] = {
        "question": Asked(
            gettext_lazy("Question to the room"),
            200,
            hint=gettext_lazy("Such as: What will an evening in the city be like in 2035?"),
        )
    }


class SnippetForm(forms.Form):
    """One short text."""

    text = forms.CharField(
        label=gettext_lazy("Your text"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("At most 200 characters. It stands on the wall without your name."),
        error_messages={"required": gettext_lazy("Please write something first.")},
    )


class HideForm(forms.Form):
    """Many texts at once: off the wall, or back on it."""

    act = forms.ChoiceField(
        label=gettext_lazy("What shall happen?"),
        choices=[
            ("off", gettext_lazy("Take them off the wall")),
            ("back", gettext_lazy("Put them back on the wall")),
        ],
    )
    words = forms.CharField(
        label=gettext_lazy("Only texts that contain these words"), max_length=200, required=False
    )
    minutes = forms.ChoiceField(
        label=gettext_lazy("Written"),
        required=False,
        choices=[
            ("", gettext_lazy("at any time")),
            ("5", gettext_lazy("in the last 5 minutes")),
            ("15", gettext_lazy("in the last 15 minutes")),
            ("60", gettext_lazy("in the last hour")),
        ],
    )

    def values(self) -> dict[str, Any]:
        """What formats.weighing.draftings.hide takes."""
        typed = self.cleaned_data
        back = dt.timedelta(minutes=int(typed["minutes"] or 0))
        return {
            "words": typed["words"],
            "since": timezone.now() - back if back else None,
            "again": typed["act"] == "back",
        }


class SortForm(forms.Form):
    """A heading for each of some texts on the wall; one that is new makes a new group."""

    def __init__(self, snippets: Iterable[Snippet], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.snippets = list(snippets)
        for snippet in self.snippets:
            self.fields[_heading(snippet)] = forms.CharField(
                label=_("Heading for “%(text)s”") % {"text": _short(snippet)},
                max_length=80,
                required=False,
                initial=str(snippet.group or ""),
                widget=forms.TextInput(attrs={"list": "gruppen", "autocomplete": "off"}),
            )
            self.fields[_hidden(snippet)] = forms.BooleanField(
                label=_("Take “%(text)s” off the wall") % {"text": _short(snippet)},
                required=False,
                initial=snippet.is_hidden,
            )

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each text with its two fields."""
        return [
            {
                "snippet": each,
                "is_long": len(each.text) > SHORT,
                "heading": self[_heading(each)],
                "hidden": self[_hidden(each)],
            }
            for each in self.snippets
        ]

    def headings(self) -> dict[Snippet, str]:
        """{text: heading}; what formats.draftings.sort takes."""
        return {each: " ".join(self.cleaned_data[_heading(each)].split()) for each in self.snippets}

    def hidden(self) -> set[int]:
        """Which texts leave the wall."""
        return {each.pk for each in self.snippets if self.cleaned_data[_hidden(each)]}


def sorted_in(data: Iterable[str]) -> set[int]:
    """Which texts stand in a form that was sent, by its names of fields."""
    found = (re.fullmatch(r"(?:heading|hidden)_(\d{1,18})", name) for name in data)
    return {int(each[1]) for each in found if each}


def _short(snippet: Snippet) -> str:
    return snippet.text if len(snippet.text) <= SHORT else f"{snippet.text[: SHORT - 1]}…"


def _heading(snippet: Snippet) -> str:
    return f"heading_{snippet.pk}"


def _hidden(snippet: Snippet) -> str:
    return f"hidden_{snippet.pk}"
