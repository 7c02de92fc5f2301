"""The filters of the public list of partnerships."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.cities.countries import country_name
from partnerships.models import Municipality, Partnership, Topic
from partnerships.models.partnership import PartnershipQuerySet


class OverviewForm(forms.Form):
    """Phase, country and topic; each only with what there is, an unknown value filters nothing."""

    phase = forms.ChoiceField(label=_("Phase"), required=False)
    land = forms.ChoiceField(label=_("Country"), required=False)
    thema = forms.ChoiceField(label=_("Topic"), required=False)

    def __init__(self, *args: Any, seen: PartnershipQuerySet, **kw: Any) -> None:
        super().__init__(*args, **kw)
        own = seen.order_by().values("pk")
        cities = Municipality.objects.filter(parties__partnership__in=own).order_by()
        codes = cities.values_list("country", flat=True).distinct()
        topics = Topic.objects.filter(foci__partnership__in=own).distinct()
        choices = {
            "phase": [("", _("all phases")), *Partnership.Phase.choices],
            "land": [
                ("", _("all countries")),
                *sorted(((code, country_name(code)) for code in codes), key=lambda each: each[1]),
            ],
            "thema": [("", _("all topics")), *((topic.slug, str(topic)) for topic in topics)],
        }
        for name, values in choices.items():
            self.fields[name].choices = values  # type: ignore[attr-defined]

    def narrow(self, found: PartnershipQuerySet) -> PartnershipQuerySet:
        """Those of `found` that fit what was chosen."""
        self.is_valid()
        chosen = self.cleaned_data
        if chosen.get("phase"):
            found = found.filter(phase=chosen["phase"])
        if chosen.get("land"):
            found = found.filter(parties__municipality__country=chosen["land"])
        if chosen.get("thema"):
            found = found.filter(foci__topic__slug=chosen["thema"])
        return found.distinct()
