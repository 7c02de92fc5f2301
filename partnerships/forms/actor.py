"""Forms of the directory's entries: searching them, and writing one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.accounts.forms import AddressField
from foundation.languages import LocalizedText
from partnerships.directory.directory import Listing
from partnerships.directory.finding import Options, Wanted
from partnerships.forms.words import REQUIRED, WordsForm
from partnerships.models import Actor, Municipality, Topic

ANY = ("", _("all"))


class ActorFilterForm(forms.Form):
    """What is looked for; every field may be empty, one that makes no sense is left out."""

    q = forms.CharField(label=_("Name"), max_length=300, required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[ANY, *Actor.Kind.choices])
    sector = forms.ChoiceField(
        label=_("Sector"), required=False, choices=[ANY, *Actor.Sector.choices]
    )
    industry = forms.ChoiceField(label=_("Industry"), required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    city = forms.ChoiceField(label=_("City or region"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    letters = forms.CharField(required=False, max_length=9, widget=forms.HiddenInput)

    MORE = ("industry", "topic", "city", "country")

    def __init__(self, data: Any, options: Options) -> None:
        super().__init__(data)
        for name, choices in (
            ("industry", options.industries),
            ("topic", options.topics),
            ("city", options.cities),
            ("country", options.countries),
        ):
            self.fields[name].choices = [ANY, *choices]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """What makes sense of what was asked."""
        self.is_valid()
        given = {name: self.cleaned_data.get(name, "") for name in Wanted.__dataclass_fields__}
        return Wanted(**given)

    @property
    def more_is_used(self) -> bool:
        """Whether one of the filters that begin folded away is in use."""
        return any(self.cleaned_data.get(name) for name in self.MORE)


class ActorForm(WordsForm):
    """An entry of the directory, new or corrected."""

    WORDS = {"description": (_("Description"), 3, False)}

    name = forms.CharField(
        label=_("Name"),
        max_length=300,
        error_messages=REQUIRED,
        help_text=_("The full name of the organisation, or of the expert."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Actor.Kind.choices)
    sector = forms.ChoiceField(label=_("Sector"), choices=Actor.Sector.choices)
    municipality = forms.ModelChoiceField(
        Municipality.objects.all(),
        label=_("City or region"),
        required=False,
        empty_label=_("none"),
        help_text=_("Experts from outside may belong to none."),
    )
    website = forms.URLField(
        label=_("Website"), max_length=200, required=False, assume_scheme="https"
    )
    industries = forms.ModelMultipleChoiceField(
        Topic.objects.filter(kind=Topic.Kind.INDUSTRY),
        label=_("Industries"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.exclude(kind=Topic.Kind.INDUSTRY),
        label=_("Topics, fields of expertise"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    contact_email = AddressField(
        label=_("Address for our yearly question"),
        required=False,
        help_text=_("Once a year we ask there whether the entry is still right. Never shown."),
    )
    is_published = forms.BooleanField(
        label=_("Everybody may see this entry."), required=False, initial=True
    )
    is_another = forms.BooleanField(
        label=_("None of the similar entries is meant: save this one."), required=False
    )

    def __init__(self, *args: Any, actor: Actor | None = None, **kw: Any) -> None:
        self.actor = actor
        if actor is not None:
            kw["texts"] = {"description": actor.description}
            kw["initial"] = self._initial_of(actor) | kw.get("initial", {})
        super().__init__(*args, **kw)
        self.order_fields(["name", "kind", "sector", "municipality", "website"])

    @staticmethod
    def _initial_of(actor: Actor) -> dict[str, Any]:
        topics = list(actor.topics.all())
        contact = getattr(actor, "contact", None)
        return {
            "name": actor.name,
            "kind": actor.kind,
            "sector": actor.sector,
            "municipality": actor.municipality_id,
            "website": actor.website,
            "industries": [each.pk for each in topics if each.kind == Topic.Kind.INDUSTRY],
            "topics": [each.pk for each in topics if each.kind != Topic.Kind.INDUSTRY],
            "contact_email": contact.email if contact else "",
            "is_published": actor.is_published,
        }

    def listing(self) -> Listing:
        """What was typed; who belongs to an invented city is invented too."""
        typed = self.cleaned_data
        city = typed["municipality"]
        invented = self.actor is not None and self.actor.is_fictional
        return Listing(
            name=typed["name"],
            kind=typed["kind"],
            sector=typed["sector"],
            municipality=city,
            description=self.description(),
            website=typed["website"],
            topics=[*typed["industries"], *typed["topics"]],
            is_published=typed["is_published"],
            is_fictional=invented or (city is not None and city.is_fictional),
        )

    def description(self) -> LocalizedText:
        return self.words("description")
