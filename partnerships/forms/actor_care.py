"""Forms around entries: what their contact answers, and whom the office invites."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from foundation.accounts.forms import AddressField
from partnerships.forms.words import REQUIRED, day_field
from partnerships.models import Actor, ExpertInvitation


class CorrectionForm(forms.Form):
    """What the contact of an entry would have it say."""

    name = forms.CharField(label=_("Name"), max_length=300, error_messages=REQUIRED)
    website = forms.URLField(
        label=_("Website"), max_length=200, required=False, assume_scheme="https"
    )
    description_de = forms.CharField(
        label=_("Description in German"), required=False, max_length=4000, widget=forms.Textarea
    )
    description_en = forms.CharField(
        label=_("Description in English"), required=False, max_length=4000, widget=forms.Textarea
    )
    note = forms.CharField(
        label=_("Anything else that is wrong"),
        required=False,
        max_length=1000,
        widget=forms.Textarea,
    )

    @staticmethod
    def initial_of(actor: Actor) -> dict[str, str]:
        """The entry as it is."""
        return {
            "name": actor.name,
            "website": actor.website,
            "description_de": actor.description.get("de"),
            "description_en": actor.description.get("en"),
        }


class InvitationForm(forms.Form):
    """Whom the office asks to what."""

    email = AddressField()
    language = forms.ChoiceField(label=_("Language of the mail"), choices=settings.LANGUAGES)
    purpose = forms.ChoiceField(label=_("What for"), choices=ExpertInvitation.Purpose.choices)
    occasion = forms.CharField(
        label=_("Name of the occasion"),
        max_length=200,
        error_messages=REQUIRED,
        help_text=_("For example: roundtable on open sensor data"),
    )
    on = day_field(_("Day of the occasion"))
    message = forms.CharField(
        label=_("Your words"), required=False, max_length=2000, widget=forms.Textarea
    )
    reply_by = day_field(_("Answer until"), required=True)


class AnswerForm(forms.Form):
    """What the person who was asked says."""

    words = forms.CharField(
        label=_("A word on that"), required=False, max_length=1000, widget=forms.Textarea
    )
    may_publish = forms.BooleanField(
        label=_("My name and fields may stand in the public directory."), required=False
    )
