"""Two people at one page: whoever saves second is told what the first has saved, and decides.

The page carries a digest of what stood there when it was opened; the answer is compared with now.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Model
from django.http import QueryDict
from django.utils.translation import gettext as _

STANDING = "standing"
SHOWN_AT_MOST = 200


class WatchedForm(forms.Form):
    """A form over what stands already; `watch` is called when fields and initial values are set."""

    def watch(self, *also: str) -> None:
        """Compare from now on; `also` are words beside the fields on which the typed ones rest."""
        self._also = also
        self._digest = self._digest_now()
        self.fields[STANDING] = forms.CharField(widget=forms.HiddenInput, required=False)
        self.initial[STANDING] = self._digest

    def clean_standing(self) -> str:
        """Refuse once what would silently replace the words of somebody else."""
        seen: str = self.cleaned_data[STANDING]
        if seen and seen != self._digest:
            differs = list(self._what_stands_now())
            if differs or self._also:
                self.add_error(None, _refusal(differs))
                # The next attempt is knowingly on top of theirs, which the page now shows.
                posted = QueryDict(mutable=True)
                posted.update(self.data)
                posted[self.add_prefix(STANDING)] = self._digest
                self.data = posted
        return seen

    def _digest_now(self) -> str:
        values = {
            name: _plain(self.get_initial_for_field(field, name))
            for name, field in self.fields.items()
        }
        told = json.dumps([values, self._also], sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()

    def _what_stands_now(self) -> Iterable[str]:
        """Label and saved value of each field in which something else was typed."""
        for name, field in self.fields.items():
            standing = self.get_initial_for_field(field, name)
            if name != STANDING and field.has_changed(standing, self[name].data):
                yield f"{field.label}: “{_told(standing)[:SHOWN_AT_MOST]}”"


def _refusal(differs: list[str]) -> str:
    return _(
        "Somebody saved this page while you had it open. What stands there now: %(what)s. Your "
        "words are below; if you save again, they take its place."
    ) % {"what": "; ".join(differs) or _("the text that you translate")}


def _plain(value: Any) -> Any:
    """The same for the same value, in every language of the page."""
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, str | int | None):
        return value
    if isinstance(value, Iterable):
        return [_plain(each) for each in value]
    return str(value)


def _told(value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ", ".join(str(each) for each in value) or "–"
    return str(value)
