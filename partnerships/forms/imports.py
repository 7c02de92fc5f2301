"""The form with which a table comes into the directory."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ImportForm(forms.Form):
    """One file."""

    table = forms.FileField(
        label=_("Table as CSV"),
        help_text=_(
            "From Excel: save as “CSV UTF-8” or “CSV (semicolon)”. The first line holds the titles "
            "of the columns; a plain list of names works too. At most 5 MB and 10,000 rows."
        ),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty."),
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,text/csv,text/plain"}),
    )
