"""The filters of the list of events; what makes no sense is ignored, never an error."""

from __future__ import annotations

import datetime as dt
import re

from django import forms
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from formats.events.event_search import Wanted
from formats.models import Event, Forum
from foundation.accounts.mandates import Actor
from partnerships.models import Encounter, Partnership, Party, Topic

ANY = _("all")


class EventFilterForm(forms.Form):
    """Sent by GET: ?q=&art=&wie=&thema=&partnerschaft=&forum=&zeit=vorbei&monat=2026-12."""

    q = forms.CharField(label=_("Words"), max_length=100, required=False)
    art = forms.ChoiceField(
        label=_("Kind"), choices=[("", ANY), *Event.Kind.choices], required=False
    )
    wie = forms.ChoiceField(
        label=_("How"), choices=[("", ANY), *Encounter.Setting.choices], required=False
    )
    thema = forms.ChoiceField(label=_("Topic"), required=False)
    partnerschaft = forms.ChoiceField(label=_("Partnership"), required=False)
    forum = forms.ChoiceField(label=_("Forum"), required=False)

    def __init__(self, data: object, *, user: Actor) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        parties = Party.objects.select_related("municipality").order_by("position")
        pairs = Partnership.objects.visible_to(user).prefetch_related(
            Prefetch("parties", queryset=parties)
        )
        self._offer("thema", [(each.slug, str(each)) for each in Topic.objects.all()])
        self._offer("partnerschaft", [(each.slug, each.name) for each in pairs])
        self._offer("forum", [(e.slug, str(e)) for e in Forum.objects.visible_to(user)])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", ANY), *choices]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """What is asked for, as far as it makes sense."""
        self.is_valid()
        typed = self.cleaned_data
        return Wanted(
            words=typed.get("q", ""),
            kind=typed.get("art", ""),
            mode=typed.get("wie", ""),
            topic=typed.get("thema", ""),
            partnership=typed.get("partnerschaft", ""),
            forum=typed.get("forum", ""),
            month=_month(str(self.data.get("monat", ""))),
            over=self.data.get("zeit") == "vorbei",
        )


def _month(typed: str) -> dt.date | None:
    found = re.fullmatch(r"(19|20)(\d\d)-(0[1-9]|1[0-2])", typed)
    return dt.date(int(found[1] + found[2]), int(found[3]), 1) if found else None
