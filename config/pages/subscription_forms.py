"""The forms of subscriptions: what to hear of, and where to."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from config.pages import subscription_topics
from foundation.accounts.forms import AddressField
from foundation.subscriptions.wishes import Wish

NOTHING = _("Please choose at least one thing.")


class ChoiceForm(forms.Form):
    """What to hear of; a partnership and a topic can be chosen one by one."""

    general = forms.MultipleChoiceField(
        label=_("What do you want to hear of?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    partnerships = forms.MultipleChoiceField(
        label=_("News of single partnerships"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    topics = forms.MultipleChoiceField(
        label=_("New projects on a topic"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, chosen: Collection[Wish] = (), **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.offers: dict[str, Wish] = {}
        for name in ("general", "partnerships", "topics"):
            offers = getattr(subscription_topics, name)()
            self.offers |= {wish.word: wish for wish, _name in offers}
            self.fields[name].choices = [  # type: ignore[attr-defined]
                (wish.word, label) for wish, label in offers
            ]
            self.initial[name] = [wish.word for wish, _name in offers if wish in chosen]
            if not offers:
                del self.fields[name]

    @property
    def more_is_open(self) -> bool:
        """Whether the long list of topics holds something chosen."""
        return "topics" in self.fields and bool(self["topics"].value())

    def wishes(self) -> list[Wish]:
        """What was chosen, in the order of the form."""
        words = {word for name in self.fields for word in _list(self.cleaned_data.get(name))}
        return [wish for word, wish in self.offers.items() if word in words]


class SubscribeForm(ChoiceForm):
    """A new subscription; the address gets a link first."""

    email = AddressField(help_text=_("We send you a link. Only when you open it, it counts."))

    field_order = ["general", "partnerships", "topics", "email"]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if not self.errors and not self.wishes():
            self.add_error("general", NOTHING)
        return typed


class KeepForm(ChoiceForm):
    """The choice of a subscriber; nothing at all ends the subscription."""

    language = forms.ChoiceField(
        label=_("Language of the mails"),
        choices=[("de", "Deutsch"), ("en", "English"), ("fi", "Suomi")],
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if not self.errors and not self.wishes():
            self.add_error(
                "general", _("Please choose at least one thing, or end the subscription below.")
            )
        return typed


def _list(value: object) -> list[str]:
    return value if isinstance(value, list) else []
