"""What is typed while a circle decides: rules, matters, words, voices, motions, statements."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from circles.deciding.rules import DEFAULT, Settings
from circles.models import Circle, ConsentVoice, Decision, MajorityVote, ProposalVersion, SeatTerm
from circles.seating import acting
from circles.seating.memberships import members_of

LONG = forms.Textarea(attrs={"rows": 5})
SHORT = forms.Textarea(attrs={"rows": 3})
Kind = ConsentVoice.Kind


class RulesForm(forms.Form):
    """The settings, and the text if it shall not follow from them."""

    quorum = forms.IntegerField(
        label=gettext_lazy("Quorum: members that must take part, of fifteen"),
        min_value=5,
        max_value=15,
        initial=DEFAULT.quorum,
    )
    rounds_before_vote = forms.IntegerField(
        label=gettext_lazy("Consent rounds before a vote may be moved"),
        min_value=1,
        max_value=9,
        initial=DEFAULT.rounds_before_vote,
        help_text=gettext_lazy("Rounds that left a serious objection. Consent comes first."),
    )
    voting_days = forms.IntegerField(
        label=gettext_lazy("Days for voices and ballots"),
        min_value=1,
        max_value=60,
        initial=DEFAULT.voting_days,
    )
    statement_days = forms.IntegerField(
        label=gettext_lazy("Days for minority statements"),
        min_value=1,
        max_value=60,
        initial=DEFAULT.statement_days,
    )
    wording = forms.CharField(
        label=gettext_lazy("Text of the rules"),
        max_length=10_000,
        required=False,
        help_text=gettext_lazy("Leave it empty, and the portal writes the text from the numbers."),
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    def settings(self) -> Settings:
        return Settings(**{name: self.cleaned_data[name] for name in DEFAULT.values()})


class _VersionField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        note = f": {obj.note}" if obj.note else ""
        return _("Version %(n)d") % {"n": obj.n} + note


class _MemberField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return acting.name_of(obj)


class DecisionForm(forms.Form):
    """What the circle is to decide: a version of its proposal, or another matter."""

    title = forms.CharField(label=gettext_lazy("What is it about"), max_length=200)
    wording = forms.CharField(
        label=gettext_lazy("Exact wording"),
        max_length=10_000,
        widget=LONG,
        help_text=gettext_lazy("Everybody reads this once it is decided."),
    )
    version = _VersionField(
        ProposalVersion.objects.none(),
        label=gettext_lazy("Version of the proposal"),
        required=False,
        empty_label=gettext_lazy("none: another matter"),
    )
    facilitator = _MemberField(
        SeatTerm.objects.none(),
        label=gettext_lazy("Member who leads the rounds"),
        required=False,
        empty_label=gettext_lazy("nobody but those who lead the circle"),
    )

    def __init__(self, circle: Circle, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_among(self.fields["version"], _versions_of(circle))
        _ask_among(self.fields["facilitator"], members_of(circle))


class UtteranceForm(forms.Form):
    """A question, an answer, an opinion."""

    text = forms.CharField(label=gettext_lazy("Your words"), max_length=3_000, widget=SHORT)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10)
    answers = forms.IntegerField(widget=forms.HiddenInput, required=False, max_value=10**18)


class VoiceForm(forms.Form):
    """Consent, a concern, an objection with harm and lift, or absent.

    Whoever changes their mind need not empty what they wrote before (`initial`).
    """

    kind = forms.ChoiceField(
        label=gettext_lazy("Is it good enough for now, and safe enough to try?"),
        choices=Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose one.")},
    )
    concern = forms.CharField(
        label=gettext_lazy("Your concern"),
        max_length=2_000,
        required=False,
        widget=SHORT,
        help_text=gettext_lazy("Only with a concern: it is kept and holds nothing up."),
    )
    harm = forms.CharField(
        label=gettext_lazy("What harm you see"),
        max_length=2_000,
        required=False,
        widget=SHORT,
        help_text=gettext_lazy(
            "Only with a serious objection. Read by everybody once it is decided, without your "
            "name."
        ),
    )
    lift = forms.CharField(
        label=gettext_lazy("What would lift your objection"),
        max_length=2_000,
        required=False,
        widget=SHORT,
        help_text=gettext_lazy("Only with a serious objection."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind = cleaned.get("kind", "")
        wanted: dict[str, list[str]] = {Kind.CONCERN: ["concern"], Kind.OBJECTION: ["harm", "lift"]}
        missing = {
            "concern": _("Say what concerns you."),
            "harm": _("Say what harm you see."),
            "lift": _("Say what would lift your objection."),
        }
        for name, sentence in missing.items():
            needed = name in wanted.get(kind, [])
            given = bool(cleaned.get(name, "").strip())
            if needed and not given and name not in self.errors:
                self.add_error(name, sentence)
            elif kind and given and not needed and not self._stood_before(name, cleaned[name]):
                self.add_error(
                    name, _("These words do not fit your choice. Choose again, or empty the field.")
                )
        return cleaned

    def _stood_before(self, name: str, words: str) -> bool:
        """Whether the page itself had filled in these words, however it breaks lines."""
        return words.split() == str(self.initial.get(name, "")).split()


class NotedVoiceForm(VoiceForm):
    """What a member in the room says, written down by staff."""

    term = _MemberField(SeatTerm.objects.none(), label=gettext_lazy("Member in the room"))
    field_order = ("term", "kind", "concern", "harm", "lift")

    def __init__(self, circle: Circle, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_among(self.fields["term"], members_of(circle))
        choices = [choice for choice in Kind.choices if choice[0] != Kind.ABSENT]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]


class IntegrationForm(forms.Form):
    """What has changed, and the words or the version of the next round."""

    integration = forms.CharField(
        label=gettext_lazy("What you change, and which objection it lifts"),
        max_length=3_000,
        required=False,
        widget=SHORT,
        help_text=gettext_lazy("Needed after a serious objection. Do not name anybody."),
    )
    wording = forms.CharField(
        label=gettext_lazy("Exact wording"), max_length=10_000, required=False, widget=LONG
    )

    def __init__(self, decision: Decision, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wording"].initial = decision.wording
        if decision.version is None:
            return
        newer = _versions_of(decision.circle).filter(n__gte=decision.version.n)
        self.fields["version"] = _VersionField(
            newer, label=_("Version of the proposal"), initial=newer.first(), empty_label=None
        )


class RulesIntegrationForm(RulesForm):
    """New settings of rules that are objected to."""

    integration = IntegrationForm.base_fields["integration"]
    field_order = ("integration",)


class MotionForm(forms.Form):
    """A vote is moved."""

    is_secret = forms.BooleanField(
        label=gettext_lazy("The ballots shall be secret"),
        required=False,
        help_text=gettext_lazy("Until the vote opens, every member can ask for that, too."),
    )


class ChoiceForm(forms.Form):
    """One ballot."""

    choice = forms.TypedChoiceField(
        label=gettext_lazy("Your ballot"),
        coerce=int,
        choices=[
            (MajorityVote.YES, gettext_lazy("Yes")),
            (MajorityVote.NO, gettext_lazy("No")),
            (MajorityVote.ABSTAIN, gettext_lazy("Abstention")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose one.")},
    )


class StatementForm(forms.Form):
    """What the outvoted want to be read."""

    text = forms.CharField(
        label=gettext_lazy("Your statement"),
        max_length=3_000,
        widget=LONG,
        help_text=gettext_lazy(
            "Read by everybody with the result, exactly as you write it. It cannot be changed."
        ),
    )
    with_name = forms.BooleanField(
        label=gettext_lazy("My name may stand below it."), required=False
    )


def _versions_of(circle: Circle) -> Any:
    return ProposalVersion.objects.filter(proposal__circle=circle).order_by("-n")


def _ask_among(field: forms.Field, rows: Any) -> None:
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
    field.queryset = rows
