"""Forms of the life of a partnership: rest, end, renewal, formality, lessons, first contacts."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.forms.words import REQUIRED, WordsForm, day_field
from partnerships.models import Municipality, Partnership


class ReasonForm(WordsForm):
    """A reason that both cities read."""

    WORDS = {"reason": (_("Reason"), 3, True)}


class ReopenForm(WordsForm):
    """A reason, needed once the way back is over; the domain says so then."""

    WORDS = {"reason": (_("Reason"), 3, False)}


class SuspendForm(ReasonForm):
    """A reason, and how long the rest will probably last."""

    until = day_field(_("Probably until"), hint=_("Empty: not known."))


class EndForm(WordsForm):
    """Why it ends, what becomes of running things, and until when it can be taken back."""

    WORDS = {
        "reason": (_("Why the partnership ends"), 3, True),
        "running": (_("What becomes of running projects, meetings and agreements"), 3, True),
    }

    way_back_until = day_field(
        _("Can be taken back until"), hint=_("Empty: 90 days. Later it needs a reason.")
    )


class RenewForm(ReasonForm):
    """The result of the evaluation: the same goals, or a new agreement."""

    way = forms.ChoiceField(
        label=_("How it goes on"),
        choices=[
            ("same", _("with the same goals, back to implementation")),
            ("new", _("with new goals, back to the agreement")),
        ],
        widget=forms.RadioSelect,
        error_messages=REQUIRED,
    )


class FormalityForm(WordsForm):
    """A degree of formality with its basis and the day from which it holds."""

    WORDS = {"basis": (_("Basis, for example a council decision"), 1, True)}

    formality = forms.ChoiceField(
        label=_("Degree of formality"), choices=Partnership.Formality.choices
    )
    since = day_field(_("Holds since"), required=True)


class LessonForm(WordsForm):
    """Something learnt in this phase."""

    WORDS = {"text": (_("What we have learnt"), 3, True)}


class PartyForm(forms.Form):
    """A further city or region."""

    municipality = forms.ModelChoiceField(
        Municipality.objects.all(), label=_("City or region"), error_messages=REQUIRED
    )


class OpeningForm(forms.Form):
    """Two cities and where the contact came from."""

    home = forms.ModelChoiceField(
        Municipality.objects.all(), label=_("Our city"), error_messages=REQUIRED
    )
    other = forms.ModelChoiceField(
        Municipality.objects.all(), label=_("The other city or region"), error_messages=REQUIRED
    )
    origin = forms.CharField(
        label=_("Where the contact came from"),
        help_text=_("For example the event and the people's functions."),
        max_length=300,
        error_messages=REQUIRED,
    )
    happened_on = day_field(_("Date"), hint=_("Empty: unknown."))
    note = forms.CharField(
        label=_("Note"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class LetGoForm(forms.Form):
    """Why a contact is not pursued."""

    reason = forms.CharField(label=_("Reason"), max_length=300, error_messages=REQUIRED)
