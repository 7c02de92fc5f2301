"""Whom the office invites to an event: one person in each line."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from formats.events import invitation_lines


class InvitationsForm(forms.Form):
    """A list as it stands in a mail program, and the language of the mails."""

    lines = forms.CharField(
        label=gettext_lazy("Whom do you invite?"),
        max_length=60_000,
        strip=False,  # mistakes are named by the number of their line
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": gettext_lazy("Please name somebody.")},
        help_text=gettext_lazy(
            "One person in each line: the address alone, or Clara Muster <clara@example.org>. At"
            " most 200 at once."
        ),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the mails"),
        choices=(("de", gettext_lazy("German")), ("en", gettext_lazy("English"))),
        widget=forms.RadioSelect,
        initial="de",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "lines" in cleaned:
            guests, mistakes = invitation_lines.read(cleaned["lines"])
            if mistakes:
                self.add_error("lines", mistakes)
            elif not guests:
                self.add_error("lines", _("Please name somebody."))
            cleaned["guests"] = guests
        return cleaned
