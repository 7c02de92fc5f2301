"""A table of applications on paper: first as a file, then as the text that was looked at."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy


class TableForm(forms.Form):
    """One file."""

    table = forms.FileField(
        label=gettext_lazy("Table as CSV"),
        help_text=gettext_lazy(
            "From Excel: save as “CSV UTF-8” or “CSV (semicolon)”. The first line holds the titles "
            "of the columns. At most 300 rows."
        ),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty."),
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,text/csv,text/plain"}),
    )


class TextForm(forms.Form):
    """The rows that somebody has looked at, as the page held them."""

    text = forms.CharField(
        widget=forms.HiddenInput,
        max_length=5_000_000,
        strip=False,
        error_messages={"required": gettext_lazy("The table is gone. Please upload it again.")},
    )
